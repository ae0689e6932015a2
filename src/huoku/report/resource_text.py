"""The tables of a resource's explanation: whom it makes late, when it is full, its load, its orders."""

from huoku.language import Language, Sentence
from huoku.plan.explain.explanation import Explanation
from huoku.report.numbers import NOTHING, money, qty, share
from huoku.report.terminal import table

HOURS = Sentence("{hours} 小时", "{hours} h")
DEMAND, ORDER = Sentence("需求", "demand"), Sentence("计划单", "order")
ITEM, QTY = Sentence("物料", "item"), Sentence("数量", "qty")
DUE, PROMISED = Sentence("交期", "due"), Sentence("承诺", "promised")
DAYS, COST = Sentence("晚几天", "days late"), Sentence("损失", "cost")
NOT_AT_ALL = Sentence("交不了", "not at all")
FROM, TO = Sentence("从", "from"), Sentence("到", "to")
OPEN_DAYS = Sentence("开工天数", "working days")
LAID, CAN_DO, SHARE = Sentence("排了", "has to do"), Sentence("能做", "can do"), Sentence("负荷", "load")


def hours(minutes: float, lang: Language) -> str:
    """Minutes as hours with one decimal."""
    return HOURS.say(lang, hours=f"{minutes / 60:,.1f}")


def held_up_lines(explanation: Explanation, lang: Language) -> list[str]:
    rows = [
        (
            late.demand,
            f"{late.item} {late.item_name}".rstrip(),
            f"{qty(late.qty)} {late.unit}",
            late.due.isoformat(),
            late.date.isoformat() if late.date else NOT_AT_ALL.say(lang),
            str(late.days),
            money(late.money, explanation.currency, cents=True),
        )
        for late in explanation.held_up
    ]
    heads = (DEMAND, ITEM, QTY, DUE, PROMISED, DAYS, COST)
    return table([head.say(lang) for head in heads], rows, {2, 5, 6}, lang)


def span_lines(explanation: Explanation, lang: Language) -> list[str]:
    rows = [(span.first.isoformat(), span.last.isoformat(), str(span.days)) for span in explanation.full]
    return table([head.say(lang) for head in (FROM, TO, OPEN_DAYS)], rows, {2}, lang)


def load_lines(explanation: Explanation, lang: Language) -> list[str]:
    rows = [
        (
            load.first.isoformat(),
            load.last.isoformat(),
            hours(load.minutes, lang),
            NOTHING if load.capacity is None else hours(load.capacity, lang),
            NOTHING if load.share is None else share(load.share),
        )
        for load in explanation.load
    ]
    return table([head.say(lang) for head in (FROM, TO, LAID, CAN_DO, SHARE)], rows, {2, 3, 4}, lang)


def work_lines(explanation: Explanation, lang: Language) -> list[str]:
    rows = [
        (
            work.first.isoformat(),
            work.last.isoformat(),
            work.order,
            f"{work.item} {work.item_name}".rstrip(),
            f"{qty(work.qty)} {work.unit}",
            hours(work.minutes, lang),
        )
        for work in explanation.work
    ]
    return table([head.say(lang) for head in (FROM, TO, ORDER, ITEM, QTY, LAID)], rows, {4, 5}, lang)
