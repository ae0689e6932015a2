"""A replay in words: each rule with its service and its money, and what weighing each lot would have spared."""

from collections.abc import Iterator

from huoku.language import Language, Sentence
from huoku.report.numbers import MINUS, NOTHING, money
from huoku.report.terminal import columns
from huoku.simulate import BASE, NAMES, Simulation
from huoku.simulate.episode import WEEKS_PER_YEAR

SPAN = Sentence(
    "回放：{first} 起 {weeks:,} 周，之前 {known:,} 周用来学习；外购物料 {items:,} 种",
    "Replay: {weeks:,} {weeks|week|weeks} from {first}, learnt from the {known:,} before; bought items: {items:,}",
)
LEFT_OUT = Sentence(
    "没有回放的物料 {count:,} 种：没有货源或单价，或学习期内没有用量",
    "items not replayed: {count:,} (no source, no price, or no use in the weeks learnt from)",
)
REGIME = {
    False: Sentence("欠单必须补交。", "What cannot be served waits, and must be served."),
    True: Sentence("当时没货的订单丢失。", "What cannot be served at once is lost."),
}
HEADS = (
    Sentence("采购规则", "policy"),
    Sentence("行满足率", "lines"),
    Sentence("金额满足率", "value"),
    Sentence("平均库存", "mean stock"),
    Sentence("期末超量", "excess"),
    Sentence("其中难免", "unavoidable"),
    Sentence("呆滞", "dead"),
    Sentence("总成本", "cost"),
)
SHORT = Sentence(
    "历史不到一年：“最近一年用量”只有 {weeks:,} 周的，超量偏高。",
    "The history is shorter than a year: “the last year's use” is that of {weeks:,} {weeks|week|weeks}, and "
    "excess looks too high.",
)
SAVED = Sentence(
    "行满足率与“{base}”相同时，“{own}”的超量 {change}（按物料重抽的 95 % 区间：{low} 到 {high}）。",
    "Where it serves as many lines as “{base}”, “{own}” has {change} excess (95 % over items: {low} to {high}).",
)
NO_INTERVAL = Sentence(
    "行满足率与“{base}”相同时，“{own}”的超量 {change}；物料太少，给不出区间。",
    "Where it serves as many lines as “{base}”, “{own}” has {change} excess; too few items for an interval.",
)
COST = Sentence("总成本：“{own}” {cost}，与“{base}”相比 {change}。", "Cost: “{own}” {cost}, {change} beside “{base}”.")
LEAST = Sentence(
    "总成本最低的是“{least}”：{cost}，行满足率 {fill}。",
    "The least cost has “{least}”: {cost}, with {fill} of the lines served at once.",
)
NO_EXCESS = Sentence(
    "“{base}”期末没有超量：在这段历史里，没有可少剩的。",
    "“{base}” had no excess at the end: on this history there was nothing to be left less of.",
)
NOT_REACHED = Sentence(
    "“{own}”在哪一档都没有达到“{base}”的行满足率，不能在同样的满足率下比超量。",
    "At no setting does “{own}” serve as many lines as “{base}”: their excess cannot be compared at equal service.",
)


def replay_text(told: Simulation, lang: Language) -> str:
    """Lines for a terminal."""
    return "\n".join(_lines(told, lang))


def _lines(told: Simulation, lang: Language) -> Iterator[str]:
    yield span(told, lang)
    yield REGIME[told.may_decline].say(lang)
    yield from (f"  {line}" for line in columns([heads(lang), *rows(told, lang)], set(range(1, len(HEADS)))))
    yield from remarks(told, lang)


def span(told: Simulation, lang: Language) -> str:
    """Which weeks, and how many items."""
    return SPAN.say(lang, first=told.first, weeks=told.weeks, known=told.learning_weeks, items=len(told.items))


def heads(lang: Language) -> tuple[str, ...]:
    """The titles of the columns of ``rows``."""
    return tuple(head.say(lang) for head in HEADS)


def rows(told: Simulation, lang: Language) -> Iterator[tuple[str, ...]]:
    """One row for each policy: its name, shares served, money."""
    currency = told.factory.settings.currency
    for name in told.results:
        total = told.total(name)
        amounts = (total.mean_stock, total.excess, total.unavoidable, total.dead, total.cost)
        fills = (_percent(total.line_fill), _percent(total.value_fill))
        yield NAMES[name].say(lang), *fills, *(money(amount, currency) for amount in amounts)


def remarks(told: Simulation, lang: Language) -> Iterator[str]:
    """What the table does not show."""
    if {BASE, "weighed"} <= set(told.results):
        yield from _own_beside_base(told, lang)
    known = told.learning_weeks + told.weeks
    if known < WEEKS_PER_YEAR:
        yield SHORT.say(lang, weeks=known)
    if told.left_out:
        yield LEFT_OUT.say(lang, count=told.left_out)


def _own_beside_base(told: Simulation, lang: Language) -> Iterator[str]:
    """Weighed lots beside the usual rule: excess at equal service, cost, and which rule cost least if neither did."""
    names = {"base": NAMES[BASE].say(lang), "own": NAMES["weighed"].say(lang)}
    if told.saved is None:
        yield (NOT_REACHED if told.total(BASE).excess > 0 else NO_EXCESS).say(lang, **names)
    else:
        change, low, high = (_signed(part) for part in told.saved)
        yield (NO_INTERVAL if low == NOTHING else SAVED).say(lang, change=change, low=low, high=high, **names)
    cost = {name: told.total(name).cost for name in told.results}
    currency = told.factory.settings.currency
    if cost[BASE] > 0:
        change = _signed(cost["weighed"] / cost[BASE] - 1.0)
        yield COST.say(lang, cost=money(cost["weighed"], currency), change=change, **names)
    least = min(cost, key=lambda name: cost[name])
    if least not in (BASE, "weighed"):
        fill = _percent(told.total(least).line_fill)
        yield LEAST.say(lang, least=NAMES[least].say(lang), cost=money(cost[least], currency), fill=fill)


def _percent(share: float) -> str:
    return NOTHING if share != share else f"{share:.1%}"


def _signed(change: float) -> str:
    return NOTHING if change != change else f"{change:+.0%}".replace("-", MINUS)
