"""The stock of an item day by day: the level, what comes and when, the safety line, what is left at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from huoku.errors import UsageError
from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.plan.explain.naming import names_of
from huoku.plan.explain.projection import movements
from huoku.report.drawing import Canvas, Picture, Scale, linear, month_starts, ticks, width_of
from huoku.report.numbers import qty, short

TITLE = Sentence("{item} {name} 库存推演", "{item} {name}: stock day by day")
LEFT = Sentence("剩 {qty}", "{qty} left")
SAFETY = Sentence("安全 {qty}", "safety {qty}")
UNKNOWN = Sentence("没有物料“{item}”", "there is no item {item}")


@dataclass(frozen=True, slots=True)
class Size:
    """How large the chart is drawn; the narrow one stands among others."""

    width: float = 760
    height: float = 270
    rows: int = 4


LARGE = Size()
SMALL = Size(360, 168, 3)


def plot_projection(plan: Plan, item: str, lang: Language | None = None) -> Picture:
    """The stock of one item over the plan's days, with an arrow for each receipt: solid on order, hollow planned.

    Raises UsageError for an unknown item.
    """
    lang = lang or plan.lang
    if plan.factory.items.filter(pl.col("item") == item).is_empty():
        raise UsageError(UNKNOWN.say(lang, item=item))
    return stock_charts(plan, [item], lang, LARGE)[0]


def stock_charts(plan: Plan, items: Sequence[str], lang: Language, size: Size = SMALL) -> list[Picture]:
    """One chart for each item, looked up together."""
    moves = movements(plan, items)
    names = names_of(plan.factory, lang, items)
    asked = plan.factory.items.filter(pl.col("item").is_in(list(items)))
    safety = dict(asked.select("item", pl.col("safety_stock").cast(pl.Float64)).iter_rows())
    settings = plan.factory.settings
    horizon = settings.today + timedelta(days=settings.horizon_days)
    charts = []
    for item in items:
        own = moves.filter(pl.col("item") == item)
        title = TITLE.say(lang, item=item, name=names[item][0])
        last = _last_day(own, settings.today, horizon)
        charts.append(_Chart(own, settings.today, last, safety[item], lang, size).picture(title))
    return charts


def _last_day(moves: pl.DataFrame, today: date, horizon: date) -> date:
    """A month after the last change: an empty rest of the year says nothing."""
    changed = moves.filter(pl.col("date") > today)["date"].max()
    last = changed + timedelta(days=30) if isinstance(changed, date) else today + timedelta(days=90)
    return min(last, horizon)


class _Chart:
    """One chart while it is drawn."""

    def __init__(self, moves: pl.DataFrame, today: date, last: date, safety: float, lang: Language, size: Size):
        self.moves, self.today, self.last, self.safety = moves, today, last, safety
        self.lang, self.size, self.canvas = lang, size, Canvas()
        # One level a day: the last of it. Receipts stand before uses, so the peak of the day counts for the axis.
        self.levels = moves.group_by("date", maintain_order=True).agg(pl.col("level").last())
        peak = max(float(moves["level"].max() or 0), safety, 1.0)  # type: ignore[arg-type]
        self.steps = ticks(peak, size.rows)
        self.left, self.right, self.top, self.bottom = 44.0, size.width - 12, 18.0, size.height - 46
        self.y: Scale = linear(0, self.steps[-1], self.bottom, self.top)
        self._x = linear(0, max(1, (last - today).days), self.left, self.right)

    def x(self, day: date) -> float:
        return self._x((day - self.today).days)

    def picture(self, title: str) -> Picture:
        self._axes()
        if self.safety:
            self._safety_line()
        self._level()
        self._arrows()
        return self.canvas.picture(title, self.size.width, self.size.height)

    def _axes(self) -> None:
        for value in self.steps:
            self.canvas.line(self.left, self.y(value), self.right, self.y(value), "g1" if value == 0 else "g0")
            self.canvas.text(self.left - 7, self.y(value) + 4, short(value), "m", "end")
        free_from = self.left + 36
        self.canvas.text(self.left, self.size.height - 6, f"{self.today:%m-%d}", "m", "middle")
        for month in month_starts(self.today, self.last):
            if self.x(month) < free_from or self.x(month) > self.right - 4:
                continue
            self.canvas.line(self.x(month), self.top, self.x(month), self.bottom, "g0")
            name = f"{month:%Y-%m}" if month.month == 1 else f"{month:%m-%d}"
            self.canvas.text(self.x(month), self.size.height - 6, name, "m", "middle")
            free_from = self.x(month) + 46
        self.canvas.line(self.left, self.top, self.left, self.bottom + 4, "now")

    def _safety_line(self) -> None:
        height = self.y(self.safety)
        self.canvas.line(self.left, height, self.right, height, "l2")
        self.canvas.text(self.left + 8, height - 5, SAFETY.say(self.lang, qty=qty(self.safety)), "sf halo")

    def _level(self) -> None:
        points: list[tuple[float, float]] = []
        level = 0.0
        for day, after in self.levels.iter_rows():
            if points:
                points.append((self.x(day), self.y(level)))
            points.append((self.x(day), self.y(after)))
            level = after
        points.append((self.right, self.y(level)))
        self.canvas.path([*points, (self.right, self.y(0)), (self.left, self.y(0))], "a1", closed=True)
        self.canvas.path(points, "l1")
        if level > 0:
            above = self.y(level) - 6
            self.canvas.text(self.right, max(above, 12), LEFT.say(self.lang, qty=qty(level)), "b halo", "end")

    def _arrows(self) -> None:
        """What comes in, under the axis; a label where it covers neither the last label nor the next arrow."""
        free_from, base = self.left - 6, self.bottom + 4
        receipts = self.moves.filter(pl.col("kind").is_in(["supply", "order"])).select("kind", "date", "qty").rows()
        places = [*(self.x(day) for _, day, _ in receipts), self.size.width + 8]
        for (kind, _, amount), x, following in zip(receipts, places[:-1], places[1:], strict=True):
            self.canvas.path(
                [(x, base), (x - 4.5, base + 9), (x + 4.5, base + 9)], "p1" if kind == "supply" else "ring", closed=True
            )
            words = f"+{qty(amount)}"
            at = min(x + 7, self.size.width - width_of(words) - 2)
            if at >= free_from and at + width_of(words) <= following - 6:
                self.canvas.text(at, base + 10, words, "hl")
                free_from = at + width_of(words) + 8
