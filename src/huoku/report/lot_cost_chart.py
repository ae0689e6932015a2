"""What one needed piece really costs, by how many are needed: where the small lot wins, and where the MOQ does."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from huoku.buy.lot_sizing import Series, lot_cost
from huoku.buy.terms import NO_LIMIT, legal_up
from huoku.errors import UsageError
from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.plan.build import Case, build
from huoku.plan.naming import names_of
from huoku.plan.why import source_names
from huoku.report.drawing import Canvas, Picture, cut, linear, ticks, width_of
from huoku.report.numbers import price, qty, short

TITLE = Sentence("{item} {name}：每个要用的实际花多少", "{item} {name}: what each one needed really costs")
AXIS = Sentence("要用的数量（{unit}）", "quantity needed ({unit})")
CHOSEN = Sentence("{order}：要 {needed} 买 {qty}，每个 {each}", "{order}: {needed} needed, {qty} bought, {each} each")
NO_SOURCE = Sentence("{item} 没有货源", "{item} has no source")
UNKNOWN = Sentence("没有物料“{item}”", "there is no item {item}")

POINTS = 90
DEAREST = 3.0
"""The axis ends at so many times the cheapest piece: above it the curves only say "far too dear"."""
LINES = ("l1", "l2", "l3", "l4", "l5")
WIDTH, HEIGHT = 520.0, 300.0


@dataclass(frozen=True, slots=True)
class Curve:
    """One source: the real cost of each piece needed, by the quantity needed."""

    name: str
    points: list[tuple[float, float]]


def plot_lot_cost(plan: Plan, item: str, lang: Language | None = None) -> Picture:
    """The real unit cost over all sources of an item, with the order that leaves most over marked.

    For each quantity needed: the smallest legal quantity of the source, its price break, fee and holding, less what
    the leftover is expected to give back, divided by what is needed. Raises UsageError where the item has no source.
    """
    return lot_cost_charts(plan, [item], lang or plan.lang)[0]


def lot_cost_charts(plan: Plan, items: list[str], lang: Language) -> list[Picture]:
    """A chart for each item; the factory's terms are worked out once."""
    case = build(plan.factory)
    return [_chart(plan, case, item, lang) for item in items]


def _chart(plan: Plan, case: Case, item: str, lang: Language) -> Picture:
    found = case.numbering.items.filter(pl.col("item") == item)
    if found.is_empty():
        raise UsageError(UNKNOWN.say(lang, item=item))
    number = int(found["number"][0])
    first, end = (int(case.model.terms.first[at]) for at in (number, number + 1))
    if first == end:
        raise UsageError(NO_SOURCE.say(lang, item=item))
    steps = int(case.numbering.steps[number])
    orders = _orders(plan, item)
    smallest = [float(case.model.terms.tier_low[case.model.terms.tier_first[source]]) / steps for source in range(first, end)]
    most = 1.2 * max([*smallest, *(order["needed_qty"] for order in orders), 10 / steps])
    names = source_names(case, lang)
    curves = [Curve(names[source], _curve(case, number, source, most)) for source in range(first, end)]
    name, unit = names_of(plan.factory, lang, [item])[item]
    chosen = orders[0] if orders else None
    mark = None
    if chosen is not None:
        each = _each(case, number, _source_of(case, chosen, first, end), chosen["needed_qty"], chosen["qty"])
        words = CHOSEN.say(
            lang,
            order=chosen["order"],
            needed=qty(chosen["needed_qty"]),
            qty=qty(chosen["qty"]),
            each=price(each, plan.factory.settings.currency),
        )
        mark = (chosen["needed_qty"], each, words)
    return _draw(curves, most, mark, TITLE.say(lang, item=item, name=name), AXIS.say(lang, unit=unit))


def _orders(plan: Plan, item: str) -> list[dict[str, object]] | list[dict[str, float]] | list:  # type: ignore[type-arg]
    decided = plan.orders.filter(pl.col("item") == item).join(plan.decisions, on="order")
    ranked = decided.filter(pl.col("needed_qty") > 0).sort("leftover_qty", "qty", "order", descending=[True, True, False])
    return ranked.rows(named=True)


def _source_of(case: Case, order: dict[str, object], first: int, end: int) -> int:
    suppliers = case.sources.table["supplier"]
    made = case.model.terms.is_make
    for source in range(first, end):
        if bool(made[source]) == (order["kind"] == "make") and suppliers[source] == order["supplier"]:
            return source
    return first


def _curve(case: Case, item: int, source: int, most: float) -> list[tuple[float, float]]:
    steps = int(case.numbering.steps[item])
    points = []
    for needed in sorted({max(1, round(most * steps * at / POINTS)) for at in range(1, POINTS + 1)}):
        lot = int(legal_up(case.model.terms, source, needed))
        if lot:
            points.append((needed / steps, _each(case, item, source, needed / steps, lot / steps)))
    return points


def _each(case: Case, item: int, source: int, needed: float, bought: float) -> float:
    """The money of one order for a need on its day of arrival, leftover included, for each piece needed."""
    steps, terms = int(case.numbering.steps[item]), case.model.terms
    day, wanted = int(terms.lead[source]), max(1, round(needed * steps))
    series = Series(
        item=item,
        days=np.array([day], np.int64),
        cumulative=np.array([wanted], np.int64),
        days_sum=np.array([0.0, float(wanted * day)]),
        limit=np.array([NO_LIMIT], np.int64),
        spare=0,
        horizon=case.model.horizon,
    )
    cost = lot_cost(terms, case.model.worth, series, 0, 0, day, source, round(bought * steps))
    return float(cost) * steps / wanted


def _draw(
    curves: list[Curve], most: float, mark: tuple[float, float, str] | None, title: str, axis: str
) -> Picture:
    canvas = Canvas()
    left, right, top, bottom = 50.0, WIDTH - 14, 34.0, HEIGHT - 44
    cheapest = min(each for curve in curves for _, each in curve.points)
    dearest = max([DEAREST * cheapest, *( [1.15 * mark[1]] if mark else [])])
    rows = ticks(dearest, 5)
    x, y = linear(0, most, left, right), linear(0, rows[-1], bottom, top)
    for value in rows:
        canvas.line(left, y(value), right, y(value), "g1" if value == 0 else "g0")
        canvas.text(left - 7, y(value) + 4, short(round(value, 6)), "m", "end")
    for value in ticks(most / 1.2, 5):
        if value <= most:
            canvas.text(x(value), bottom + 17, short(value), "m", "middle")
    canvas.text(right, HEIGHT - 8, axis, "m", "end")
    legend = left
    for curve, line in zip(curves, LINES, strict=False):
        canvas.path([(x(at), y(each)) for at, each in curve.points if each <= rows[-1]], line)
        words = cut(curve.name, 150)
        canvas.line(legend, 14, legend + 18, 14, line)
        canvas.text(legend + 24, 18, words)
        legend += 44 + width_of(words)
    if mark is not None:
        at, each, words = mark
        canvas.circle(x(at), y(each), 5, "mark", words)
        ends = x(at) > (left + right) / 2
        canvas.text(x(at) + (-9 if ends else 9), y(each) - 9, words, "b", "end" if ends else None)
    return canvas.picture(title, WIDTH, HEIGHT)
