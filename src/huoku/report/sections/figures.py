"""The key figures, each with the rows that add up to it."""

import polars as pl

from huoku.costs import COST_PARTS
from huoku.language import Sentence
from huoku.plan.tell.ordered import NO_SUPPLIER
from huoku.report.digest import by_supplier
from huoku.report.markup import Html, el, sums
from huoku.report.sections.parts import Page, mark
from huoku.report.summary import dead_value
from huoku.report.words import HOW

NAMED = 5

TOTAL = Sentence("总成本", "Total cost")
TOTAL_HINT = Sentence("越小越好，用来比较两个计划", "compare plans by it: less is better")
ON_TIME = Sentence("按时率", "On time")
ON_TIME_HINT = Sentence("{on_time:,} / {demands:,} 个需求", "{on_time:,} of {demands:,} {demands|demand|demands}")
LATE = Sentence("迟交", "Late")
LATE_HINT = Sentence("共晚 {days:,} 天", "{days:,} {days|day|days} late in all")
ORDERS_UNIT = Sentence("个", "demands")
LEFT = Sentence("期末余料", "Left over")
LEFT_HINT = Sentence("{dead} 多半用不掉", "{dead} hardly to be used")
PURCHASE = Sentence("采购额", "Purchases")
PURCHASE_HINT = Sentence("{count:,} 张采购单", "purchase orders: {count:,}")

PROMISED_ON_TIME = Sentence("按时", "on time")
LATE_ROW = Sentence("迟交", "late")
REFUSED_ROW = Sentence("计划期内交不了", "not by the last day")
OUTSIDE = Sentence("不计（计划期外、被冲减的预测等）", "not counted (beyond the plan, consumed forecasts)")
DEMANDS = Sentence("全部需求", "all demands")
LATE_COST = Sentence("迟交成本", "cost of lateness")
LOST_COST = Sentence("未交付的销售额", "sales not delivered")
LATE_TOTAL = Sentence("合计", "in all")
LATE_RULE = Sentence(
    "每单：销售额 × {rate}/天 × 晚的天数；原本就过期的从今天算起。",
    "Each: sales value x {rate} a day x days late; what was overdue before counts from today.",
)
OTHERS = Sentence("其余 {count:,} 家", "{count:,} {count|other|others}")
LIKELY = Sentence("用得掉的机会 ≥ 25%", "odds of use at least 25 %")
DEAD = Sentence("用得掉的机会 < 25%", "odds of use below 25 %")
ASIDE = Sentence("安全库存等留着的料", "set aside, such as safety stock")
LEFT_RULE = Sentence("按单位成本计价，最后一天还在手上的料。", "What is on hand on the last day, at unit cost.")
COST_RULE = Sentence(
    "持有：每天的库存价值 × 年利率 {rate}/365；残值：余料 × {salvage}。",
    "Holding: stock value of each day x {rate} a year / 365; salvage: leftovers x {salvage}.",
)
PURCHASE_RULE = Sentence("数量 × 单价，不含每单费用 {fees}。", "Quantity x price, without order fees of {fees}.")


def key_figures(page: Page, purchases: pl.DataFrame) -> Html:
    """The strip of five figures below the verdict."""
    figures = page.plan.figures
    late = figures["late_demands"]
    left_hint = page.say(LEFT_HINT, dead=page.money(dead_value(page.plan)))
    on_time_hint = page.say(ON_TIME_HINT, on_time=figures["on_time"], demands=figures["demands"])
    late_hint = page.say(LATE_HINT, days=figures["late_days"])
    bought = page.say(PURCHASE_HINT, count=figures["orders"].get("buy", 0))
    return el(
        "section",
        _kpi(page, page.say(TOTAL), page.money(figures["total_cost"]), page.say(TOTAL_HINT), _cost(page)),
        _kpi(page, page.say(ON_TIME), f"{figures['on_time_share']:.1%}", on_time_hint, _on_time(page)),
        _kpi(page, page.say(LATE), f"{late:,}", late_hint, _late(page), unit=page.say(ORDERS_UNIT), bad=late > 0),
        _kpi(page, page.say(LEFT), page.money(figures["leftover_value"]), left_hint, _left(page)),
        _kpi(page, page.say(PURCHASE), page.money(figures["cost"]["purchase"]), bought, _purchase(page, purchases)),
        cls="kpis",
    )


