"""The expected cost of one purchase by how much is bought, offer by offer, with the options where they lie on it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from huoku.language import Language, Sentence
from huoku.plan.buying import Advice, Line
from huoku.report.buying import SHORT
from huoku.report.drawing import Canvas, Picture, cut, linear, ticks, width_of
from huoku.report.numbers import money, price, qty, short
from huoku.report.placing import Box, Free, Way, along

TITLE = Sentence("{item}：买多少，最后花多少", "{item}: what each quantity costs in the end")
MARKED = ("minimum", "small_lot", "split_delivery", "other_supplier", "to_break", "together")
"""Options that buy a quantity of the item itself: they have a place in the chart."""
MOST_MARKED = 4
LINES = ("l1", "l3", "l4")
Point = tuple[float, float]
WIDTH, HEIGHT = 430.0, 158.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, WIDTH - 10, 24.0, HEIGHT - 22
TOO_DEAR = 2.2
"""The axis ends at so many times the dearest option that is marked, or where the curves end."""


def plot_options(advice: Advice, lang: Language | None = None) -> Picture | None:
    """None where nobody offers the item."""
    if not advice.curves:
        return None
    drawing = _Drawing(advice, lang or advice.lang)
    drawing.axes()
    drawing.curves()
    drawing.options()
    drawing.unit_prices()
    name = f"{advice.item} {advice.item_name}".strip()
    return drawing.canvas.picture(TITLE.say(drawing.lang, item=name), WIDTH, HEIGHT)


class _Drawing:
    """The chart while it is drawn."""

    def __init__(self, advice: Advice, lang: Language) -> None:
        self.advice, self.lang, self.canvas = advice, lang, Canvas()
        points = [point for curve in advice.curves for point in curve.points]
        self.marked = list(_marked(advice))
        dearest = TOO_DEAR * max([line.cost for line in self.marked], default=max(cost for _, cost in points))
        most = max(*(at for at, _ in points), *(line.qty + line.rest for line in self.marked), advice.qty)
        least = min(advice.qty, *(at for at, _ in points))
        room = 0.04 * (most - least) or 0.1 * most
        self.x = linear(max(0.0, least - room), most, LEFT, RIGHT)
        self.least, self.most = least, most
        self.rows = ticks(min(dearest, max([*(cost for _, cost in points), *(line.cost for line in self.marked)])), 4)
        self.y = linear(0, self.rows[-1], BOTTOM, TOP)
        self.free = Free(Box(LEFT - 2, TOP - 9, RIGHT + 8, BOTTOM - 1))
        self.priced: list[tuple[list[Point], str]] = []

    def axes(self) -> None:
        for value in self.rows:
            y = self.y(value)
            self.canvas.line(LEFT, y, RIGHT, y, "g1" if value == 0 else "g0")
            self.canvas.text(LEFT - 6, y + 4, short(round(value, 9)), "m", "end")
        marks = sorted({self.advice.qty, *(tick for tick in ticks(self.most, 5) if self.least < tick <= self.most)})
        shown = [at for before, at in pairwise([-1e18, *marks]) if self.x(at) - max(LEFT - 40, self.x(before)) > 34]
        for at in {self.advice.qty, *shown}:
            is_last = self.x(at) > RIGHT - 16
            own = "b" if at == self.advice.qty else "m"
            self.canvas.text(
                RIGHT + 6 if is_last else self.x(at), BOTTOM + 16, qty(at), own, "end" if is_last else "middle"
            )

    def curves(self) -> None:
        """A line of its own for each supplier; where the price changes the line breaks off and goes on below."""
        suppliers = list(dict.fromkeys(curve.supplier for curve in self.advice.curves))
        if len(suppliers) > 1:
            self._legend(suppliers)
        last: dict[str, Point] = {}
        for curve in self.advice.curves:
            line = LINES[suppliers.index(curve.supplier) % len(LINES)]
            shown = [(self.x(at), self.y(cost)) for at, cost in curve.points if cost <= self.rows[-1]]
            if not shown:
                continue
            if curve.supplier in last:
                self.canvas.path([last[curve.supplier], shown[0]], "g1 dash")
            self.canvas.path(shown, line)
            last[curve.supplier] = shown[-1]
            self.priced.append((shown, price(curve.unit_price, self.advice.currency)))

    def unit_prices(self) -> None:
        """Each above or below its line, not on another, where the options have left room; best near the middle."""
        for shown, words in self.priced:
            if shown[-1][0] - shown[0][0] > width_of(words) + 8:
                places = [_along(shown, share) for share in (0.5, 0.75, 0.25)]
                others = [box for other, _ in self.priced if other is not shown for box in along(other)]
                ways = [(x, y + by, "middle") for by in (-8, 15) for x, y in places]
                self._say(words, "m halo", ways, others)

    def _legend(self, suppliers: list[str]) -> None:
        x, room = LEFT, (RIGHT - LEFT) / len(suppliers)
        for supplier, line in zip(suppliers, LINES, strict=False):
            self.canvas.line(x, 8, x + 18, 8, line)
            self.canvas.text(x + 23, 12, cut(supplier, room - 34))
            x += room

    def options(self) -> None:
        for line in self.marked:
            x, y = self.x(line.qty), self.y(min(line.cost, self.rows[-1]))
            name = SHORT[line.kind].say(self.lang)
            words = f"{name} {money(line.cost, self.advice.currency)}"
            if line.rest:
                self.canvas.line(x, y, self.x(line.qty + line.rest), y, "l2")
            is_best = line is self.advice.best
            self.canvas.circle(x, y, 5 if is_best else 4.5, "mark" if is_best else "ring", words)
            self._label(x, y, words)

    def _label(self, x: float, y: float, words: str) -> None:
        """Beside its point."""
        heights = [min(max(y + down, TOP + 2), BOTTOM - 4) for down in (15, -9, 29, -23)]
        ways = [(x + side, height, anchor) for height in heights for side, anchor in ((9, ""), (-9, "end"))]
        self._say(words, "b halo", ways)

    def _say(self, words: str, look: str, ways: Iterable[Way], avoided: Sequence[Box] = ()) -> None:
        """At the first of the ways that is free; nothing where none is."""
        if found := self.free.place(words, ways, avoided):
            x, y, anchor = found
            self.canvas.text(x, y, words, look, anchor or None)


def _along(points: list[Point], share: float) -> Point:
    """Where one is after a share of the points; they lie evenly."""
    before = min(int(share * (len(points) - 1)), len(points) - 2)
    (x1, y1), (x2, y2), on = points[before], points[before + 1], share * (len(points) - 1) - before
    return x1 + on * (x2 - x1), y1 + on * (y2 - y1)


def _marked(advice: Advice) -> Iterator[Line]:
    """The options with a place in the chart: the best, the plan's and the minimum before others, each place once."""
    able = [line for line in advice.lines if line.kind in MARKED and line.qty >= advice.qty]
    first = sorted(able, key=lambda line: (line is not advice.best, not line.taken, line.kind != "minimum"))
    seen: set[tuple[float, float]] = set()
    most = max(curve.points[-1][0] for curve in advice.curves)
    for line in first[:MOST_MARKED]:
        place = (line.qty, round(line.cost, 2))
        if place not in seen and line.qty <= most:
            seen.add(place)
            yield line
