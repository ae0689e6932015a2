"""What an order would leave over, in words for the one who gives the price, and in words for the customer."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from huoku.language import COMMA, Language, Sentence
from huoku.plan.offer import Offer, Point, small_from
from huoku.report.drawing import Canvas, Picture, linear, ticks
from huoku.report.numbers import money, price, qty, short

NO_WASTE = Sentence("这张单不会多出没人要的料。", "The order leaves nothing that nobody needs.")
USES_UP = Sentence(
    "这张单会用掉本来要剩下的料，少损失 {gain}。",
    "The order uses up what would be left over: {gain} less is lost.",
)
WASTE = Sentence(
    "做 {qty} {unit}，会多出 {tied} 的料没人要，预计损失 {loss}。",
    "Making {qty} {unit} leaves material worth {tied} that nobody needs; {loss} of it is expected to be lost.",
)
DEARER = Sentence("为了避开起订量，买料要多付 {dearer}。", "To avoid minimums, {dearer} more is paid for material.")
CARRIES = Sentence(
    "单价多收 {each}，这些浪费就由价格承担。", "{each} more on the unit price makes the price carry this."
)
SMALL_FROM = Sentence(
    "订到 {qty} {unit} 起，浪费不到料钱的 2%。", "From {qty} {unit} on, the waste is below 2% of the material."
)
NEVER_SMALL = Sentence("算到 {qty} {unit}，浪费还是不小。", "Up to {qty} {unit} the waste does not become small.")

THE_ORDER = Sentence("{item}，{qty} {unit}", "{item}, {qty} {unit}")
IN_TIME = Sentence("{date} 可以全部交货。", "All of it can be delivered on {date}.")
IN_PARTS = Sentence("也可以分批：{parts}。", "It could also come in parts: {parts}.")
COMES_IN_PARTS = Sentence("分批交：{parts}。", "It comes in parts: {parts}.")
PART = Sentence("{date} 交 {qty}", "{qty} on {date}")
NO_DAY = Sentence("目前排不出交期，我们再与您联系。", "There is no delivery day yet; we will come back to you.")
SURCHARGE = Sentence(
    "这个数量低于原料的起订量，单价需加 {each}。",
    "This quantity is below the minimum of its material: {each} is added to the unit price.",
)
LESS_FOR_MORE = Sentence("订 {qty} {unit}，单价只加 {each}。", "For {qty} {unit} only {each} is added.")
NOTHING_FROM = Sentence("订 {qty} {unit} 起不加价。", "From {qty} {unit} on nothing is added.")

CURVE = Sentence("单价要承担的浪费", "waste that the unit price carries")
AXIS = Sentence("订货数量（{unit}）", "quantity ordered ({unit})")
WIDTH, HEIGHT = 560.0, 260.0


def said_inside(of: Offer, currency: str, lang: Language) -> Iterator[str]:
    """The waste of an order in whole sentences, with what the price has to carry."""
    if of.wastes is None:
        return
    loss, dearer = sum(row.loss for row in of.wastes), sum(row.dearer for row in of.wastes)
    unit = of.quote.unit
    if loss > 0:
        yield WASTE.say(
            lang, qty=qty(float(of.qty)), unit=unit, tied=money(of.tied, currency), loss=money(loss, currency)
        )
    elif loss < 0:
        yield USES_UP.say(lang, gain=money(-loss, currency))
    if dearer > 0:
        yield DEARER.say(lang, dearer=money(dearer, currency))
    if of.each > 0:
        yield CARRIES.say(lang, each=price(of.each, currency))
    elif loss == 0:
        yield NO_WASTE.say(lang)


def small_from_words(points: Sequence[Point], unit: str, lang: Language) -> str:
    """From which quantity on the waste is small."""
    found = small_from(points)
    if found is None:
        return NEVER_SMALL.say(lang, qty=qty(float(points[-1].qty)), unit=unit)
    return SMALL_FROM.say(lang, qty=qty(float(found)), unit=unit)


def said_to_customer(
    of: Offer,
    points: Sequence[Point],
    currency: str,
    lang: Language,
    *,
    batches: Sequence[tuple[date, float]] = (),
    point: Point | None = None,
) -> Iterator[str]:
    """Date and price for the customer. Nothing of suppliers, stock or what the material costs. ``batches``: what was
    chosen to be promised; ``point``: the quantity that was chosen, where it is another."""
    unit, chosen = of.quote.unit, point or of.point
    yield THE_ORDER.say(lang, item=of.quote.item_name or of.quote.item, qty=qty(float(chosen.qty)), unit=unit)
    yield from _days(of, batches, lang)
    if _in_cents(chosen) == 0:
        return
    yield SURCHARGE.say(lang, each=price(_in_cents(chosen), currency))
    for each in points:
        if each.qty > chosen.qty and 0 < _in_cents(each) < _in_cents(chosen) / 2:
            words = price(_in_cents(each), currency)
            yield LESS_FOR_MORE.say(lang, qty=qty(float(each.qty)), unit=unit, each=words)
            break
    free = small_from(points)
    if free is not None and free > chosen.qty:
        yield NOTHING_FROM.say(lang, qty=qty(float(free)), unit=unit)


def _days(of: Offer, batches: Sequence[tuple[date, float]], lang: Language) -> Iterator[str]:
    """When it comes: as it was chosen, else all of it at the earliest, and in parts where that is sooner."""
    if len(batches) > 1:
        yield COMES_IN_PARTS.say(lang, parts=_in_parts(batches, lang))
        return
    day = batches[0][0] if batches else of.quote.date
    yield IN_TIME.say(lang, date=day) if day else NO_DAY.say(lang)
    if not batches and len(of.quote.parts) > 1 and not of.quote.is_kept:
        yield IN_PARTS.say(lang, parts=_in_parts([(part.date, part.qty) for part in of.quote.parts], lang))


def _in_parts(batches: Sequence[tuple[date, float]], lang: Language) -> str:
    return COMMA.say(lang).join(PART.say(lang, date=day, qty=qty(part)) for day, part in batches)


def _in_cents(point: Point) -> float:
    """What a piece carries, by the cent: below that nobody is asked for it."""
    return 0.0 if point.is_small else round(point.each, 2)


def plot_offer(points: Sequence[Point], asked: Decimal, unit: str, currency: str, lang: Language) -> Picture:
    """What a piece has to carry, by the quantity ordered; the quantity that was asked for is marked."""
    canvas, left, right, top, bottom = Canvas(), 56.0, WIDTH - 16, 26.0, HEIGHT - 42
    rows = ticks(max((point.each for point in points), default=1.0) or 1.0, 4)
    x = linear(0, float(points[-1].qty) * 1.08, left, right)
    y = linear(0, rows[-1], bottom, top)
    for value in rows:
        canvas.line(left, y(value), right, y(value), "g1" if value == 0 else "g0")
        canvas.text(left - 7, y(value) + 4, short(round(value, 9)), "m", "end")
    canvas.path([(x(float(point.qty)), y(point.each)) for point in points], "l1")
    last = -1e9
    for point in points:
        here, is_asked = x(float(point.qty)), point.qty == asked
        tip = f"{qty(float(point.qty))} {unit}: {price(point.each, currency)}"
        canvas.circle(here, y(point.each), 5 if is_asked else 3.5, "mark" if is_asked else "p1", tip)
        if is_asked:
            canvas.text(here + 8, y(point.each) - 8, tip, "b halo")
        if here - last > 44:
            canvas.text(here, bottom + 17, short(float(point.qty)), "m", "middle")
            last = here
    canvas.text(right, HEIGHT - 6, AXIS.say(lang, unit=unit), "m", "end")
    return canvas.picture(CURVE.say(lang), WIDTH, HEIGHT)
