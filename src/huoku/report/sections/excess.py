"""Purchases that leave much over for their MOQ or multiple, the best way not taken, and what a piece really costs."""

import polars as pl

from huoku.language import Sentence
from huoku.report.lot_cost_chart import lot_cost_charts
from huoku.report.markup import Column, Html, el, grid, join, row
from huoku.report.numbers import NOTHING, price, qty, share
from huoku.report.sections.parts import Page, grade, panel, remark, why
from huoku.report.words import more

SHOWN = 15
CHARTS = 3

TITLE = Sentence("起订量多买", "Bought beyond the need")
QUESTION = Sentence(
    "哪些采购多买了四分之一以上？压住多少钱，有没有别的买法？",
    "Which purchases leave a quarter or more over? What does it tie up, and what else could be done?",
)
ASIDE = Sentence("{count:,} 张，压住 {tied}", "orders: {count:,}, {tied} tied up")
ORDER, ITEM = Sentence("计划单", "order"), Sentence("物料", "item")
NEED, BUY, OVER = Sentence("要用", "needed"), Sentence("买", "bought"), Sentence("多出", "over")
SHARE, TIED = Sentence("占比", "share"), Sentence("压住", "ties up")
ODDS, EACH = Sentence("用掉机会", "odds of use"), Sentence("实际单价 / 标价", "real cost each / listed")
OTHER = Sentence("次优买法", "next best")
SUPPLIER = Sentence("供应商", "supplier")
OTHER_WAY = {
    "supplier": Sentence("{supplier} {qty}，{cost}", "{supplier} {qty}, {cost}"),
    "quantity": Sentence("改买 {qty}，{cost}", "{qty} instead, {cost}"),
    "split": Sentence("先买 {qty}，{cost}", "{qty} first, {cost}"),
    "beyond limits": Sentence("{supplier} {qty}，{cost}，超出上限", "{supplier} {qty}, {cost}, beyond your limits"),
    "too late": Sentence("{supplier} {qty}，{cost}，来不及", "{supplier} {qty}, {cost}, too late"),
}
COST_HINT = Sentence(
    "合计成本含持有，并抵减余料预计收回的钱；次优的成本同样算法。",
    "Cost in all counts holding, less what the leftover is expected to give back; so does the next best.",
)
CURVES = Sentence(
    "每个要用的实际花多少：要得少时小批划算，要得多时起订量划算；圆点是所选",
    "What each one needed really costs: the small lot wins while little is needed, the MOQ later; dot: the choice",
)


def moq_excess(page: Page, orders: pl.DataFrame, purchases: pl.DataFrame) -> Html:
    """``orders`` as ``digest.excess`` gives them, out of ``purchases``."""
    curves = _curves(page, items_to_choose(orders, purchases))
    if orders.is_empty():
        return panel(page, "excess", TITLE, QUESTION, curves)
    say = page.say
    columns = page.columns(
        (ORDER, "name"),
        (ITEM, "name"),
        (SUPPLIER, "name"),
        (NEED, "number"),
        (BUY, "number"),
        (OVER, "number"),
        (SHARE, "text"),
        (TIED, "number"),
        (ODDS, "number"),
        (EACH, "number"),
        (OTHER, "text"),
    )
    rows = [_line(page, columns, order) for order in orders.head(SHOWN).iter_rows(named=True)]
    aside = say(ASIDE, count=orders.height, tied=page.money(float(orders["tied"].sum())))
    return panel(
        page,
        "excess",
        TITLE,
        QUESTION,
        grid(columns, rows),
        remark(more(orders.height - SHOWN, "decisions", page.lang)),
        curves,
        aside=aside,
    )


def _line(page: Page, columns: list[Column], order: dict[str, object]) -> Html:
    currency = page.plan.factory.settings.currency
    figures: dict[str, float] = order  # type: ignore[assignment]
    level, listed = int(figures["grade"]), price(figures["unit_price"], currency)
    return row(
        columns,
        [
            why(order["order"], join([el("p", order["why"]), el("p", page.say(COST_HINT), cls="mut")])),
            el("span", page.item(str(order["item"])), cls="two"),
            order["supplier"] or NOTHING,
            qty(figures["needed_qty"]),
            el("b", qty(figures["qty"])),
            qty(figures["leftover_qty"]),
            grade(level, figures["over_share"]),
            page.money(figures["tied"]),
            share(figures["p_use"]),
            join([price(figures["effective_unit_cost"], currency), " ", el("small", "/ ", listed)]),
            _other(page, order),
        ],
    )


def _other(page: Page, order: dict[str, object]) -> str:
    way = OTHER_WAY.get(str(order["alternative"]))
    if way is None:
        return NOTHING
    return page.say(
        way,
        supplier=order["alternative_supplier"],
        qty=qty(order["alternative_qty"]),  # type: ignore[arg-type]
        cost=page.money(order["alternative_cost"]),  # type: ignore[arg-type]
    )


def _curves(page: Page, items: list[str]) -> Html | None:
    """What a piece of these items really costs."""
    if not items:
        return None
    charts = lot_cost_charts(page.plan, items, page.lang)
    figures = [
        el("figure", el("figcaption", el("b", item), " ", page.names[item][0]), chart.inline)
        for item, chart in zip(items, charts, strict=True)
    ]
    return join([el("h3", page.say(CURVES), cls="sub"), el("div", figures, cls="charts three")])


def items_to_choose(orders: pl.DataFrame, purchases: pl.DataFrame) -> list[str]:
    """Items whose lot was a real choice: those where another supplier was beaten by most, then what ties up most."""
    beaten = purchases.filter((pl.col("alternative") == "supplier") & (pl.col("needed_qty") > 0))
    saved = beaten.with_columns(saved=pl.col("alternative_cost") - pl.col("cost")).sort(
        "saved", "order", descending=[True, False]
    )
    rivals = saved["item"].unique(maintain_order=True).head(CHARTS - 1).to_list()
    tied = orders["item"].unique(maintain_order=True).head(CHARTS).to_list()
    return list(dict.fromkeys([*rivals, *tied]))[:CHARTS]
