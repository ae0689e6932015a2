"""What is said of dead stock in more than one place: why it is dead, where it can go, how high the share is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from huoku.factory.stage import Stage
from huoku.language import SEMICOLON, Language, Sentence
from huoku.report.numbers import money, qty, share
from huoku.report.stages import STAGES

CAUSES: Mapping[str, Sentence] = {
    "obsolete": Sentence("物料已停用", "obsolete"),
    "ended": Sentence("用它的产品都停了，或换了料", "all that it went into has ended, or takes another part"),
    "ending": Sentence("{last_day} 之后不再用：换料或停产", "used until {last_day} only: its product or BOM changes"),
    "never_used": Sentence("没有用过，也没有订单要用", "never used, and no order wants it"),
    "stopped": Sentence("{unused_days:,} 天没人用了", "nobody has used it for {unused_days:,} {unused_days|day|days}"),
    "customer_gone": Sentence(
        "主要客户 {customer} 已 {silent_days:,} 天没要货{often}",
        "its main customer {customer} has ordered nothing for {silent_days:,} {silent_days|day|days}{often}",
    ),
    "moq": Sentence(
        "起订量 {moq}，一年只用 {year_use}", "the least that can be bought is {moq}, a year uses {year_use}"
    ),
    "only_ordered": Sentence(
        "已知订单只要 {year_use}，以前没有用量记录",
        "known orders take {year_use} of it, and no other use is recorded",
    ),
    "too_much": Sentence("超过一年的用量（一年约 {year_use}）", "more than a year's use (about {year_use})"),
}
OFTEN = Sentence("，以前约 {days:,.0f} 天一次", "; before, about every {days:,.0f} {days:,.0f|day|days}")
ORDERED = Sentence("{cause}；{order} 进的", "{cause}; came with {order}")

OUTLET_KINDS: Mapping[str, Sentence] = {
    "return": Sentence("退供应商", "return"),
    "transfer": Sentence("调拨", "transfer"),
    "resale": Sentence("转卖", "resale"),
    "promotion": Sentence("促销", "promotion"),
    "scrap": Sentence("报废", "scrap"),
    "keep": Sentence("留着用", "keep"),
}
ROUTE = Sentence("{kind} {qty} → {outlet}", "{kind}: {qty} to {outlet}")
ALONE = ("scrap", "keep")
"""These need no outlet to be named."""

ROUTE_ALONE = Sentence("{kind} {qty}", "{kind} {qty}")
ASK_FIRST = Sentence(
    "才进 {age_days} 天：先问销售和客户，真没人要再{way}",
    "here for {age_days} {age_days|day|days} only: ask sales and customers first, else {way}",
)
ASK_ANYWAY = Sentence(
    "还有订单在用它：先问销售和客户，真没人要再{way}",
    "orders still take it: ask sales and customers first, else {way}",
)
NEW_ENOUGH = ("never_used", "moq", "only_ordered", "too_much")
"""Causes of which people may know better, as long as the stock is new."""

CLOSED = Sentence(
    "处置过 {cases:,} 例：账面 {value}，收回 {proceeds}（{recovery}）{days}。",
    "Closed cases: {cases:,}; of {value} as booked {proceeds} came back ({recovery}){days}.",
)
CLOSED_DAYS = Sentence(
    "，从立案到结案一般 {days:,.0f} 天（中位数）", "; half of them took {days:,.0f} {days:,.0f|day|days} or less"
)

NO_WAY = Sentence("没有渠道肯收", "nobody takes it")
GAP = Sentence("", " ")
"""Between two sentences."""

BENCHMARK: Mapping[str, Sentence] = {
    "ok": Sentence("低于 {warn} 的提醒线{stage}。", "Below the warning line of {warn}{stage}."),
    "warn": Sentence(
        "过了 {warn} 的提醒线{stage}，到 {alarm} 就报警。",
        "Above the warning line of {warn}{stage}; from {alarm} on it is an alarm.",
    ),
    "alarm": Sentence("过了 {alarm} 的报警线{stage}。", "Above the alarm line of {alarm}{stage}."),
    "no data": Sentence("库存没有价值可算。", "There is no stock of any value."),
}
OTHERS = Sentence(
    "中小工厂常在 10% 以上，定制工厂有的到 30%。", "Small factories often have 10% or more, custom makers up to 30%."
)
OF_STAGE = Sentence("（{stage}）", " ({stage})")

NO_HISTORY = Sentence(
    "没有历史用量：只知道订单要用的，其余都算用不上。请补 history 表。",
    "There is no past use: all that no order wants counts as dead. Fill the table history.",
)
SHORT_HISTORY = Sentence(
    "历史用量从 {first} 起，不到一年：一年才用一次的料可能被误算成呆滞。",
    "Past use is known from {first} only, less than a year: what is used once a year may be called dead.",
)
OLD_HISTORY = Sentence(
    "历史用量只到 {last}，之后的没有记录。", "Past use is recorded up to {last} only; what was used since is not known."
)
NO_RECEIPT = Sentence(
    "{count:,} 批库存没有入库日期，库龄不知道。",
    "The day of receipt of {count:,} {count|lot|lots} is not known, so neither is {count|its|their} age.",
)
YEAR_DAYS, MONTH_DAYS = 365, 31


def cause_text(row: Mapping[str, Any], lang: Language) -> str:
    """Why a lot is dead, with the order that brought it where that is known."""
    fields = {name: row[name] for name in ("last_day", "unused_days", "customer", "silent_days")}
    often = "" if row["interval_days"] is None else OFTEN.say(lang, days=row["interval_days"])
    cause = CAUSES[row["cause"]].say(lang, **fields, often=often, moq=qty(row["moq"]), year_use=qty(row["year_use"]))
    return cause if row["order"] is None else ORDERED.say(lang, cause=cause, order=row["order"])


def routes_text(routes: pl.DataFrame, lang: Language) -> dict[str, str]:
    """By item: where its dead units go."""
    told: dict[str, list[str]] = {}
    for item, outlet, kind, units, _ in routes.iter_rows():
        sentence = ROUTE_ALONE if kind in ALONE else ROUTE
        words = sentence.say(lang, kind=OUTLET_KINDS[kind].say(lang), qty=qty(units), outlet=outlet)
        told.setdefault(item, []).append(words)
    return {item: SEMICOLON.say(lang).join(words) for item, words in told.items()}


def way_text(row: Mapping[str, Any], routes: Mapping[str, str], idle_days: int, lang: Language) -> str:
    """What to do with the dead units of a lot; ``routes`` as ``routes_text`` tells them."""
    return asked_first(row, routes.get(row["item"]) or NO_WAY.say(lang), idle_days, lang)


def asked_first(row: Mapping[str, Any], way: str, idle_days: int, lang: Language) -> str:
    """A way out, after people were asked who may know better than the tables."""
    if is_new(row, idle_days):
        return ASK_FIRST.say(lang, age_days=row["age_days"], way=way)
    return ASK_ANYWAY.say(lang, way=way) if row["cause"] == "only_ordered" else way


def closed_text(figures: Mapping[str, Any], currency: str, lang: Language) -> str:
    """What closed cases came to; nothing where there are none."""
    if not figures["closed_cases"]:
        return ""
    days = figures["disposal_days"]
    return CLOSED.say(
        lang,
        cases=figures["closed_cases"],
        value=money(figures["closed_value"], currency),
        proceeds=money(figures["closed_proceeds"], currency),
        recovery=share(figures["recovery"]),
        days="" if days is None else CLOSED_DAYS.say(lang, days=days),
    )


def lessons(closed: pl.DataFrame) -> dict[str, str]:
    """By item: the lesson of its youngest case that has one."""
    told = closed.drop_nulls("lesson").unique("item", keep="first", maintain_order=True)
    return dict(told.select("item", "lesson").iter_rows())


def benchmark(figures: Mapping[str, Any], stage: Stage, lang: Language) -> str:
    """How the share stands to the owner's lines, and to other factories."""
    of_stage = "" if stage == "any" else OF_STAGE.say(lang, stage=STAGES[stage].say(lang))
    lines = {name: share(line) for name, line in figures["lines"].items()}
    words = BENCHMARK[figures["level"]].say(lang, **lines, stage=of_stage)
    return words if figures["level"] == "no data" else GAP.say(lang).join((words, OTHERS.say(lang)))


def is_new(row: Mapping[str, Any], idle_days: int) -> bool:
    """Is a lot so new, and its cause such, that people should be asked before it is given away?"""
    age = row["age_days"]
    return age is not None and age < idle_days and row["cause"] in NEW_ENOUGH and row["kept"] == 0


def doubts(figures: Mapping[str, Any], today: date, lang: Language) -> list[str]:
    """What the tables do not tell, as far as it matters for these figures."""
    told, first = [], figures["history_from"]
    if first is None:
        told.append(NO_HISTORY.say(lang))
    elif (today - first).days < YEAR_DAYS:
        told.append(SHORT_HISTORY.say(lang, first=first))
    if first is not None and (today - figures["history_to"]).days > MONTH_DAYS:
        told.append(OLD_HISTORY.say(lang, last=figures["history_to"]))
    if figures["no_receipt_day"]:
        told.append(NO_RECEIPT.say(lang, count=figures["no_receipt_day"]))
    return told
