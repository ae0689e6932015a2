"""What a caller can be told: all at once, in parts, before others, another quantity (交期答复). Each with what it costs
and whom; only what the plan works out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from huoku.language import Language, Sentence
from huoku.plan.offer import Offer, Point, small_from
from huoku.plan.quote.accepting import Pushed
from huoku.plan.quote.missing import Missing
from huoku.plan.quote.quote import Quote
from huoku.report import numbers

ALL = Sentence("最早全部交", "All of it, at the earliest")
PARTS = Sentence("分批交", "In parts")
AHEAD = Sentence("插到别人前面", "Before others")
OTHER = Sentence("换个数量", "Another quantity")
AT_ONCE = Sentence("{qty} {unit} 一次交", "{qty} {unit} at once")
BATCH = Sentence("{date} {qty}", "{qty} on {date}")

CAN = Sentence("{wanted} 交 {qty} {unit}，办得到。", "{qty} {unit} on {wanted}: that can be done.")
CANNOT = Sentence(
    "{wanted} 交 {qty} {unit} 办不到：最早 {date} 全部交齐，晚 {days} 天",
    "{qty} {unit} on {wanted} cannot be done: {date} is the first day for all of it, {days} {days|day|days} late",
)
NEVER = Sentence(
    "{wanted} 交 {qty} {unit} 办不到，计划期内也排不出来",
    "{qty} {unit} on {wanted} cannot be done, nor on any day of the plan",
)
FIRST = Sentence("；{date} 可以先交 {part}。", "; {part} could go first, on {date}.")
KEPT = Sentence("别的订单答应过的日子都不动。", "What other orders were promised stays.")


@dataclass(frozen=True, slots=True)
class Promise:
    """``batches``: on which day how much; ``pushed``: whose promise becomes later by it. ``each``: what the price of a
    piece carries for waste, None where that is not worked out yet."""

    name: str
    title: Sentence
    qty: float
    batches: tuple[tuple[date, float], ...]
    pushed: tuple[Pushed, ...] = ()
    each: float | None = None
    is_best: bool = False

    @property
    def last(self) -> date:
        return self.batches[-1][0]


def said_first(quote: Quote, today: date, lang: Language) -> str:
    """The sentence that a clerk says into the telephone."""
    about = {
        "qty": numbers.qty(quote.qty),
        "unit": quote.unit,
        "wanted": numbers.day(quote.wanted, today),
        "date": numbers.day(quote.date, today),
        "days": quote.late_days,
    }
    if quote.is_kept:
        return f"{CAN.say(lang, **about)} {KEPT.say(lang)}" if lang == "en" else CAN.say(lang, **about) + KEPT.say(lang)
    told = (NEVER if quote.date is None else CANNOT).say(lang, **about)
    first = quote.parts[0] if quote.parts else None
    if first is None or first.date == quote.date:
        return told + ("." if lang == "en" else "。")
    return told + FIRST.say(lang, date=numbers.day(first.date, today), part=numbers.qty(first.qty))


def at_once(quote: Quote, of: Offer | None) -> Iterator[Promise]:
    """What is known without promising all over again. Parts are best where some of it keeps the wanted day."""
    each = None if of is None else of.each
    in_parts = tuple((part.date, part.qty) for part in quote.parts)
    is_whole = sum(qty for _, qty in in_parts) >= quote.qty - 1e-6
    may_part = not quote.is_kept and len(in_parts) > 1 and is_whole
    is_on_the_day = may_part and in_parts[0][0] <= quote.wanted
    if is_on_the_day:
        yield Promise("parts", PARTS, quote.qty, in_parts, each=each, is_best=True)
    if quote.date is not None:
        yield Promise("all", ALL, quote.qty, ((quote.date, quote.qty),), each=each, is_best=not is_on_the_day)
    if may_part and not is_on_the_day:
        yield Promise("parts", PARTS, quote.qty, in_parts, each=each)


def after_all(quote: Quote, of: Offer, points: Sequence[Point]) -> Iterator[Promise]:
    """What takes longer: the day at the expense of others, and the quantity that leaves nothing over."""
    if quote.may_gain and quote.ahead.date is not None and (quote.date is None or quote.ahead.date < quote.date):
        told = quote.ahead
        yield Promise("ahead", AHEAD, quote.qty, ((quote.ahead.date, quote.qty),), told.pushed, of.each)
    other = _worth_asking(of, points)
    if other is not None and other.date is not None:
        yield Promise("other", OTHER, float(other.qty), ((other.date, float(other.qty)),), each=_carried(other))


def _worth_asking(of: Offer, points: Sequence[Point]) -> Point | None:
    """The smallest quantity from which the waste is small; else the one that carries least, if that is half as much."""
    free = small_from(points)
    more = [point for point in points if point.qty > of.qty]
    if not more or round(of.each, 2) == 0:
        return None
    if free is not None and free > of.qty:
        return next(point for point in points if point.qty == free)
    least = min(more, key=lambda point: point.each)
    return least if least.each < of.each / 2 else None


def _carried(point: Point) -> float:
    return 0.0 if point.is_small else point.each


def held_up_by(missing: Sequence[Missing]) -> Missing | None:
    """What the wanted day waits for longest: an item whose new supply comes after it is needed."""
    late = [each for each in missing if each.there is None or each.there > each.by]
    return max(late, key=lambda each: ((each.there or date.max) - each.by, each.level), default=None)
