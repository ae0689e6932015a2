"""Late orders with what holds them up, the dearest first."""

import polars as pl

from huoku.language import Sentence
from huoku.report.markup import Html, el, grid, join, row
from huoku.report.numbers import qty
from huoku.report.sections.parts import Page, mark, panel, remark
from huoku.report.words import NO_CUSTOMER, NOT_AT_ALL, more

SHOWN = 20

TITLE = Sentence("迟交", "Late")
QUESTION = Sentence(
    "哪些需求交不上、晚几天、卡在哪里？损失大的在前。",
    "Which demands are late, by how much, and for want of what? Dearest first.",
)
DEMAND, ITEM = Sentence("需求", "demand"), Sentence("物料", "item")
CUSTOMER, QTY = Sentence("客户", "customer"), Sentence("数量", "quantity")
DUE, PROMISED = Sentence("交期", "due"), Sentence("承诺", "promised")
DAYS, MONEY = Sentence("晚", "late"), Sentence("损失", "loss")
REASON = Sentence("卡在", "held up by")
SO_MANY_DAYS = Sentence("{days:,} 天", "{days:,} d")


def late(page: Page, demands: pl.DataFrame) -> Html:
    """``demands`` as ``digest.late_demands`` gives them."""
    say = page.say
    columns = page.columns(
        (DEMAND, "name"),
        (ITEM, "name"),
        (CUSTOMER, "name"),
        (QTY, "number"),
        (DUE, "text"),
        (PROMISED, "text"),
        (DAYS, "number"),
        (MONEY, "number"),
        (REASON, "wide"),
    )
    levels = ("warning", "error")
    rows = [
        row(
            columns,
            [
                join([mark(levels[demand["date"] is None]), " ", el("b", demand["demand"], cls="code")]),
                el("span", page.item(demand["item"]), cls="two"),
                demand["customer"] or say(NO_CUSTOMER),
                join([qty(demand["qty"]), " ", el("small", page.unit(demand["item"]))]),
                page.day(demand["due"]),
                page.day(demand["date"]) if demand["date"] is not None else say(NOT_AT_ALL),
                say(SO_MANY_DAYS, days=demand["days"]),
                page.money(demand["money"]),
                demand["reason"] or "",
            ],
        )
        for demand in demands.head(SHOWN).iter_rows(named=True)
    ]
    if not rows:
        return panel(page, "late", TITLE, QUESTION)
    total = page.money(float(demands["money"].sum()))
    rest = remark(more(demands.height - SHOWN, "promises", page.lang))
    return panel(page, "late", TITLE, QUESTION, grid(columns, rows), rest, aside=total)
