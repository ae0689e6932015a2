"""The report: one file that opens without a network, in light and dark, on a desk, a phone and on paper."""

from datetime import timedelta
from pathlib import Path

import polars as pl

from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.plan.explain.naming import item_names
from huoku.report import digest
from huoku.report.document import document
from huoku.report.markup import Html, el, join
from huoku.report.sections.excess import moq_excess
from huoku.report.sections.figures import key_figures
from huoku.report.sections.late import late
from huoku.report.sections.leftovers import left_over
from huoku.report.sections.load import load_of_resources
from huoku.report.sections.parts import Page
from huoku.report.sections.stock import items_that_matter, stock
from huoku.report.sections.suppliers import suppliers
from huoku.report.sections.transfers import transfers
from huoku.report.sections.warnings import exceptions
from huoku.report.sections.week import week
from huoku.report.summary import Summary, summary
from huoku.report.whole import replaced_whole

TITLE = Sentence("计划报告", "Plan report")
QUESTION = Sentence(
    "接下来买什么、做什么，哪里会晚，会剩什么？", "What to buy and make next, what will be late, what will be left?"
)
SPAN = Sentence("{today} 至 {last} · 金额 {currency}", "{today} to {last} · money in {currency}")
CONTENTS = Sentence("目录", "Contents")
PARTS = (
    ("week", Sentence("本周要做", "This week")),
    ("late", Sentence("迟交", "Late")),
    ("excess", Sentence("起订量多买", "Beyond the need")),
    ("leftovers", Sentence("余料", "Leftovers")),
    ("stock", Sentence("库存推演", "Stock")),
    ("load", Sentence("产能负荷", "Load")),
    ("suppliers", Sentence("供应商", "Suppliers")),
    ("exceptions", Sentence("预警", "Exceptions")),
)
MADE_BY = Sentence(
    "由活库（huoku）做出。每个数都可以追问：huoku explain 计划 编号。",
    "Made by huoku. Every figure can be asked about: huoku explain PLAN ID.",
)
OTHER_LANGUAGE = Sentence("原因是做计划时的语言写的。", "Reasons are in the language in which the plan was made.")


def write_page(plan: Plan, path: str | Path, lang: Language | None = None) -> Path:
    """Write the plan as one HTML page and return its path; see ``write_report``."""
    path = Path(path)
    with replaced_whole(path) as fresh:
        fresh.write_text(report_html(plan, lang or plan.lang), encoding="utf-8")
    return path


def report_html(plan: Plan, lang: Language) -> str:
    """The whole page as text."""
    return document(f"{TITLE.say(lang)} {plan.factory.settings.today}", _body(plan, lang), lang=lang)


def _body(plan: Plan, lang: Language) -> Html:
    purchases = digest.bought(plan)
    names = {item: (name, unit) for item, name, unit in item_names(plan.factory, lang).iter_rows()}
    page = Page(plan.factory.settings, lang, names, plan)
    behind = digest.late_demands(plan)
    makes = digest.this_week(plan, plan.orders.filter(pl.col("kind") == "make"))
    return join(
        [
            _top(page),
            el(
                "main",
                _verdict(summary(plan, lang)),
                key_figures(page, purchases),
                week(page, digest.this_week(plan, purchases), makes),
                late(page, behind),
                moq_excess(page, digest.excess(plan, purchases), purchases),
                left_over(page),
                stock(page, items_that_matter(plan, behind)),
                load_of_resources(page),
                suppliers(page, purchases),
                transfers(page),
                exceptions(page),
            ),
            _foot(page),
        ]
    )


def _top(page: Page) -> Html:
    settings = page.plan.factory.settings
    last = settings.today + timedelta(days=settings.horizon_days)
    links = [
        el("a", page.say(title), href=f"#{key}") for key, title in PARTS if key != "load" or page.plan.work().height
    ]
    return el(
        "header",
        el(
            "div",
            el("h1", page.say(TITLE)),
            el("p", page.say(QUESTION), cls="sec"),
            el("p", page.say(SPAN, today=settings.today, last=last, currency=settings.currency), cls="r mut"),
            cls="title",
        ),
        el("nav", links, aria_label=page.say(CONTENTS)),
        cls="top",
    )


def _verdict(told: Summary) -> Html:
    lines = el("ul", [el("li", line) for line in told.lines])
    return el("section", el("p", told.verdict, cls="say"), lines, cls="verdict")


def _foot(page: Page) -> Html:
    other = page.say(OTHER_LANGUAGE) if page.lang != page.plan.lang else None
    return el("footer", el("p", page.say(MADE_BY)), el("p", other) if other else None)
