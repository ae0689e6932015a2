"""All purchases by supplier: how much, from when, and in which months the money goes out."""

from datetime import date, timedelta

import polars as pl

from huoku.language import Sentence
from huoku.plan.tell.ordered import NO_SUPPLIER
from huoku.report.digest import by_month, by_supplier
from huoku.report.drawing import Canvas, month_starts
from huoku.report.markup import Html, el, grid, row
from huoku.report.numbers import NOTHING
from huoku.report.sections.parts import Page, panel, remark
from huoku.report.words import more

SHOWN = 25
BAR, GAP, TALL = 9.0, 3.0, 22.0
MONTHS = 24

TITLE = Sentence("供应商", "Suppliers")
QUESTION = Sentence("整个计划期向谁买多少，哪个月下单？", "How much from whom over the whole plan, and in which month?")
ASIDE = Sentence("{count:,} 家，{amount}", "suppliers: {count:,}, {amount}")
SUPPLIER, ORDERS = Sentence("供应商", "supplier"), Sentence("采购单", "orders")
AMOUNT, FIRST = Sentence("金额", "amount"), Sentence("最早下单", "first order")
TIED = Sentence("多买压住", "beyond the need")
BY_MONTH = Sentence("按下单月（{first} 月至 {last} 月）", "by month of order ({first} to {last})")
FEES = Sentence("金额含每单费用。", "Amounts include order fees.")


def suppliers(page: Page, purchases: pl.DataFrame) -> Html:
    """A row for each supplier, the largest first."""
    if purchases.is_empty():
        return panel(page, "suppliers", TITLE, QUESTION)
    say, told = page.say, by_supplier(purchases)
    settings = page.plan.factory.settings
    first = settings.today.replace(day=1)
    calendar = [first, *month_starts(first, settings.today + timedelta(days=settings.horizon_days))][:MONTHS]
    span = {"first": calendar[0].month, "last": calendar[-1].month}
    columns = page.columns(
        (SUPPLIER, "name"),
        (ORDERS, "number"),
        (AMOUNT, "number"),
        (FIRST, "text"),
        (TIED, "number"),
        (Sentence(BY_MONTH.zh.format(**span), BY_MONTH.en.format(**span)), "spare"),
    )
    shown = told.head(SHOWN)
    months = by_month(purchases.join(shown.select("supplier"), on="supplier", how="semi", nulls_equal=True))
    rows = [
        row(
            columns,
            [
                el("b", supplier["supplier"] or say(NO_SUPPLIER)),
                f"{supplier['orders']:,}",
                page.money(supplier["amount"]),
                page.day(supplier["first"]),
                page.money(supplier["tied"]) if supplier["tied"] else NOTHING,
                _bars(page, calendar, months.filter(pl.col("supplier").eq_missing(supplier["supplier"]))),
            ],
        )
        for supplier in shown.iter_rows(named=True)
    ]
    aside = say(ASIDE, count=told.height, amount=page.money(float(told["amount"].sum())))
    rest = more(told.height - SHOWN, "orders", page.lang)
    return panel(page, "suppliers", TITLE, QUESTION, grid(columns, rows), remark(rest), remark(say(FEES)), aside=aside)


def _bars(page: Page, calendar: list[date], months: pl.DataFrame) -> Html:
    """A bar for each month of the plan, as high as its part of the supplier's largest month."""
    spent: dict[date, float] = dict(months.select("month", "amount").iter_rows())
    highest = max(spent.values()) or 1.0
    canvas = Canvas()
    for number, month in enumerate(calendar):
        amount = spent.get(month, 0.0)
        tall = max(1.0, amount / highest * TALL) if amount else 0.0
        canvas.rect(number * (BAR + GAP), TALL - tall, BAR, tall, "p1", f"{month:%Y-%m} {page.money(amount)}")
    wide = len(calendar) * (BAR + GAP)
    canvas.line(0, TALL, wide, TALL, "g1")
    return el("div", canvas.picture(page.say(TITLE), wide, TALL + 1).inline, cls="bars")
