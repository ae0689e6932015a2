"""The stock of an item day by day: the level, what it would be without the plan's proposals, what comes and when, what
takes most, the safety line, what is left at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from huoku.errors import UsageError
from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.plan.explain.naming import names_of
from huoku.plan.explain.projection import movements
from huoku.report.drawing import Canvas, Picture, Scale, linear, ticks, width_of
from huoku.report.numbers import MINUS, qty, short
from huoku.report.placing import Box, Free, Way, along
from huoku.report.stock_told import Projection, projection
from huoku.report.time_axis import day_scale, draw_days
from huoku.report.use_band import use_band

TITLE = Sentence("{item} {name} 库存推演", "{item} {name}: stock day by day")
LEFT = Sentence("剩 {qty}", "{qty} left")
SAFETY = Sentence("安全 {qty}", "safety {qty}")
TODAY = Sentence("今天 {before}", "today {before}")
LOW = Sentence("{day} 剩 {qty}，低于安全", "{day}: {qty} left, below safety")
SHORT = Sentence("{day} 缺 {qty}", "{day}: short {qty}")
MISSING = Sentence("缺料", "short")
SEVERAL = Sentence("{name} 等 {n} 笔", "{name} and {more} more")
PROPOSED = {
    "buy": Sentence("建议买 +{qty}", "buy +{qty}"),
    "make": Sentence("建议做 +{qty}", "make +{qty}"),
    "transfer": Sentence("建议调 +{qty}", "move +{qty}"),
}
UNKNOWN = Sentence("没有物料“{item}”", "there is no item {item}")
BELOW = 0.3
"""What would be missing is drawn down to this part of the height: how much it comes to at last says nothing."""
LEAST_BELOW = 36.0
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Size:
    """How large the chart is drawn; a narrow one stands among others, and tells less. ``is_told``: with words at its
    steps."""

    width: float = 760
    height: float = 264
    rows: int = 4
    is_told: bool = True


LARGE = Size()
SMALL = Size(360, 168, 3, is_told=False)


def plot_projection(
    plan: Plan, item: str, lang: Language | None = None, *, days: int | None = None, location: str | None = None
) -> Picture:
    """The stock of one item over the plan's days, with an arrow for each receipt: solid on order, dashed proposed.

    ``days``: so many are drawn; ``location``: of this place alone. Raises UsageError for an unknown item.
    """
    lang = lang or plan.lang
    if plan.factory.items.filter(pl.col("item") == item).is_empty():
        raise UsageError(UNKNOWN.say(lang, item=item))
    return draw_projection(plan, projection(plan, item, days=days, location=location), lang, LARGE)


def stock_charts(plan: Plan, items: Sequence[str], lang: Language, size: Size = SMALL) -> list[Picture]:
    """One chart for each item, looked up together."""
    moves = movements(plan, items)
    each = (projection(plan, item, moves=moves.filter(pl.col("item") == item)) for item in items)
    return [draw_projection(plan, told, lang, size) for told in each]


def draw_projection(plan: Plan, told: Projection, lang: Language, size: Size = LARGE) -> Picture:
    """What a projection says, as a picture."""
    name = names_of(plan.factory, lang, [told.item])[told.item][0]
    makes = {row[0]: row[1] for row in _made_by(plan, told).iter_rows()} if size.is_told else {}
    band = use_band(plan, told) if size.is_told else []
    return _Chart(told, makes, band, lang, size).picture(TITLE.say(lang, item=told.item, name=name))


def _made_by(plan: Plan, told: Projection) -> pl.DataFrame:
    """What the planned orders make that take of the item: order, item."""
    takers = told.moves.filter(pl.col("kind") == "use").select(order="name").unique()
    return plan.orders.join(takers, on="order", how="semi").select("order", "item")


class _Chart:
    """One chart while it is drawn."""

    def __init__(
        self,
        told: Projection,
        makes: dict[str, str],
        band: list[tuple[date, float, float]],
        lang: Language,
        size: Size,
    ):
        self.told, self.makes, self.band = told, makes, band
        self.lang, self.size, self.canvas = lang, size, Canvas()
        self.levels = list(told.levels.iter_rows())
        self.left, self.right = 46.0, size.width - 18
        self.top, self.bottom = (28.0, size.height - 50) if size.is_told else (18.0, size.height - 46)
        peak = max(float(told.moves["level"].max() or 0), told.safety)  # type: ignore[arg-type]
        peak = max(peak, max((high for _, _, high in band), default=0.0)) or float(size.rows)
        self.steps = ticks(peak, size.rows)
        zero = self.bottom
        if size.is_told and told.short:
            lack = -float(told.unaided["level"].min()) / peak  # type: ignore[arg-type]
            zero = self.bottom - max(LEAST_BELOW, min(BELOW, lack / (1 + lack)) * (self.bottom - self.top))
        self.y: Scale = linear(0, self.steps[-1], zero, self.top)
        self.x = day_scale(told.today, told.last, self.left, self.right)

    def picture(self, title: str) -> Picture:
        self._axes()
        points = self._points([(day, level) for day, level in self.levels])
        if self.size.is_told:
            self._band()
            self._missing()
        if self.told.safety:
            self.canvas.line(self.left, self.y(self.told.safety), self.right, self.y(self.told.safety), "l2")
        self._level(points)
        self.free = Free(Box(self.left + 2, 2, self.size.width - 2, self.bottom), along(points))
        if self.size.is_told:
            self._today()
            self._lowest()
        self._words()
        if self.size.is_told:
            self._takers()
        self._arrows()
        return self.canvas.picture(title, self.size.width, self.size.height)

    def _axes(self) -> None:
        for value in self.steps:
            self.canvas.line(self.left, self.y(value), self.right, self.y(value), "g1" if value == 0 else "g0")
            self.canvas.text(self.left - 7, self.y(value) + 4, short(value), "m", "end")
        below = self.size.height - 8 - (self.bottom + 16)
        draw_days(self.canvas, self.told.today, self.told.last, self.x, self.top, self.bottom, below)
        self.canvas.line(self.left, self.top, self.left, self.bottom + 4, "now")

    def _points(self, levels: Sequence[tuple[date, float]]) -> list[tuple[float, float]]:
        """The corners of a line of steps, to the right edge; nothing deeper than the chart."""
        points: list[tuple[float, float]] = []
        for day, after in levels:
            if points:
                points.append((self.x(day), points[-1][1]))
            points.append((self.x(day), min(self.y(after), self.bottom)))
        return [*points, (self.right, points[-1][1])] if points else []

    def _level(self, points: list[tuple[float, float]]) -> None:
        zero = self.y(0)
        self.canvas.path([*points, (self.right, zero), (self.left, zero)], "a1", closed=True)
        self.canvas.path(points, "l1")

    def _band(self) -> None:
        """Where use is foretold, what is there with nine chances in ten."""
        if not self.band:
            return
        upper = self._points([(day, high) for day, _, high in self.band])
        lower = self._points([(day, low) for day, low, _ in self.band])
        self.canvas.path([*upper, *reversed(lower)], "odds", closed=True)

    def _missing(self) -> None:
        """What would be missing without the proposals."""
        if not self.told.short:
            return
        zero = self.y(0)
        points = self._points(list(self.told.unaided.iter_rows()))
        self.canvas.rect(self.left, zero, self.right - self.left, self.bottom - zero, "under")
        under = [(x, max(y, zero)) for x, y in points]
        self.canvas.path([*under, (self.right, zero), (self.left, zero)], "short", closed=True)
        self.canvas.path(points, "l3")

    def _say(self, words: str, cls: str, ways: Sequence[Way]) -> None:
        """Words at the first of the ways that is free; nothing where none is."""
        found = self.free.place(words, ways)
        if found:
            x, y, anchor = found
            self.canvas.text(x, y, words, cls, anchor or None)

    def _today(self) -> None:
        before, (_, after) = float(self.told.moves["level"][0]), self.levels[0]
        words = TODAY.say(self.lang, before=qty(before))
        if after != before:
            words += f" → {qty(after)}"
        self._say(words, "hl", [(self.left + 6, self.top - 8, "")])

    def _lowest(self) -> None:
        """The first day on which it would not be enough, or falls below the safety stock."""
        if self.told.short:
            day, missing = self.told.short
            x, y = self.x(day), self.y(0)
            words = SHORT.say(self.lang, day=f"{day:%m-%d}", qty=qty(missing))
            self.canvas.circle(x, y, 4.5, "bad")
            self._say(words, "rd halo", [(x + 8, y + 16, ""), (x - 8, y + 16, "end"), (x + 8, y + 30, "")])
            self._say(MISSING.say(self.lang), "rd halo", [(self.right - 6, y + 16, "end")])
        elif self.told.low:
            day, level = self.told.low
            x, y = self.x(day), self.y(level)
            words = LOW.say(self.lang, day=f"{day:%m-%d}", qty=qty(level))
            self.canvas.circle(x, y, 4.5, "mark")
            self._say(words, "sf b halo", [(x - 8, y - 7, "end"), (x + 8, y - 7, ""), (x - 8, y + 15, "end")])

    def _words(self) -> None:
        """The safety stock, and what is left at the end."""
        if self.told.safety:
            height, words = self.y(self.told.safety), SAFETY.say(self.lang, qty=qty(self.told.safety))
            across = (self.left + 8, (self.left + self.right) / 2, self.right - width_of(words) - 8)
            self._say(words, "sf halo", [(x, height + by, "") for by in (-5, 14) for x in across])
        _, level = self.levels[-1]
        if level > 0:
            above = max(self.y(level) - 6, 12)
            words = LEFT.say(self.lang, qty=qty(level))
            self._say(words, "b halo", [(self.right, above, "end"), (self.right, above + 22, "end")])

    def _takers(self) -> None:
        """Who takes most, at the step that it makes."""
        uses = self.told.moves.filter(pl.col("kind") == "use")
        by_day = uses.group_by("date", maintain_order=True).agg(
            name=pl.col("name").sort_by("qty").first(), qty=pl.col("qty").sum(), n=pl.len()
        )
        after, before = (
            dict(self.levels),
            dict(zip((day for day, _ in self.levels[1:]), (level for _, level in self.levels), strict=False)),
        )
        for day, name, taken, count in by_day.sort("qty", "date").head(MOST_NAMED).iter_rows():
            called = self._several(self.makes.get(name, name.partition("/")[0]), count)
            words = f"{called} {MINUS}{qty(-taken)}"
            x, y = self.x(day), min(self.y(after[day]), self.bottom)
            middle = (y + self.y(max(after[day], before.get(day, 0.0)))) / 2 + 4
            heights = [at for at in (middle, y - 6, middle - 14, y + 15) if at < self.y(0)]
            self._say(words, "halo", [(x + 6, at, "") for at in heights] + [(x - 6, middle, "end")])

    def _arrows(self) -> None:
        """What comes in, under the axis; words where they cover neither others nor an arrow."""
        coming = self.told.moves.filter(pl.col("kind").is_in(["supply", "order"]))
        kinds = dict(self.told.orders.select("order", "kind").iter_rows())
        base = self.bottom + 4
        arrows = [
            (kind, name, amount, count, self.x(day))
            for kind, day, name, amount, count in coming.group_by("kind", "date", maintain_order=True)
            .agg(pl.col("name").first(), pl.col("qty").sum(), n=pl.len())
            .iter_rows()
        ]
        taken = [Box(x - 5, base, x + 5, base + 16) for *_, x in arrows]
        free = Free(Box(self.left - 8, base - 2, self.size.width - 2, base + 40), taken)
        for kind, name, amount, count, x in arrows:
            self._arrow(x, base, is_sure=kind == "supply")
            words = f"+{qty(amount)}"
            if self.size.is_told:
                words = self._comes(kind, name, amount, count, kinds)
            ways = [(x + 7, base + 12, ""), (x - 7, base + 12, "end")]
            if found := free.place(words, ways) or free.place(words := f"+{qty(amount)}", ways):
                self.canvas.text(found[0], found[1], words, "hl" if kind == "supply" else "", found[2] or None)

    def _arrow(self, x: float, base: float, *, is_sure: bool) -> None:
        """Solid where it is on order, dashed with a hollow head where it is only proposed."""
        self.canvas.line(x, base + 7, x, base + 16, "l1" if is_sure else "l1 dash")
        head = [(x, base), (x - 4.5, base + 8), (x + 4.5, base + 8)]
        self.canvas.path(head, "p1" if is_sure else "ring", closed=True)

    def _comes(self, kind: str, name: str, amount: float, count: int, kinds: dict[str, str]) -> str:
        if kind == "supply":
            called = self._several(name.partition("/")[0], count)
            return f"{called} +{qty(amount)}"
        return PROPOSED[kinds.get(name, "buy")].say(self.lang, qty=qty(amount))

    def _several(self, name: str, count: int) -> str:
        return SEVERAL.say(self.lang, name=name, n=count, more=count - 1) if count > 1 else name
