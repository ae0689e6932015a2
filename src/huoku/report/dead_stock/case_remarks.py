"""What the case for the boss says beside its figures: what closed cases taught, and what the tables cannot tell."""

import polars as pl

from huoku.language import SEMICOLON, Language, Sentence
from huoku.report.dead_stock.blocks import Notes, Rows
from huoku.report.dead_stock.case import Case
from huoku.report.dead_stock.words import benchmark, closed_text, doubts, lessons
from huoku.report.numbers import NOTHING, money, qty, share

LESSONS = 3

DAYS = Sentence("{days:,.0f} 天", "{days:,.0f} {days:,.0f|day|days}")
NOT_TOLD = Sentence("说明，和这些表算不出来的", "Remarks, and what these tables cannot tell")
PAST_STOCK = Sentence(
    "表里没有过去的库存，两年的曲线是下限；平均库存用今天的代替。",
    "There is no past stock in the tables: the curve is a lower bound, and today's stock stands for the mean.",
)
HARD_COSTS = Sentence(
    "错料混料、占地方、改不动计划、响应变慢也要花钱，这里没有算。",
    "Mixed-up parts, crowded shelves, plans that cannot change and slow answers cost money too; none of it is counted.",
)
SPACE = Sentence("清掉可腾出 {volume:,.1f} 立方米。", "Clearing it frees {volume:,.1f} m3.")
LESS_STOCK = Sentence(
    "库存少，风险就分散：最贵的三种料压着库存价值的 {largest}；客户改单、产品换代，亏的就是它们。"
    "清掉呆滞，周转从 {days}到 {live}，钱回得快，换方向也快。",
    "Less stock spreads the risk: the three dearest parts tie up {largest} of the value in stock, and they are what is "
    "lost when an order or a product changes. Without what is dead, turnover goes from {days} to {live}: money comes "
    "back sooner, and so can a change of course.",
)
OVER_PURCHASE = Sentence(
    "本计划的采购单里 {lines} 买得比要用的多 5% 以上，按金额是 {value}（超额采购率）。",
    "Of this plan's purchases {lines} buy more than 5 % beyond the need, by money {value} (over-purchase rate).",
)
PROFIT = Sentence(
    "呆滞要认亏 {lost}，等于本计划全部订单毛利 {margin} 的 {part}；中小工厂的利润常有一成以上亏在呆滞上。",
    "The dead stock loses {lost}, {part} of the margin of all orders in this plan ({margin}); small factories often "
    "lose 10% or more of their profit in this way.",
)
TAUGHT = Sentence("已经处置过的", "What has been cleared already")
TAUGHT_HEAD = (
    Sentence("渠道", "outlet"),
    Sentence("例数", "cases"),
    Sentence("账面价值", "as booked"),
    Sentence("收回", "came back"),
    Sentence("回收比例", "share"),
)
TAUGHT_LESSON = Sentence("教训：{lessons}", "Lessons: {lessons}")


def cash(case: Case, value: float | None) -> str:
    """Money in the factory's currency."""
    return money(value, case.review.factory.settings.currency)


def taught(case: Case, lang: Language) -> Rows:
    """What the outlets brought in closed cases, and the lessons of the youngest ones."""
    closed = case.review.closed
    by_outlet = closed.group_by("outlet").agg(pl.len(), pl.col("value", "proceeds").sum())
    rows = [
        (outlet, qty(cases), cash(case, value), cash(case, back), share(back / value) if value else NOTHING)
        for outlet, cases, value, back in by_outlet.sort("proceeds", "outlet", descending=[True, False]).iter_rows()
    ]
    told = closed_text(case.review.figures, case.review.factory.settings.currency, lang)
    if learnt := [f"{item} {lesson}" for item, lesson in lessons(closed).items()][:LESSONS]:
        told = f"{told} {TAUGHT_LESSON.say(lang, lessons=SEMICOLON.say(lang).join(learnt))}"
    head = tuple(title.say(lang) for title in TAUGHT_HEAD)
    return Rows(TAUGHT.say(lang), head, tuple(rows), (40, 12, 16, 16, 16), frozenset({1, 2, 3, 4}), told)


def _spread_risk(case: Case, lang: Language) -> str:
    days, live = (NOTHING if one is None else DAYS.say(lang, days=one) for one in (case.stock_days, case.live_days))
    return LESS_STOCK.say(lang, largest=share(case.largest_share), days=days, live=live)


def remarks(case: Case, lang: Language) -> Notes:
    """How the figures stand, what they rest on, and what cannot be told."""
    figures, today = case.review.figures, case.review.factory.settings.today
    lines = [benchmark(figures, case.review.factory.settings.company_stage, lang)]
    if case.margin is not None and case.margin > 0 and figures["below_cost"] > 0:
        lost = figures["below_cost"]
        lines.append(
            PROFIT.say(lang, lost=cash(case, lost), margin=cash(case, case.margin), part=share(lost / case.margin))
        )
    if case.stock_days is not None and figures["dead_lots"]:
        lines.append(_spread_risk(case, lang))
    if case.over_purchase is not None and case.over_purchase[0] is not None:
        by_lines, by_value = case.over_purchase
        lines.append(OVER_PURCHASE.say(lang, lines=share(by_lines), value=share(by_value)))
    lines.append(PAST_STOCK.say(lang))
    if figures["volume"]:
        lines.append(SPACE.say(lang, volume=figures["volume"]))
    lines += [HARD_COSTS.say(lang), *doubts(figures, today, lang)]
    return Notes(NOT_TOLD.say(lang), tuple(lines))
