"""``huoku buy FACTORY ITEM [QTY] [DATE]``: the ways to get what is needed of an item, side by side."""

import argparse
from pathlib import Path

import huoku
from huoku.cli.answer import Answer
from huoku.cli.days import day_in
from huoku.cli.progress import Progress
from huoku.cli.words import FACTORY, PLANNING, READING, REPORT_SAVED, WEIGHING
from huoku.language import Language, Sentence

ITEM = Sentence(zh="物料编码", en="name of an item")
QTY = Sentence(
    zh="要多少，按物料的单位（默认：计划里它的第一张采购订单）",
    en="how much is wanted, in the item's unit (default: its first planned purchase)",
)
DATE = Sentence(zh="哪天要，例如 2026-02-03（默认今天）", en="when it is wanted, such as 2026-02-03 (default: today)")
OPTIONS = Sentence(
    zh="别的办法（小批量报价、分批合同、拼单、改设计等），TOML 文件",
    en="further options as a TOML file: small lots, contracts in calls, partners, other designs and more",
)
RISK = Sentence(
    zh="最坏一成最多比预期多花多少钱（默认：工厂的设置 risk_limit，没有就不限）",
    en="by how much money the worst tenth may exceed the expected cost (default: the factory's risk_limit, else none)",
)
REQUEST = Sentence(
    zh="写一份给供应商的询价单到这个文件（.html）：小批量、分批送货、起订原因，请对方填好签回",
    en="write a request for a written offer to the supplier (.html): a small lot, calls, the reason of its minimum",
)
REQUEST_SAVED = Sentence(
    zh="询价单已写到 {path}；签回后填进 --options 文件的 [[small_lots]] 或 [[contracts]]，报价单号写在 offer",
    en="The request is written to {path}; enter the answer under [[small_lots]] or [[contracts]] of an --options file, "
    "its number as offer",
)
OUT = Sentence(zh="写成网页到这个文件（.html）", en="write a page to this file (.html)")


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("factory", metavar="FACTORY", help=FACTORY.say(lang))
    parser.add_argument("item", metavar="ITEM", help=ITEM.say(lang))
    parser.add_argument("qty", metavar="QTY", nargs="?", help=QTY.say(lang))
    parser.add_argument("date", metavar="DATE", nargs="?", type=day_in(lang), help=DATE.say(lang))
    parser.add_argument("--options", metavar="FILE", type=Path, help=OPTIONS.say(lang))
    parser.add_argument("--risk-limit", metavar="MONEY", type=float, help=RISK.say(lang))
    parser.add_argument("--request", metavar="FILE", type=Path, help=REQUEST.say(lang))
    parser.add_argument("-o", "--out", metavar="FILE", type=Path, help=OUT.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    progress.expect(3)
    with progress.stage(READING):
        factory = huoku.read(options.factory)
    with progress.stage(PLANNING):
        plan = huoku.runner.run(factory, lang=lang, progress=progress.step)
    with progress.stage(WEIGHING):
        advice = plan.options(
            options.item, options.qty, options.date, possible=options.options, risk_limit=options.risk_limit, lang=lang
        )
        text, data = huoku.report.options_text(advice, lang), advice.data()
        if options.out is not None:
            huoku.report.write_options(advice, options.out, lang)
            text += f"\n{REPORT_SAVED.say(lang, path=options.out)}"
            data["report"] = options.out
        if options.request is not None:
            huoku.report.write_offer_request(advice, options.request, lang)
            text += f"\n{REQUEST_SAVED.say(lang, path=options.request)}"
            data["request"] = options.request
    return Answer(text, data, exit_code=0 if advice.best is not None and advice.is_within_limit else 1)
