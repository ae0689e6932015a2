"""A quote in words: the date, what holds it up, what could go sooner, and whom a higher place in line would push."""

from collections.abc import Iterator

from huoku.language import Language, Sentence
from huoku.plan.quote import Ahead, Missing, Pushed, Quote
from huoku.report.numbers import NOTHING, qty
from huoku.report.terminal import columns

SHOWN = 10

ASKED = Sentence(
    "询价：{item} {qty} {unit}，{date} 要（{place}）", "{qty} {unit} of {item}, wanted on {date} at {place}"
)
KEPT = Sentence("可以按期：{date}。", "Can be kept: {date}.")
LATER = Sentence("可以答复：{date}，晚 {days:,} 天。", "Can be promised for {date}, {days:,} d late.")
NEVER = Sentence("计划期内交不了。", "Cannot be promised by the plan's last day.")
UNTOUCHED = Sentence(
    "已有的订单和合同都不动；接单时优先级用 {in_line}（排在它们之后），这个交期就有保证。",
    "Every order and contract keeps its place; accepted with priority {in_line}, behind them, the date holds.",
)
REASON = Sentence("卡在：{reason}", "Held up by: {reason}")
PARTS = Sentence("可以分批交：", "It could go in parts:")
MISSING = Sentence("要按 {date} 交，还要有：", "To keep {date}, these would have to be there:")
MISSING_HEADS = (
    Sentence("层", "level"),
    Sentence("物料", "item"),
    Sentence("缺", "short"),
    Sentence("最晚要到", "needed by"),
    Sentence("新供应最早", "new supply from"),
    Sentence("来源", "source"),
)
NO_SOONER = Sentence("优先级 {priority} 也不会更早。", "Priority {priority} makes it no sooner.")
AHEAD = Sentence(
    "按优先级 {priority} 排：{date}，晚 {days:,} 天。", "With priority {priority}: {date}, {days:,} d late."
)
AHEAD_KEPT = Sentence("按优先级 {priority} 排：{date}，可以按期。", "With priority {priority}: {date}, as wanted.")
NOBODY = Sentence("不会推迟别人。", "Nobody is pushed.")
PUSHES = Sentence("会推迟 {count:,} 个需求：", "Demands that this pushes: {count:,}")
DAYS = Sentence("晚 {days:,} 天", "{days:,} d later")
NO_PROMISE = Sentence("没有承诺了", "no promise any more")
MORE = Sentence("……还有 {count:,} 行", "... {count:,} more {count|row|rows}")


def quote_text(quote: Quote, lang: Language | None = None) -> str:
    """Lines for a terminal; by default in the quote's language. Where the wanted day is not kept: everything it knows,
    ``Quote.ahead`` included."""
    return "\n".join(_lines(quote, lang or quote.lang))


def _lines(quote: Quote, lang: Language) -> Iterator[str]:
    name = f"{quote.item} {quote.item_name}".strip()
    yield ASKED.say(lang, item=name, qty=qty(quote.qty), unit=quote.unit, date=quote.wanted, place=quote.location)
    if quote.date is None:
        yield NEVER.say(lang)
    else:
        yield (KEPT if quote.is_kept else LATER).say(lang, date=quote.date, days=quote.late_days)
        yield UNTOUCHED.say(lang, in_line=quote.in_line)
    if quote.is_kept:
        return
    yield REASON.say(lang, reason=quote.reason)
    if len(quote.parts) > 1 or (quote.date is None and quote.parts):
        yield PARTS.say(lang)
        rows = [(str(part.date), f"{qty(part.qty)} {quote.unit}") for part in quote.parts]
        yield from (f"  {line}" for line in columns(rows, {1}))
    if quote.missing:
        yield MISSING.say(lang, date=quote.wanted)
        heads = tuple(head.say(lang) for head in MISSING_HEADS)
        yield from _table([heads], [_lack(lack) for lack in quote.missing], {0, 2}, lang)
    if quote.may_gain:
        yield from _ahead(quote, quote.ahead, lang)


def _lack(lack: Missing) -> tuple[str, ...]:
    short = f"{qty(lack.qty)} {lack.unit}"
    return str(lack.level), lack.item, short, str(lack.by), str(lack.there or NOTHING), lack.source or NOTHING


def _ahead(quote: Quote, ahead: Ahead, lang: Language) -> Iterator[str]:
    """What its own priority would change, and at whose cost."""
    if ahead.date is None or (quote.date is not None and ahead.date >= quote.date):
        yield NO_SOONER.say(lang, priority=ahead.priority)
        return
    kept = ahead.late_days == 0
    yield (AHEAD_KEPT if kept else AHEAD).say(lang, priority=ahead.priority, date=ahead.date, days=ahead.late_days)
    if not ahead.pushed:
        yield NOBODY.say(lang)
        return
    yield PUSHES.say(lang, count=len(ahead.pushed))
    yield from _table([], [_victim(one, lang) for one in ahead.pushed], set(), lang)


def _victim(one: Pushed, lang: Language) -> tuple[str, ...]:
    later = NO_PROMISE.say(lang) if one.days is None else DAYS.say(lang, days=one.days)
    return one.demand, one.customer or "", f"{qty(one.qty)} {one.item}", f"{one.was} → {one.becomes or NOTHING}", later


def _table(heads: list[tuple[str, ...]], rows: list[tuple[str, ...]], right: set[int], lang: Language) -> Iterator[str]:
    """The first rows as aligned lines, and how many more there are."""
    yield from (f"  {line}" for line in columns([*heads, *rows[:SHOWN]], right))
    if len(rows) > SHOWN:
        yield f"  {MORE.say(lang, count=len(rows) - SHOWN)}"
