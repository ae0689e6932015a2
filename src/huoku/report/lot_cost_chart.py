"""What one needed piece really costs, by how many are needed: where the small lot wins, and where the MOQ does."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from huoku.buy.lot_sizing import Requirement, Series, lot_cost
from huoku.buy.terms import NO_LIMIT, legal_up
from huoku.errors import UsageError
from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.plan.explain.naming import names_of
from huoku.plan.model.build import Case
from huoku.plan.standing import case_of
from huoku.plan.tell.ordered import source_names
from huoku.report.drawing import Canvas, Picture, cut, linear, ticks, width_of
from huoku.report.numbers import price, qty, short

TITLE = Sentence("{item} {name}：每个要用的实际花多少", "{item} {name}: what each one needed really costs")
AXIS = Sentence("要用的数量（{unit}）", "quantity needed ({unit})")
CHOSEN = Sentence("要 {needed} 买 {bought}：每个 {each}", "need {needed}, buy {bought}: {each} each")
NO_SOURCE = Sentence("{item} 没有货源", "{item} has no source")
UNKNOWN = Sentence("没有物料“{item}”", "there is no item {item}")

POINTS = 120
DEAREST = 3.0
"""The axis ends at so many times the cheapest piece: above it the curves only say "far too dear"."""
LINES = ("l1", "l2", "l3", "l4", "l5")
LARGE, SMALL = (560.0, 300.0), (360.0, 220.0)

Point = tuple[float, float]
"""Quantity needed, money for each piece needed."""


@dataclass(frozen=True, slots=True)
class Lots:
    """The sources of one item and what a lot from them costs. Quantities in the item's unit."""

    case: Case
    item: int
    sources: range

    @property
    def steps(self) -> int:
        return int(self.case.numbering.steps[self.item])

    def smallest(self, source: int) -> float:
        terms = self.case.model.terms
        return float(terms.tier_low[terms.tier_first[source]]) / self.steps

    def each(self, source: int, needed: float, bought: float) -> float:
        """Money of one order for a need on the day it arrives, leftover included, for each piece needed."""
        terms, wanted = self.case.model.terms, max(1, round(needed * self.steps))
        day = int(terms.lead[source])
        series = Series(
            item=self.item,
            length=1,
            required=Requirement(
                days=np.array([day], np.int64),
                cumulative=np.array([wanted], np.int64),
                days_sum=np.array([0.0, float(wanted * day)]),
                limit=np.array([NO_LIMIT], np.int64),
            ),
            spare=0,
            horizon=max(day, self.case.model.horizon),
            lasts=NO_LIMIT,
        )
        cost = lot_cost(terms, self.case.model.worth, series, 0, 0, day, source, round(bought * self.steps))
        return float(cost) * self.steps / wanted

    def curve(self, source: int, most: float) -> list[Point]:
        """The cheapest legal lot that covers each quantity needed up to ``most``."""
        points: list[Point] = []
        for wanted in sorted({max(1, round(most * self.steps * at / POINTS)) for at in range(1, POINTS + 1)}):
            lot = int(legal_up(self.case.model.terms, source, wanted))
            if lot:
                points.append((wanted / self.steps, self.each(source, wanted / self.steps, lot / self.steps)))
        return points

    def source_of(self, order: dict[str, Any]) -> int:
        """The row of the terms that an order follows."""
        suppliers, made = self.case.sources.supplier, self.case.model.terms.is_make
        fits = (
            source
            for source in self.sources
            if bool(made[source]) == (order["kind"] == "make") and suppliers[source] == order["supplier"]
        )
        return next(fits, self.sources.start)


def plot_lot_cost(plan: Plan, item: str, lang: Language | None = None) -> Picture:
    """The real unit cost over all sources of an item, with the order marked for which the choice mattered most.

    For each quantity needed: the smallest legal quantity of the source, its price break, fee and holding, less what
    the leftover is expected to give back, divided by what is needed. Raises UsageError where the item has no source.
    """
    return lot_cost_charts(plan, [item], lang or plan.lang, LARGE)[0]


def lot_cost_charts(plan: Plan, items: list[str], lang: Language, size: Point = SMALL) -> list[Picture]:
    """A chart for each item; the factory's terms are worked out once."""
    case = case_of(plan)
    return [_chart(plan, case, item, lang, size) for item in items]


