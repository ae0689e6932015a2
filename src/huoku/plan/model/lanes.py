"""Lanes: over which places an item may be brought to another one, how long that takes and what it costs."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.factory import Factory
from huoku.factory.bom import Tree
from huoku.plan.model.numbers import floats

ANY_ITEM = ""


class Lane(NamedTuple):
    """One leg. ``days`` whole; ``cost`` money per unit."""

    days: int
    cost: float


class Route(NamedTuple):
    """A way from one place to another, leg by leg: ``stops`` with both ends."""

    days: int
    cost: float
    stops: tuple[str, ...]

    @property
    def legs(self) -> list[tuple[str, str]]:
        return list(pairwise(self.stops))


class Lanes(NamedTuple):
    """``items``: those that may be wanted or be there in several places, with these places.

    ``known``: the routes found so far, to each place, by the same name as ``legs``.
    """

    items: dict[str, list[str]]
    legs: dict[str, dict[tuple[str, str], Lane]]  # by item that has lanes of its own, else ANY_ITEM
    known: dict[tuple[str, str], set[Route]]

    def leg(self, item: str, origin: str, target: str) -> Lane:
        return self.legs.get(item, self.legs[ANY_ITEM])[origin, target]

    def routes(self, item: str, target: str) -> list[Route]:
        """The quickest way from each place to ``target`` and, where another one costs less, the cheapest."""
        name = item if item in self.legs else ANY_ITEM
        if (name, target) not in self.known:
            found = set(_best(self.legs[name], target, lambda route: (route.days, route.cost, route.stops)))
            found |= set(_best(self.legs[name], target, lambda route: (round(route.cost, 9), route.days, route.stops)))
            self.known[name, target] = found
        return sorted(route for route in self.known[name, target] if route.stops[0] in self.items[item])


def _best(legs: dict[tuple[str, str], Lane], target: str, key) -> list[Route]:  # type: ignore[no-untyped-def]
    """The best route from each place to ``target`` (Bellman & Ford; there are few places)."""
    best = {target: Route(0, 0.0, (target,))}
    changed = True
    while changed:
        changed = False
        for (origin, stop), lane in sorted(legs.items()):
            if stop not in best or origin in best[stop].stops:
                continue
            onward = best[stop]
            route = Route(lane.days + onward.days, lane.cost + onward.cost, (origin, *onward.stops))
            if origin not in best or key(route) < key(best[origin]):
                best[origin] = route
                changed = True
    del best[target]
    return list(best.values())


def lanes_of(factory: Factory, bom: Tree, places: list[str]) -> Lanes:
    """Lanes by item. Where several rows hold for one leg, the least of their days and of their costs counts."""
    table = factory.lanes
    if table.height == 0 or len(places) < 2:
        return Lanes({}, {}, {})
    days = np.ceil(floats(table["lead_time_days"]) - 1e-9).astype(np.int64).tolist()
    rows: dict[str, dict[tuple[str, str], Lane]] = {ANY_ITEM: {}}
    for (origin, target, item), lead, cost in zip(
        table.select("from", "to", "item").iter_rows(), days, floats(table["cost"]).tolist(), strict=True
    ):
        if origin != target:
            _add(rows.setdefault(item or ANY_ITEM, {}), (origin, target), Lane(lead, cost))
    for item in rows:
        for leg, lane in rows[ANY_ITEM].items():
            _add(rows[item], leg, lane)
    present = _presence(factory, bom)
    reached = {item: legs for item, legs in rows.items() if legs}
    items = {}
    for item, there in present.items():
        if len(there) > 1 and (item in reached or ANY_ITEM in reached):
            items[item] = sorted(there)
    return Lanes(items, rows, {})


def _add(legs: dict[tuple[str, str], Lane], leg: tuple[str, str], lane: Lane) -> None:
    known = legs.get(leg, lane)
    legs[leg] = Lane(min(known.days, lane.days), min(known.cost, lane.cost))


def _presence(factory: Factory, bom: Tree) -> dict[str, set[str]]:
    """Where each item is, or may be wanted: something made of it is wanted there, or something it stands in for."""
    there: dict[str, set[str]] = {}
    for table in (factory.stock, factory.supplies, factory.demands):
        for item, place in table.select("item", "location").unique().iter_rows():
            there.setdefault(item, set()).add(place)
    for item in factory.items.filter(pl.col("safety_stock") > 0)["item"].to_list():
        there.setdefault(item, set()).add("MAIN")
    names = factory.items["item"].to_list()
    stand_ins = factory.substitutes.select("item", "substitute").unique().sort("item", "substitute").rows()
    while True:
        for lines in bom.downwards():
            for parent, component in zip(bom.parent[lines].tolist(), bom.component[lines].tolist(), strict=True):
                if names[parent] in there:
                    there.setdefault(names[component], set()).update(there[names[parent]])
        further = [(item, other) for item, other in stand_ins if there.get(item, set()) - there.get(other, set())]
        if not further:
            return there
        for item, other in further:
            there.setdefault(other, set()).update(there[item])
