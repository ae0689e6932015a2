"""The ways of each choice: what stands in for what, in the order of preference."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Ints
from huoku.factory.settings import Mixing
from huoku.plan.model.arrays import Model, Ways
from huoku.plan.model.families import CHOICE, CLONE, PIECE, Families, Link, Row
from huoku.plan.model.lanes import Route
from huoku.plan.model.numbering import Numbering
from huoku.plan.model.pieces import FOR_EVER


class Leg(NamedTuple):
    """An item carried over one lane."""

    item: int  # number
    origin: int  # place
    target: int
    days: int
    cost: float  # money per unit


def legs(families: Families, numbering: Numbering) -> list[Leg]:
    """Every lane for every item that may be carried over it, in a fixed order."""
    if not families.lanes.items:
        return []
    names, number = numbering.locations, _numbers(numbering)
    place = {name: at for at, name in enumerate(names)}
    found = set()
    for item in sorted(families.lanes.items):
        for target in names:
            for route in families.lanes.routes(item, target):
                for origin, stop in route.legs:
                    lane = families.lanes.leg(item, origin, stop)
                    found.add(Leg(number[item], place[origin], place[stop], lane.days, lane.cost))
    return sorted(found)


def _numbers(numbering: Numbering) -> dict[str, int]:
    return dict(zip(numbering.real_names.to_list(), numbering.of_real.tolist(), strict=True))


def no_ways(numbering: Numbering) -> Ways:
    """Of a factory where nothing stands in for anything."""
    nothing = np.zeros(0, np.int64)
    item = np.arange(numbering.size, dtype=np.int64)
    nodes = numbering.size * len(numbering.locations)
    return Ways._make(
        [np.zeros(nodes + 1, np.int64), *[nothing] * 8, np.zeros(1, np.int64), nothing, nothing, item, item + 1]
    )


class _Way(NamedTuple):
    target: int
    lag: int
    each: int
    per: int
    valid_from: int
    valid_to: int
    for_one: int
    alternative: int
    route: Route | None


def ways(families: Families, numbering: Numbering, carried: list[Leg], first_leg: int, mixing: Mixing) -> Ways:
    """All ways. ``first_leg``: the row in ``terms`` of the first of ``carried``; ``mixing``: see ``Settings``."""
    if not numbering.rows:
        return no_ways(numbering)
    maker = _Maker(families, numbering, mixing)
    places = len(numbering.locations)
    leg_row = {(leg.item, leg.origin, leg.target): first_leg + at for at, leg in enumerate(carried)}
    count = np.zeros(numbering.size * places + 1, np.int64)
    found: list[_Way] = []
    hops: list[tuple[int, int]] = []
    hop_count = [0]
    for row, item in sorted(numbering.rows.items(), key=lambda pair: pair[1]):
        if row.role != CHOICE:
            continue
        for place in range(places):
            made = maker.of(row, place)
            count[item * places + place + 1] = len(made)
            found += made
            for way in made:
                hops += maker.hops(way, leg_row)
                hop_count.append(len(hops))
    columns = np.array([way[:8] for way in found], np.int64).reshape(-1, 8).T
    carrying = np.array(hops, np.int64).reshape(-1, 2)
    return Ways._make(
        [
            np.cumsum(count),
            *(column.copy() for column in columns),
            np.array(hop_count, np.int64),
            carrying[:, 0].copy(),
            carrying[:, 1].copy(),
            *_ends(numbering),
        ]
    )


def _ends(numbering: Numbering) -> tuple[Ints, Ints]:
    """By item: where the choices of its family end, and where the family ends."""
    family, is_choice, size = numbering.family, (numbering.role == CHOICE).tolist(), numbering.size
    choices_end, family_end = np.zeros(size, np.int64), np.zeros(size, np.int64)
    begin = 0
    for at in range(1, size + 1):
        if at == size or family[at] != family[begin]:
            choices_end[begin:at] = begin + sum(is_choice[begin:at])
            family_end[begin:at] = at
            begin = at
    return choices_end, family_end


class _Maker:
    """Makes the ways of one choice at one place."""

    def __init__(self, families: Families, numbering: Numbering, mixing: Mixing):
        self.families, self.numbering, self.mixing = families, numbering, mixing
        self.number = _numbers(numbering)
        perishable = numbering.items.filter(numbering.items["shelf_life_days"].is_not_null())
        self.perishable = frozenset(perishable["item"].to_list())
        self.of_item = numbering.items["item"].to_list()
        self.pieces: dict[tuple[str, str], list[tuple[Row, int]]] = {}
        for row, at in numbering.rows.items():
            if row.role == PIECE:
                piece = families.pieces[row.piece]
                self.pieces.setdefault((piece.item, piece.location), []).append((row, at))

    def of(self, row: Row, place: int) -> list[_Way]:
        """Here before elsewhere; the item before its substitutes; what expires first, first."""
        here = self.numbering.locations[place]
        found = list(self._of_place(row, here, None))
        lanes = self.families.lanes
        targets = [row.item] + [link.substitute for link in self._links(row)]
        routes = {route for item in targets if item in lanes.items for route in lanes.routes(item, here)}
        for route in sorted(routes):
            found += self._of_place(row, route.stops[0], route)
        return found

    def _links(self, row: Row) -> list[Link]:
        """The substitutes that this choice allows; a parent's own row goes before the general one."""
        links = [link for link in self.families.links.get(row.item, ()) if link.parent in ("", row.parent)]
        own = {link.substitute for link in links if link.parent}
        return [link for link in links if link.parent or link.substitute not in own]

    def _of_place(self, row: Row, location: str, route: Route | None) -> Iterator[_Way]:
        yield from self._of_item(row, row.item, location, route, Fraction(1), -FOR_EVER, FOR_EVER)
        for link in self._links(row):
            begin, end = link.valid_from, link.valid_to
            yield from self._of_item(row, link.substitute, location, route, link.ratio, begin, end)

    def _of_item(
        self, row: Row, item: str, location: str, route: Route | None, ratio: Fraction, begin: int, end: int
    ) -> Iterator[_Way]:
        if route is not None and (
            item not in self.families.lanes.items or route not in self.families.lanes.routes(item, route.stops[-1])
        ):
            return
        steps = self.numbering.steps
        in_steps = ratio * int(steps[self.number[item]]) / int(steps[self.number[row.item]])
        each, per = in_steps.numerator, in_steps.denominator
        place = self.numbering.locations.index(location)
        lag = route.days if route else 0
        alternative = self.number[item] if self.mixing == "lot" else 0
        places = len(self.numbering.locations)

        def way(target: int, last: int, for_one: int = 0) -> _Way:
            return _Way(target * places + place, lag, each, per, begin, min(end, last), for_one, alternative, route)

        pieces = self.pieces.get((item, location), ())
        usable = [
            (self.families.pieces[one.piece], at) for one, at in pieces if one.demand == row.demand or not one.demand
        ]
        for piece, at in sorted(usable, key=lambda pair: (not pair[0].demand, pair[0].expires, pair[1])):
            if lag == 0 or piece.keeps == FOR_EVER:
                yield way(at, piece.expires)
        if lag > 0 and item in self.perishable:
            return  # what is bought or made there may have waited, and would have to last for the journey too
        clone = self.numbering.rows.get(Row(item, CLONE, demand=row.demand))
        if clone is not None and row.demand:
            yield way(clone, FOR_EVER, for_one=1)
        yield way(self.number[item], FOR_EVER)

    def hops(self, way: _Way, leg_row: dict[tuple[int, int, int], int]) -> list[tuple[int, int]]:
        """Row in ``terms`` and arriving node of each leg."""
        if way.route is None:
            return []
        locations = self.numbering.locations
        item = self.number[self.of_item[way.target // len(locations)]]
        found = []
        for origin, stop in way.route.legs:
            from_place, to_place = locations.index(origin), locations.index(stop)
            found.append((leg_row[item, from_place, to_place], item * len(locations) + to_place))
        return found


def fill_pinned_by_ways(model: Model, pinned: np.ndarray) -> None:
    """Items of which a component may not be had in the same way on every day must keep their lots, too."""
    if model.ways.target.size == 0:
        return
    alternative = model.ways.alternative
    node = np.repeat(np.arange(model.ways.first.size - 1), np.diff(model.ways.first))
    apart = np.append((np.diff(node) == 0) & (np.diff(alternative) != 0), False)
    bound = apart | (model.ways.valid_from > 0) | (model.ways.valid_to <= model.horizon) | (model.ways.per > 1)
    bound |= model.lasts[model.ways.target // model.locations] <= model.horizon
    choices = np.unique(node[bound] // model.locations)
    line_item = np.repeat(np.repeat(np.arange(model.items), np.diff(model.bom.first)), np.diff(model.bom.line_first))
    pinned[line_item[np.isin(model.bom.component, choices)]] = True
