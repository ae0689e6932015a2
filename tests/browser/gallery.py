"""The pages that show a sheet of every screen, in both languages: made from what the screens call themselves."""

from collections.abc import Mapping

from tests.browser import screens

Words = Mapping[str, Mapping[str, str]]
"""Of one screen, by language: its ``title``, and what it ``asks``."""
HEAD = """# Every screen · 所有页面

Each sheet shows one screen eight times: at a desk in Chinese and in English, on a telephone in Chinese and in English;
above light, below dark. The factory is the demo after two weeks of work. `python3 run.py pictures` makes them anew,
with the test that examines each screen. [What the pages are for](../desk.md), [everybody's day](../days.md).

每张图是同一个页面的八种样子：电脑中文、电脑英文、手机中文、手机英文，上面浅色，下面深色。数据是干了两周的演示工厂。
`python3 run.py pictures` 用逐页检查的那套测试重新拍一遍。
[各个页面是做什么的](../desk.zh.md)，[每个人的一天](../days.zh.md)。
"""
WORK, ONE, LISTS = "Work · 工作", "One thing on a page · 一样东西一页", "Lists · 列表"
ROWS, FORMS, PAPER = "One row · 一行", "Forms · 表单", "On paper · 打印"
ACCOUNT = "One's own account · 自己的账号"
OTHERS = "First start, other roles, nothing there · 第一次打开、别的岗位、没有内容"
SECTIONS = (WORK, ONE, LISTS, ROWS, FORMS, PAPER, ACCOUNT, OTHERS)


def page_of(told: Mapping[str, Words]) -> str:
    """``told``: the words of each screen by its name."""
    blocks = [HEAD]
    for section in SECTIONS:
        names = sorted(name for name in told if section_of(name) == section)
        blocks += [f"## {section}\n", *(_entry(name, told[name]) for name in names)]
    return "\n".join(blocks)


def _entry(name: str, words: Words) -> str:
    of = (words["zh"], words["en"])
    title = " / ".join(dict.fromkeys(each["title"] for each in of))
    asked = "\n".join(dict.fromkeys(each["asks"] for each in of if each["asks"]))
    return f"### {title}\n\n" + (f"{asked}\n\n" if asked else "") + f"![{title}]({name}.webp)\n"


def section_of(name: str) -> str:
    """Where a screen stands, by where ``screens`` tells of it."""
    if name.startswith(("print-", "labels", "cards", "excess-card")):
        return PAPER
    if name == "not-there" or any(name in of for of in screens.OF_OTHERS.values()):
        return OTHERS
    if name == "case" or name == "today" or name.startswith(("desk-", "shop-")):
        return WORK
    if name in screens.OWN or name in screens.OUTSIDE:
        return ACCOUNT
    if name in screens.OF_A_ROW or name in screens.OF_A_LINK:
        return ONE
    return {"-row": ROWS, "-new": FORMS}.get(name[-4:], LISTS)
