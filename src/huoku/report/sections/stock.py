"""The stock of the items that matter most, day by day: what holds up the late orders, and what leaves most over."""

import polars as pl

from huoku.language import Sentence
from huoku.plan import Plan
from huoku.plan.explain.explanation import Need
from huoku.report.markup import Html, el
from huoku.report.sections.parts import Page, panel
from huoku.report.stock_chart import stock_charts

CHARTS = 12
LATE_LOOKED_AT = 8

TITLE = Sentence("库存推演", "Stock day by day")
QUESTION = Sentence(
    "最要紧的料会怎样：卡住交期的，和余料最多的。",
    "How will the items fare that matter most: those that hold orders up, and those that leave most over?",
)
LEGEND = Sentence("▲ 在途到货　△ 计划到货　虚线 安全库存", "▲ on order  △ planned  dashed: safety stock")


def items_that_matter(plan: Plan, late: pl.DataFrame) -> list[str]:
    """First what holds up the dearest late demands, then what leaves the most value over."""
    found: dict[str, None] = {}
    for demand in late["demand"].head(LATE_LOOKED_AT):
        for item in held_up_by(plan.explain(demand).needs):
            found.setdefault(item)
    for item in _left_most(plan).head(CHARTS):
        found.setdefault(item)
    return list(found)[:CHARTS]


def _left_most(plan: Plan) -> pl.Series:
    """Items by the value they leave over; those that nothing moves come last, for their line is flat."""
    moved = pl.concat([plan.usage["item"], plan.orders["item"], plan.factory.supplies["item"]]).unique()
    left = plan.leftovers.group_by("item").agg(pl.col("value").sum()).filter(pl.col("value") > 0)
    is_flat = ~pl.col("item").is_in(moved.implode())
    return left.sort(is_flat, "value", "item", descending=[False, True, False])["item"]


def held_up_by(needs: tuple[Need, ...]) -> list[str]:
    """The items in a tree that have not a day to spare."""
    items: list[str] = []
    for need in needs:
        for source in need.sources:
            if source.is_tight:
                items.append(source.item)
            items += held_up_by(source.needs)
    return items


def stock(page: Page, items: list[str]) -> Html:
    """A small chart for each of the items."""
    charts = stock_charts(page.plan, items, page.lang)
    figures = [
        el("figure", el("figcaption", el("b", item), " ", page.names[item][0]), chart.inline)
        for item, chart in zip(items, charts, strict=True)
    ]
    grid = el("div", figures, cls="charts") if figures else None
    return panel(page, "stock", TITLE, QUESTION, grid, aside=page.say(LEGEND) if figures else None)