def _kpi(page: Page, name: str, value: str, hint: str, how: Html, unit: str = "", *, bad: bool = False) -> Html:
    return el(
        "div",
        el("span", mark("error") if bad else None, name, cls="k"),
        el("span", value, el("small", unit) if unit else None, cls="v"),
        el("span", hint, cls="d"),
        el("details", el("summary", page.say(HOW)), how, cls="how"),
        cls="kpi",
    )


def _cost(page: Page) -> Html:
    figures, settings = page.plan.figures, page.plan.factory.settings
    parts = [(part, value) for part, value in figures["cost"].items() if value]
    rows = [(page.say(COST_PARTS[part]), page.money(value, cents=True)) for part, value in parts]
    rule = page.say(COST_RULE, rate=f"{settings.holding_rate:.0%}", salvage=f"{settings.salvage_rate:.0%}")
    return sums(rows, (page.say(TOTAL), page.money(figures["total_cost"], cents=True)), rule)


def _on_time(page: Page) -> Html:
    figures = page.plan.figures
    late = figures["late_demands"] - figures["not_promised"]
    outside = figures["demands"] - figures["on_time"] - late - figures["not_promised"]
    rows = [
        (page.say(PROMISED_ON_TIME), f"{figures['on_time']:,}"),
        (page.say(LATE_ROW), f"{late:,}"),
        (page.say(REFUSED_ROW), f"{figures['not_promised']:,}"),
        (page.say(OUTSIDE), f"{outside:,}"),
    ]
    return sums(rows, (page.say(DEMANDS), f"{figures['demands']:,}"))


def _late(page: Page) -> Html:
    cost = page.plan.figures["cost"]
    rows = [
        (page.say(LATE_COST), page.money(cost["lateness"], cents=True)),
        (page.say(LOST_COST), page.money(cost["lost"], cents=True)),
    ]
    total = page.money(cost["lateness"] + cost["lost"], cents=True)
    rule = page.say(LATE_RULE, rate=f"{page.plan.factory.settings.late_rate:.0%}")
    return sums(rows, (page.say(LATE_TOTAL), total), rule)


def _left(page: Page) -> Html:
    total = page.plan.figures["leftover_value"]
    dead = dead_value(page.plan)
    likely = float(page.plan.leftovers["value"].sum()) - dead
    rows = [(page.say(LIKELY), page.money(likely, cents=True)), (page.say(DEAD), page.money(dead, cents=True))]
    aside = total - likely - dead
    if abs(aside) >= 0.01:
        rows.append((page.say(ASIDE), page.money(aside, cents=True)))
    return sums(rows, (page.say(LEFT), page.money(total, cents=True)), page.say(LEFT_RULE))


def _purchase(page: Page, purchases: pl.DataFrame) -> Html:
    goods = purchases.with_columns(amount=pl.col("amount") - pl.col("fees").fill_null(0.0))
    suppliers = by_supplier(goods)
    rows = [
        (supplier or page.say(NO_SUPPLIER), page.money(amount, cents=True))
        for supplier, amount in suppliers.head(NAMED).select("supplier", "amount").iter_rows()
    ]
    total = page.plan.figures["cost"]["purchase"]
    if suppliers.height > NAMED:
        rest = total - float(suppliers["amount"].head(NAMED).sum())
        rows.append((page.say(OTHERS, count=suppliers.height - NAMED), page.money(rest, cents=True)))
    rule = page.say(PURCHASE_RULE, fees=page.money(page.plan.figures["cost"]["fees"], cents=True))
    return sums(rows, (page.say(PURCHASE), page.money(total, cents=True)), rule)
