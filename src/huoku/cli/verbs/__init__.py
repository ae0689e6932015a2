"""The table of verbs. A verb's file is loaded when that verb is asked for, and not before.

A verb is a module with two functions: ``arguments(parser, lang)`` declares its options, and
``run(options, progress)`` does the work through the library's public names and returns an Answer.
"""

import argparse
import importlib
from dataclasses import dataclass
from typing import Protocol, cast

from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.language import Language, Sentence


class Verb(Protocol):
    """What every file in this folder offers."""

    def arguments(self, parser: argparse.ArgumentParser, lang: Language) -> None: ...

    def run(self, options: argparse.Namespace, progress: Progress) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the help. A verb without a sentence is not listed: it is for our own tools."""

    help: Sentence | None


VERBS = {
    "demo": Entry(
        Sentence(zh="建立示例工厂，做计划，打开报告", en="make a demo factory, plan it and open the report"),
    ),
    "check": Entry(
        Sentence(zh="检查工厂的数据表，列出全部问题", en="check a factory's tables and list every problem"),
    ),
    "plan": Entry(
        Sentence(zh="做计划：买什么、做什么、何时交货", en="plan: what to buy and make, what to promise"),
    ),
    "replan": Entry(
        Sentence(
            zh="有变化时重排：只动受影响的，其余照旧", en="work a change into a plan; what it does not touch stays"
        ),
    ),
    "explain": Entry(
        Sentence(zh="说明一个订单、需求、物料或资源的来龙去脉", en="explain an order, a demand, an item or a resource"),
    ),
    "quote": Entry(
        Sentence(
            zh="询价：某物料要多少、哪天要，能答复哪天", en="what date can be promised for an item? The plan stays"
        ),
    ),
    "buy": Entry(
        Sentence(zh="买料：各种办法并排比较，余料和风险算在内", en="ways to buy an item, with leftovers and risk"),
    ),
    "compare": Entry(
        Sentence(zh="比较两个计划，或计划与“假设”", en="compare two plans, or a plan with a what-if"),
    ),
    "simulate": Entry(
        Sentence(zh="回放历史：换一种采购规则会怎样", en="replay the past under other rules of buying"),
    ),
    "report": Entry(
        Sentence(zh="把计划写成一个网页或工作簿", en="write a plan as one web page or workbook"),
    ),
    "deadstock": Entry(
        Sentence(zh="查呆滞料：哪些用不上、为什么、怎么办", en="dead stock: what, why, and the best way out"),
    ),
    "judge": Entry(
        Sentence(zh="按规则核对一个计划，并算出它的成本", en="judge a plan by the rules and tell what it costs"),
    ),
    "template": Entry(
        Sentence(zh="写一个带说明和下拉选项的空白工作簿", en="write the empty workbook, with notes and drop-downs"),
    ),
    "bench": Entry(
        Sentence(zh="在模拟工厂上测速度和成本", en="measure speed and cost on synthetic factories"),
    ),
    "init": Entry(
        Sentence(
            zh="建立服务器：数据文件夹、数据库、公司和第一个用户",
            en="found a server: data folder, database, company, owner",
        ),
    ),
    "serve": Entry(
        Sentence(zh="启动服务器（--https：手机扫码也能用）", en="run the server (--https: for phones and scanners)"),
    ),
    "worker": Entry(
        Sentence(zh="只启动后台任务（serve 已包含）", en="run the background jobs alone (serve runs them too)"),
    ),
    "user": Entry(
        Sentence(zh="添加用户、设角色、改密码、停用", en="add a user, give a role, set a password, deactivate"),
    ),
    "backup": Entry(
        Sentence(zh="备份全部数据到一个文件", en="back everything up into one file"),
    ),
    "restore": Entry(
        Sentence(zh="把备份恢复到空的数据文件夹或数据库", en="put a backup back into an empty data folder or database"),
    ),
    "verify": Entry(
        Sentence(zh="核对一个备份，并试恢复一次", en="check a backup, and rehearse putting it back"),
    ),
    "upgrade": Entry(
        Sentence(
            zh="升级数据库（先备份；--check 只看不动）",
            en="bring the database up to date, after a backup (--check: look only)",
        ),
    ),
    "doctor": Entry(
        Sentence(
            zh="体检：账实、单据链、权限是否一致，只报告不改动",
            en="check that the records are true; tells, repairs nothing",
        ),
    ),
    "export": Entry(
        Sentence(zh="把公司的全部记录写成工厂文件夹或工作簿", en="write a company as a factory folder or workbook"),
    ),
    "import": Entry(
        Sentence(zh="把工厂文件夹或工作簿导入空的公司", en="bring a factory folder into an empty company"),
    ),
    "move-to-postgres": Entry(
        Sentence(zh="把 SQLite 的全部数据搬到 PostgreSQL", en="move everything from SQLite to PostgreSQL"),
    ),
    "warm": Entry(None),
}


def load(name: str) -> Verb:
    """The verb's module."""
    module = "import_" if name == "import" else name.replace("-", "_")  # import is a word of Python's
    return cast(Verb, importlib.import_module(f"huoku.cli.verbs.{module}"))
