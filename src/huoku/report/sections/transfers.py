"""What is carried from one place to another: from where, to where, when, and what it costs."""

import polars as pl

from huoku.language import Sentence
from huoku.report.markup import Html, el, grid, join, row
from huoku.report.numbers import qty
from huoku.report.sections.parts import Page, panel, remark
from huoku.report.words import more

SHOWN = 25

TITLE = Sentence("调拨", "Transfers")
QUESTION = Sentence("从哪里调到哪里、什么时候发、多少运费？", "What goes from where to where, when, at what cost?")
ASIDE = Sentence("{count:,} 张，运费 {amount}", "transfers: {count:,}, {amount}")
ORDER, ITEM = Sentence("计划单", "order"), Sentence("物料", "item")
FROM, TO = Sentence("从", "from"), Sentence("到", "to")
LEAVES, ARRIVES = Sentence("发出", "leaves"), Sentence("到达", "arrives")
QTY, COST = Sentence("数量", "quantity"), Sentence("运费", "cost")


def transfers(page: Page) -> Html | None:
    """A row for each transfer, the next to leave first; nothing in a factory that carries nothing."""
    carried = page.plan.orders.filter(pl.col("kind") == "transfer").join(
        page.plan.decisions.select("order", "cost"), on="order", how="left"
    )
    if carried.is_empty():
        return None
    columns = page.columns(
        (ORDER, "name"),
        (ITEM, "name"),
        (FROM, "text"),
        (TO, "text"),
        (LEAVES, "text"),
        (ARRIVES, "text"),
        (QTY, "number"),
        (COST, "number"),
    )
    rows = [
        row(
            columns,
            [
                order["order"],
                el("span", page.item(order["item"]), cls="two"),
                order["from_location"],
                order["location"],
                page.day(order["start"]),
                page.day(order["due"]),
                join([el("b", qty(order["qty"])), " ", el("small", page.unit(order["item"]))]),
                page.money(order["cost"], cents=True),
            ],
        )
        for order in carried.sort("start", "order").head(SHOWN).iter_rows(named=True)
    ]
    aside = page.say(ASIDE, count=carried.height, amount=page.money(float(carried["cost"].sum()), cents=True))
    rest = remark(more(carried.height - SHOWN, "orders", page.lang))
    return panel(page, "transfers", TITLE, QUESTION, grid(columns, rows), rest, aside=aside)
