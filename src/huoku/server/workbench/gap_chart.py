"""The gap of a shortage drawn as a waterfall: from what the book has to what the order wants."""

from huoku.language import Language, Sentence
from huoku.report.drawing import Canvas, Picture, Scale
from huoku.report.numbers import MINUS, qty
from huoku.server.shortages.gap import Gap

WIDTH, HEIGHT, LEFT = 390.0, 178.0, 4.0
TOP, FLOOR = 24.0, 148.0
BESIDE = 0.68
"""So much of its room a bar fills."""

BOOK, OTHERS, UNUSABLE = Sentence("账面", "Book"), Sentence("别人的", "Others'"), Sentence("不能用", "Unusable")
USABLE, IN_TIME, WANTED = Sentence("可用", "Usable"), Sentence("按时到", "In time"), Sentence("要领", "Needed")
TITLE = Sentence(
    "账面 {here}，留给别人 {others}，不能用 {unusable}，可用 {usable}，按时到 {in_time}，要领 {wanted}，还缺 {missing}",
    "Book {here}, kept for others {others}, unusable {unusable}, usable {usable}, coming in time {in_time}, needed "
    "{wanted}, missing {missing}",
)


def draw_gap(gap: Gap, decimals: int, lang: Language) -> Picture:
    """Bars from left to right; what is nought is left out, and what is missing hangs from what is wanted."""
    canvas = Canvas()
    size = 10**decimals
    top = max(gap.here, gap.wanted, gap.usable + gap.in_time, 1)
    bars = _bars(gap)
    step = (WIDTH - 2 * LEFT) / len(bars)
    width = step * BESIDE

    def high(steps: float) -> float:
        return FLOOR - (FLOOR - TOP) * steps / top

    canvas.line(LEFT, FLOOR, WIDTH - LEFT, FLOOR, "g1")
    for number, (name, low, up, cls, said) in enumerate(bars):
        x = LEFT + step * number + (step - width) / 2
        canvas.rect(x, high(up), width, high(low) - high(up), cls)
        if number + 1 < len(bars):
            level = high(low if said < 0 else up)
            canvas.line(x + width, level, x + step, level, "g1 dash")
        words = f"{MINUS}{qty(-said / size)}" if said < 0 else qty(said / size)
        canvas.text(x + width / 2, high(up) - 7, words, "rd" if cls == "gone" else "b", "middle")
        canvas.text(x + width / 2, FLOOR + 18, name.say(lang), "", "middle")
    _wanted(canvas, gap, x, width, high, size)
    figures = {name: qty(getattr(gap, name) / size) for name in Gap.__dataclass_fields__}
    return canvas.picture(TITLE.say(lang, usable=qty(gap.usable / size), **figures), WIDTH, HEIGHT)


def _bars(gap: Gap) -> list[tuple[Sentence, int, int, str, int]]:
    """Name, from, to, look, and the figure above; what is taken away is negative."""
    bars = [(BOOK, 0, gap.here, "p5", gap.here)]
    rest = gap.here
    for name, steps, cls in ((OTHERS, gap.others, "taken"), (UNUSABLE, gap.unusable, "gone")):
        if steps:
            bars.append((name, max(0, rest - steps), rest, cls, -steps))
            rest -= steps
    bars.append((USABLE, 0, gap.usable, "p1", gap.usable))
    if gap.in_time:
        bars.append((IN_TIME, gap.usable, gap.usable + gap.in_time, "bar-sure", gap.in_time))
    bars.append((WANTED, 0, gap.wanted, "asked", gap.wanted))
    return bars


def _wanted(canvas: Canvas, gap: Gap, x: float, width: float, high: Scale, size: int) -> None:
    """In the last bar: what is kept for it, what comes in time, what lies here for nobody, what is missing."""
    at = 0
    for steps, cls in ((gap.kept, "p1"), (gap.in_time, "bar-sure"), (gap.at_once, "could")):
        if steps:
            canvas.rect(x, high(at + steps), width, high(at) - high(at + steps), cls)
            at += steps
    if gap.missing:
        low = gap.wanted - gap.missing
        canvas.rect(x, high(gap.wanted), width, high(low) - high(gap.wanted), "lacks")
        middle = (high(gap.wanted) + high(low)) / 2 + 4
        canvas.text(x + width / 2, middle, f"{MINUS}{qty(gap.missing / size)}", "rd halo", "middle")