def _chart(plan: Plan, case: Case, item: str, lang: Language, size: Point) -> Picture:
    lots = _lots(case, item, lang)
    order = _order_that_matters(plan, item)
    needed = order["needed_qty"] if order else 0.0
    most = 1.2 * max(*(lots.smallest(source) for source in lots.sources), needed, 10 / lots.steps)
    suppliers = source_names(case, lang)
    curves = {source: lots.curve(source, most) for source in lots.sources}
    name, unit = names_of(plan.factory, lang, [item])[item]
    drawing = _Drawing(curves, most, size)
    drawing.axes(AXIS.say(lang, unit=unit))
    for source, line in zip(curves, LINES, strict=False):
        drawing.curve(source, suppliers[source], line)
    if order:
        each = lots.each(lots.source_of(order), needed, order["qty"])
        cost = price(each, plan.factory.settings.currency)
        words = CHOSEN.say(lang, needed=qty(needed), bought=qty(order["qty"]), each=cost)
        drawing.mark(needed, each, words, order["order"])
    return drawing.canvas.picture(TITLE.say(lang, item=item, name=name), *size)


def _lots(case: Case, item: str, lang: Language) -> Lots:
    if case.numbering.items["item"].index_of(item) is None:
        raise UsageError(UNKNOWN.say(lang, item=item))
    number = int(case.numbering.number(pl.Series([item]))[0])
    first = case.model.terms.first
    sources = range(int(first[number]), int(first[number + 1]))
    if not sources:
        raise UsageError(NO_SOURCE.say(lang, item=item))
    return Lots(case, number, sources)


def _order_that_matters(plan: Plan, item: str) -> dict[str, Any] | None:
    """The order of an item that had another supplier as its next best, else the one that leaves most over."""
    decided = plan.orders.filter(pl.col("item") == item).join(plan.decisions, on="order")
    ranked = decided.filter(pl.col("needed_qty") > 0).sort(
        pl.col("alternative") == "supplier", "leftover_qty", "qty", "order", descending=[True, True, True, False]
    )
    return ranked.row(0, named=True) if ranked.height else None


class _Drawing:
    """The chart while it is drawn."""

    def __init__(self, curves: dict[int, list[Point]], most: float, size: Point):
        self.canvas, self.curves, self.most = Canvas(), curves, most
        self.width, self.height = size
        self.left, self.right, self.top, self.bottom = 46.0, self.width - 12, 34.0, self.height - 42
        cheapest = min(each for points in curves.values() for _, each in points)
        self.rows = ticks(DEAREST * max(cheapest, 1e-6), 5)
        self.x = linear(0, most, self.left, self.right)
        self.y = linear(0, self.rows[-1], self.bottom, self.top)
        self.legend = self.left

    def axes(self, words: str) -> None:
        for value in self.rows:
            self.canvas.line(self.left, self.y(value), self.right, self.y(value), "g1" if value == 0 else "g0")
            self.canvas.text(self.left - 7, self.y(value) + 4, short(round(value, 9)), "m", "end")
        for value in ticks(self.most / 1.25, 4):
            if value <= self.most:
                self.canvas.text(self.x(value), self.bottom + 17, short(value), "m", "middle")
        self.canvas.text(self.right, self.height - 6, words, "m", "end")

    def curve(self, source: int, supplier: str, line: str) -> None:
        shown = [(self.x(needed), self.y(each)) for needed, each in self.curves[source] if each <= self.rows[-1]]
        self.canvas.path(shown, line)
        words = cut(supplier, (self.right - self.left) / len(self.curves) - 34)
        self.canvas.line(self.legend, 12, self.legend + 18, 12, line)
        self.canvas.text(self.legend + 23, 16, words)
        self.legend += 36 + width_of(words)

    def mark(self, needed: float, each: float, words: str, order: str) -> None:
        """The chosen lot; above the axis it is marked at its end."""
        x, y = self.x(needed), max(self.y(each), self.top)
        self.canvas.circle(x, y, 5, "mark", f"{order} {words}")
        ends = x > (self.left + self.right) / 2
        beside = y - 9 if y - self.top > 18 else y + 4  # above the top lies the legend
        self.canvas.text(x + (-10 if ends else 10), beside, words, "b halo", "end" if ends else None)
