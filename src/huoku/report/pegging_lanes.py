"""A time line that fits into the cells of a table: a head with weeks and days, and a lane for each row.

Days stand at shares of the width, so that lanes fill whatever width a page gives them, and lines that go on from row to
row stay whole when rows between are folded away: each lane draws its own part of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from huoku.language import Language, Sentence
from huoku.report.drawing import width_of
from huoku.report.markup import Html, el, join, void
from huoku.report.numbers import day as day_text
from huoku.report.pegging_bars import Bar, in_words

FEWEST, AFTER = 14, 2
LEAST_WIDTH, LEAST_DAY = 600, 9
"""A time line is at least so many pixels wide, and so is each of its days."""
DAYS_NUMBERED, WEEKS_NAMED = 35, 112
HALF = 9
SHAPES = "pegging-days"
"""What every lane draws first: weekends, weeks, today, the day wanted."""

DUE, DUE_PAST = (
    Sentence("要 {day}", "due {day}"),
    Sentence("◂ 要 {day}，已过 {n} 天", "◂ due {day}, {n} {n|day|days} ago"),
)
CAN, TOLD = Sentence("能到 {day}", "possible {day}"), Sentence("答 {day}", "told {day}")
TODAY = Sentence("今天", "today")


@dataclass(frozen=True, slots=True)
class Scale:
    """``count`` days from ``first`` on, which is today."""

    first: date
    count: int

    def at(self, day: date, part: float = 0.0) -> float:
        """Where a day begins, in hundredths of the width; ``part`` of it later."""
        place = min(max((day - self.first).days + part, 0.0), float(self.count))
        return 100.0 * place / self.count

    @property
    def width(self) -> int:
        """So many pixels it needs."""
        return max(LEAST_WIDTH, LEAST_DAY * self.count)

    def pixels(self, share: float) -> float:
        return share * self.width / 100


def scale_of(today: date, days: Iterable[date | None]) -> Scale:
    """From today on, so that all days fit in; those that are past stand at the edge."""
    last = max((each for each in days if each), default=today)
    return Scale(today, max(FEWEST, (last - today).days + 1 + AFTER))


@dataclass(frozen=True, slots=True)
class Joint:
    """The critical chain in one lane, upright at ``at``: from the top and to the bar's end at ``to`` (``up``), from the
    bar's start at ``to`` to the bottom (``down``), or through the whole of it."""

    at: float
    up: bool
    down: bool
    to: float = 0.0


def head(scale: Scale, due: date, lang: Language) -> Html:
    """The days above the lanes, with what all lanes share."""
    parts: list[Html] = [_shapes(scale, due)]
    days = [scale.first + timedelta(days=number) for number in range(scale.count)]
    free_from = -1.0
    for each in days:
        is_named = each.weekday() == 0 or each == scale.first
        if is_named and _is_month(scale) and each.day > 7 and each != scale.first:
            is_named = False
        if is_named and scale.pixels(scale.at(each)) >= free_from:
            words = day_text(each, scale.first)
            week = el("tspan", f" W{each.isocalendar().week:02}", cls="m")
            parts.append(el("text", words, week, x=_p(scale.at(each)), dx=5, y=14))
            free_from = scale.pixels(scale.at(each)) + 76
        if scale.count <= DAYS_NUMBERED:
            x = _p(scale.at(each, 0.5))
            parts.append(el("text", each.day, x=x, y=31, cls="m", text_anchor="middle"))
    return el("svg", *parts, cls="ch days", aria_hidden="true", height=38, width="100%")


def _is_month(scale: Scale) -> bool:
    return scale.count > WEEKS_NAMED


