"""What to do this week: the purchases to place within seven days, supplier by supplier, and the work to start."""

import polars as pl

from huoku.language import Sentence
from huoku.plan.tell.ordered import NO_SUPPLIER
from huoku.report.digest import by_supplier
from huoku.report.markup import Column, Html, el, grid, join, row, wide_row
from huoku.report.numbers import price, qty
from huoku.report.sections.parts import Page, panel, remark
from huoku.report.words import more

SUPPLIERS = 10
PER_SUPPLIER = 5
STARTED = 12

TITLE = Sentence("本周要做", "This week")
QUESTION = Sentence("7 天内要下哪些单、各向谁下、为什么？", "What to order within 7 days, from whom, and why?")
ASIDE = Sentence("{orders:,} 张采购单 {amount}", "purchase orders: {orders:,}, {amount}")
PLACE, ORDER, ITEM = Sentence("下单", "order on"), Sentence("计划单", "order"), Sentence("物料", "item")
QTY, PRICE = Sentence("数量", "quantity"), Sentence("单价", "unit price")
AMOUNT, ARRIVES = Sentence("金额", "amount"), Sentence("到货", "arrives")
GROUP = Sentence("{count:,} 张", "orders: {count:,}")
GROUP_MORE = Sentence(
    "这家还有 {count:,} 张，见计划的 orders 表", "{count:,} more from this supplier in the plan's table orders"
)
START, DONE = Sentence("开工", "start"), Sentence("完工", "done")
MAKE = Sentence("本周开工", "Work to start this week")
WHY = Sentence("原因", "why")


def week(page: Page, purchases: pl.DataFrame, makes: pl.DataFrame) -> Html:
    """Purchases and make orders of the next seven days."""
    amount = page.money(float(purchases["amount"].sum()))
    return panel(
        page,
        "week",
        TITLE,
        QUESTION,
        _purchases(page, purchases) if purchases.height else None,
        _makes(page, makes) if makes.height else None,
        aside=page.say(ASIDE, orders=purchases.height, amount=amount),
    )


def _purchases(page: Page, purchases: pl.DataFrame) -> Html:
    say = page.say
    columns = page.columns(
        (ORDER, "name"),
        (ITEM, "name"),
        (PLACE, "text"),
        (ARRIVES, "text"),
        (QTY, "number"),
        (PRICE, "number"),
        (AMOUNT, "number"),
        (WHY, "wide"),
    )
    rows: list[Html] = []
    suppliers = by_supplier(purchases).select("supplier", "orders", "amount").head(SUPPLIERS)
    for supplier, count, amount in suppliers.iter_rows():
        name, orders = el("b", supplier or say(NO_SUPPLIER)), say(GROUP, count=count)
        rows.append(wide_row(columns, join([name, " ", orders, el("b", page.money(amount), cls="r")]), "grp"))
        own = purchases.filter(pl.col("supplier").eq_missing(supplier))
        top = own.sort("amount", "order", descending=[True, False]).head(PER_SUPPLIER)
        rows += [_line(page, columns, order) for order in top.iter_rows(named=True)]
        if own.height > top.height:
            rows.append(wide_row(columns, say(GROUP_MORE, count=own.height - top.height), "rest"))
    left_out = purchases.height - int(suppliers["orders"].sum())
    return join([grid(columns, rows), remark(more(left_out, "orders", page.lang))])


def _line(page: Page, columns: list[Column], order: dict[str, object]) -> Html:
    item = str(order["item"])
    return row(
        columns,
        [
            order["order"],
            el("span", page.item(item), cls="two"),
            page.day(order["start"]),
            page.day(order["due"]),
            join([el("b", qty(order["qty"])), " ", el("small", page.unit(item))]),  # type: ignore[arg-type]
            price(order["unit_price"], page.plan.factory.settings.currency),  # type: ignore[arg-type]
            page.money(order["amount"]),  # type: ignore[arg-type]
            order["why"],
        ],
    )


def _makes(page: Page, makes: pl.DataFrame) -> Html:
    say = page.say
    columns = page.columns(
        (ORDER, "name"),
        (ITEM, "name"),
        (START, "text"),
        (DONE, "text"),
        (QTY, "number"),
        (WHY, "wide"),
    )
    rows = [
        row(
            columns,
            [
                order["order"],
                el("span", page.item(order["item"]), cls="two"),
                page.day(order["start"]),
                page.day(order["due"]),
                join([el("b", qty(order["qty"])), " ", el("small", page.unit(order["item"]))]),
                order["why"],
            ],
        )
        for order in makes.sort("start", "order").head(STARTED).iter_rows(named=True)
    ]
    return join(
        [
            el("h3", say(MAKE), cls="sub"),
            grid(columns, rows),
            remark(more(makes.height - STARTED, "orders", page.lang)),
        ]
    )
