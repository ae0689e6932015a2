"""The expected cost of one purchase by how much is bought, offer by offer, with the options where they lie on it."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from huoku.language import Language, Sentence
from huoku.plan.buying import Advice, Line
from huoku.report.buying import SHORT
from huoku.report.drawing import Canvas, Picture, cut, linear, ticks, width_of
from huoku.report.numbers import money, price, qty, short

TITLE = Sentence("{item}：买多少，最后花多少", "{item}: what each quantity costs in the end")
MARKED = ("minimum", "small_lot", "split_delivery", "other_supplier", "to_break", "together")
"""Options that buy a quantity of the item itself: they have a place in the chart."""
MOST_MARKED = 4
LINES = ("l1", "l3", "l4")
WIDTH, HEIGHT = 430.0, 158.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, WIDTH - 10, 24.0, HEIGHT - 22
TOO_DEAR = 2.2
"""The axis ends at so many times the dearest option that is marked, or where the curves end."""
LINE_HEIGHT = 14.0


class Box(NamedTuple):
    """Where a label stands."""

    left: float
    right: float
    y: float

    def meets(self, other: "Box") -> bool:
        return self.left < other.right and other.left < self.right and abs(self.y - other.y) < LINE_HEIGHT


def plot_options(advice: Advice, lang: Language | None = None) -> Picture | None:
    """None where nobody offers the item."""
    if not advice.curves:
        return None
    drawing = _Drawing(advice, lang or advice.lang)
    drawing.axes()
    drawing.curves()
    drawing.options()
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
        self.taken: list[Box] = []

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
        last: dict[str, tuple[float, float]] = {}
        for curve in self.advice.curves:
            line = LINES[suppliers.index(curve.supplier) % len(LINES)]
            shown = [(self.x(at), self.y(cost)) for at, cost in curve.points if cost <= self.rows[-1]]
            if not shown:
                continue
            if curve.supplier in last:
                self.canvas.path([last[curve.supplier], shown[0]], "g1 dash")
            self.canvas.path(shown, line)
            last[curve.supplier] = shown[-1]
            self._unit_price(shown, curve.unit_price)

    def _unit_price(self, shown: list[tuple[float, float]], each: float) -> None:
        words, (x, y) = price(each, self.advice.currency), shown[len(shown) // 2]
        if shown[-1][0] - shown[0][0] > width_of(words) + 8:
            box = Box(x - width_of(words) / 2, x + width_of(words) / 2, y - 8)
            self.taken.append(box)
            self.canvas.text(x, box.y, words, "m halo", "middle")

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
        """Beside its point, where no other label stands."""
        wide = width_of(words)
        for left, down in [(side, down) for down in (15, -9, 29, -23) for side in (x + 9, x - 9 - wide)]:
            box = Box(left, left + wide, min(max(y + down, TOP + 2), BOTTOM - 4))
            if left >= LEFT and left + wide <= RIGHT + 6 and not any(box.meets(other) for other in self.taken):
                self.taken.append(box)
                self.canvas.text(left, box.y, words, "b halo")
                return


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