def _shapes(scale: Scale, due: date) -> Html:
    drawn: list[Html] = []
    for number in range(scale.count):
        day = scale.first + timedelta(days=number)
        if day.weekday() == 5 or (day.weekday() == 6 and number == 0):
            end = scale.at(day + timedelta(days=2 if day.weekday() == 5 else 1))
            drawn.append(
                void("rect", x=_p(scale.at(day)), width=_p(end - scale.at(day)), height="100%", cls="days-off")
            )
        if day.weekday() == 0 and number:
            drawn.append(_upright(scale.at(day), "days-week"))
    drawn.append(_upright(scale.at(scale.first, 0.35), "days-now"))
    if due >= scale.first:
        drawn.append(_upright(scale.at(due, 0.5), "days-wanted"))
    return el("defs", el("symbol", *drawn, id=SHAPES, overflow="visible"))


def lane(scale: Scale, bars: Sequence[Bar], need_on: date, note: str, chain: Sequence[Joint], lang: Language) -> Html:
    """One part: its bars, the room up to the day on which it is needed, its words, the chain through it."""
    drawn = [_under()]
    written, until = _words(scale, bars, note, lang)
    if bars and (room := scale.at(need_on)) > until + 0.3:
        drawn.append(void("line", x1=_p(until), x2=_p(room), y1="50%", y2="50%", cls="g1"))
        drawn.append(void("line", x1=_p(room), x2=_p(room), y1="38%", y2="62%", cls="g1"))
    drawn += [_drawn(scale, bar) for bar in bars]
    for joint in chain:
        drawn += _linked(joint)
    return _whole([*drawn, *written])


def top_lane(
    scale: Scale, due: date, can: date | None, told: date | None, chain: Sequence[Joint], lang: Language
) -> Html:
    """The demand itself: when it is wanted, what was answered, when it can be there."""
    drawn = [_under()]
    for joint in chain:
        drawn += _linked(joint)
    if due < scale.first:
        past = DUE_PAST.say(lang, day=day_text(due, scale.first), n=(scale.first - due).days)
        drawn.append(el("text", past, x=_p(scale.at(scale.first, 0.35)), dx=8, y="50%", cls="rd halo"))
    if told and told != can and told >= scale.first:
        drawn.append(_diamond(scale.at(told, 0.5), "told"))
        drawn += _beside(scale, scale.at(told, 0.5), TOLD.say(lang, day=day_text(told, scale.first)), "")
    if can:
        is_late = can > due
        drawn.append(_diamond(scale.at(can, 0.5), "bad" if is_late else "good"))
        drawn += _beside(scale, scale.at(can, 0.5), CAN.say(lang, day=day_text(can, scale.first)), "b")
    if due >= scale.first and (can is None or abs((due - can).days) * scale.width / scale.count > 90):
        words = DUE.say(lang, day=day_text(due, scale.first))
        drawn += _beside(scale, scale.at(due, 0.5), words, "rd", after=can is None or due > can)
    return _whole(drawn)


def joints(scale: Scale, rows: Sequence[tuple[Sequence[Bar], bool]], top: date | None) -> list[list[Joint]]:
    """The chain through all lanes, the demand's own first: ``rows`` with the bars of each and whether it is on it."""
    found: list[list[Joint]] = [[] for _ in rows]
    on = [place for place, (_, is_on) in enumerate(rows) if is_on]
    if top is None:
        return found
    for above, below in pairwise(on):
        begins = scale.at(top, 0.5) if above == on[0] else _begin(scale, rows[above][0])
        ends = max(_end(scale, bar) for bar in rows[below][0])
        if begins > ends:
            at, low, high = (begins + ends) / 2, ends, begins
        else:  # on one day: straight up
            at = low = high = begins if above == on[0] else ends
        found[above].append(Joint(at, up=False, down=True, to=high))
        found[below].append(Joint(at, up=True, down=False, to=low))
        for between in range(above + 1, below):
            found[between].append(Joint(at, up=True, down=True))
    return found


