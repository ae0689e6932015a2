"""What is left on the last day: where the money lies, where it came from, and the odds that it is used."""

import polars as pl

from huoku.language import Sentence
from huoku.report.digest import leftover_rows
from huoku.report.leftover_chart import NARROW, WIDE, leftover_chart
from huoku.report.markup import Html, el, grid, join, row
from huoku.report.numbers import qty, share
from huoku.report.sections.parts import Page, panel, remark
from huoku.report.words import more

SHOWN = 15
STOCK = "stock"

TITLE = Sentence("余料", "Leftovers")
QUESTION = Sentence(
    "最后一天剩下什么？面积是价值，颜色和文字是计划期之后用掉的机会。",
    "What is left on the last day? The area is the value, tint and words the odds that it is used afterwards.",
)
ASIDE = Sentence("{value}，预计损失 {loss}", "{value}, {loss} expected to be lost")
ITEM, CAUSE, QTY = Sentence("物料", "item"), Sentence("来自", "caused by"), Sentence("数量", "quantity")
VALUE, ODDS = Sentence("价值", "value"), Sentence("用掉机会", "odds of use")
LOSS = Sentence("预计损失", "expected loss")
ON_HAND = Sentence("现有库存", "stock on hand")
LEGEND = (
    ("high", Sentence("多半用得掉（≥ 75%）", "likely used (75 % or more)")),
    ("middle", Sentence("说不准", "uncertain")),
    ("low", Sentence("多半用不掉（< 25%）", "hardly used (below 25 %)")),
)


def left_over(page: Page) -> Html:
    """The treemap and the rows with the largest losses."""
    plan, say = page.plan, page.say
    if plan.leftovers.filter(pl.col("value") > 0).is_empty():
        return panel(page, "leftovers", TITLE, QUESTION)
    columns = page.columns(
        (ITEM, "name"),
        (CAUSE, "text"),
        (QTY, "number"),
        (VALUE, "number"),
        (ODDS, "number"),
        (LOSS, "number"),
    )
    rows = [
        row(
            columns,
            [
                el("span", page.item(left["item"]), cls="two"),
                say(ON_HAND) if left["cause"] == STOCK else left["cause"],
                join([qty(left["qty"]), " ", el("small", page.unit(left["item"]))]),
                page.money(left["value"]),
                share(left["p_use"]),
                page.money(left["expected_loss"]),
            ],
        )
        for left in leftover_rows(plan).head(SHOWN).iter_rows(named=True)
    ]
    legend = el("p", [el("span", el("i", cls=f"key {grade}"), say(words)) for grade, words in LEGEND], cls="legend pad")
    maps = join(
        [
            el("div", leftover_chart(plan, page.lang, WIDE).inline, cls="map wide"),
            el("div", leftover_chart(plan, page.lang, NARROW, 9).inline, cls="map narrow"),
        ]
    )
    loss = page.money(float(plan.leftovers["expected_loss"].sum()))
    aside = say(ASIDE, value=page.money(float(plan.leftovers["value"].sum())), loss=loss)
    rest = remark(more(plan.leftovers.height - SHOWN, "leftovers", page.lang))
    return panel(page, "leftovers", TITLE, QUESTION, legend, maps, grid(columns, rows), rest, aside=aside)