def _linked(joint: Joint) -> list[Html]:
    if joint.up and joint.down:
        return [_upright(joint.at, "link")]
    x = _p(joint.at)
    top, bottom = ("0", "50%") if joint.up else ("50%", "100%")
    upright = void("line", x1=x, x2=x, y1=top, y2=bottom, cls="link")
    return [upright, void("line", x1=x, x2=_p(joint.to), y1="50%", y2="50%", cls="link")]


def _begin(scale: Scale, bars: Sequence[Bar]) -> float:
    return scale.at(max(bars, key=lambda each: each.end).start or scale.first)


def _end(scale: Scale, bar: Bar) -> float:
    if bar.fill == "stock":
        return scale.at(scale.first, 0.4)
    return scale.at(bar.end, 1.0 if bar.fill in ("make", "work") else 0.6)


def _drawn(scale: Scale, bar: Bar) -> Html:
    if bar.fill == "stock":
        return void("rect", x="0", y="50%", width=12, height=12, rx=2, cls="p1", transform="translate(1 -6)")
    begin, end = scale.at(bar.start or scale.first), _end(scale, bar)
    box = {"x": _p(begin), "y": "50%", "width": _p(max(end - begin, 0.6)), "height": 2 * HALF, "rx": 3}
    drawn = el("rect", el("title", bar.words), cls=f"bar-{bar.fill}", transform=f"translate(0 -{HALF})", **box)
    if bar.fill != "sure":
        return drawn
    mark = {"x": _p(end), "y": "50%", "width": 4, "height": 2 * HALF, "rx": 1}
    return join([drawn, void("rect", cls="p1", transform=f"translate(-4 -{HALF})", **mark)])


def _words(scale: Scale, bars: Sequence[Bar], note: str, lang: Language) -> tuple[list[Html], float]:
    """In the bar where they fit, else behind it, else before it; and how far bar and words reach."""
    words = in_words(bars, lang)
    if not words:
        return [], 0.0
    last = max(bars, key=lambda each: each.end)
    begin, end = scale.at(last.start or scale.first), _end(scale, last)
    whole = f"{words} · {note}" if note else words
    color = "rd" if note or last.fill == "unsure" else ""
    need, halo = width_of(whole) + 14, f"{color} halo".strip()
    if last.fill != "stock" and scale.pixels(end - begin) >= need:
        inside = "on" if last.fill == "work" else color or None
        return [el("text", whole, x=_p(begin), dx=7, y="50%", cls=inside)], end
    if scale.pixels(100 - end) >= need:
        behind = end + 100 * need / scale.width
        return [el("text", whole, x=_p(end), dx=9, y="50%", cls=halo)], behind
    if scale.pixels(begin) >= need:
        return [el("text", whole, x=_p(begin), dx=-8, y="50%", cls=halo, text_anchor="end")], end
    return [el("text", whole, x="100%", dx=-4, y="50%", cls=halo, text_anchor="end")], 100.0


def _beside(scale: Scale, at: float, words: str, cls: str, after: bool = False) -> list[Html]:
    fits_before = scale.pixels(at) > width_of(words) + 16
    fits_after = scale.pixels(100 - at) > width_of(words) + 16
    is_after = fits_after if after else not fits_before
    anchor = None if is_after else "end"
    dx = 12 if is_after else -12
    return [el("text", words, x=_p(at), dx=dx, y="50%", cls=f"{cls} halo".strip(), text_anchor=anchor)]


def _diamond(at: float, cls: str) -> Html:
    inner = void("path", d="M0-8L8 0L0 8L-8 0Z", cls=cls)
    return el("svg", inner, x=_p(at), y="50%", overflow="visible")


def _upright(at: float, cls: str) -> Html:
    return void("line", x1=_p(at), x2=_p(at), y1="0", y2="100%", cls=cls)


def _under() -> Html:
    return void("use", href=f"#{SHAPES}", width="100%", height="100%")


def _whole(drawn: Sequence[Html]) -> Html:
    return el("svg", *drawn, cls="ch lane", aria_hidden="true", width="100%", height="100%")


def _p(share: float) -> str:
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"
