"""The factory as the planning kernels see it: flat arrays, no names, no dates.

Items stand in topological order, parents before their components. A node is an item at a location:
``node = item * locations + location``. Quantities are whole numbers of the item's smallest step, days count
from today (day 0), money is in the factory's currency. Only ``build`` makes a model; kernels read it.
"""

import math
from typing import NamedTuple

from huoku.buy.leftover import Worth
from huoku.buy.terms import NO_LIMIT, Flags, Floats, Ints, Terms, order_count
from huoku.compiled import kernel
from huoku.plan.model.closures import Closures, last_open_day
from huoku.plan.model.shop import Shop, has_work

NEVER = 1 << 40
"""A day that does not come: an item with this cover can never be had."""

DUST = 1e-6
"""So much of a smallest step is not rounded up to a whole one: it is the noise of decimal fractions."""


class Bom(NamedTuple):
    """What each made item takes, phantoms exploded away.

    A version holds the lines that are valid together on the start days ``start_from`` to ``start_to``;
    the versions of item ``i`` are ``first[i]`` to ``first[i + 1] - 1`` by rising day, its lines
    ``line_first[v]`` to ``line_first[v + 1] - 1``. An order of ``q`` takes ``ceil(per * q + fixed)``.
    """

    first: Ints
    start_from: Ints
    start_to: Ints
    cover: Ints  # from this start day on every component can be had in any amount
    line_first: Ints
    component: Ints
    per: Floats
    fixed: Floats


class Ways(NamedTuple):
    """What may stand in for what: the ways of choice nodes (see ``families``).

    The ways of node ``n`` are ``first[n]`` to ``first[n + 1] - 1``, the preferred first; a plain node has
    none. By a way, ``each`` steps of the node ``target`` stand for ``per`` steps of what is wanted; they
    have to be there ``lag`` days earlier, and may be used on the days ``valid_from`` to ``valid_to``.
    Where they have to be carried, the hops of way ``w`` are ``hop_first[w]`` to ``hop_first[w + 1] - 1``.
    """

    first: Ints
    target: Ints
    lag: Ints
    each: Ints
    per: Ints
    valid_from: Ints
    valid_to: Ints
    for_one: Ints  # 1 where the way leads to what is made for one demand, which has stock reserved further down
    alternative: Ints  # ways of one choice with the same number may serve one need together, others may not
    hop_first: Ints
    hop_source: Ints  # row in ``terms`` of the lane
    hop_node: Ints  # where it arrives
    choices_end: Ints  # by item: the first item of its family that is no choice
    family_end: Ints  # by item: the first item of the next family


class Model(NamedTuple):
    """One factory. Arrays by item unless said otherwise."""

    items: int
    locations: int
    horizon: int  # the last day
    earliest: int  # the first day on which something new may start
    bom: Bom
    make_source: Ints  # row in ``terms`` of the making of an item; -1 where it is not made
    pinned: Flags  # its lots before cover must stay as promised: see ``netting``
    cover: Ints  # from this day on the item can be had in any amount
    lasts: Ints  # what is bought or made is good for so many days more
    ages_today: Flags  # does that hold of what is there today, too? Else it is stock, with days of its own or none
    lapses: Flags  # may it be out of reach again on later days? See ``lapsing``
    terms: Terms
    worth: Worth
    ways: Ways
    shop: Shop
    closures: Closures


class Claims(NamedTuple):
    """What wants to be served, in any order; shape (claims,).

    A supply claim is an open make order whose components are still to be issued: it wants what its BOM
    takes on its start day, and brings ``qty`` to the node ``brings``. Any other wants ``qty`` of ``node`` itself.
    """

    node: Ints
    brings: Ints
    qty: Ints
    day: Ints  # wanted on this day, never before
    is_supply: Flags
    arrives: Ints  # of a supply claim: when it is there if it starts on ``day``
    takes: Ints  # of a supply claim: so many days after its start it is there if it starts later
    may_split: Flags  # may it be served on several days?
    open_from: Ints  # of a supply claim: the rows of its work as it was laid, see ``OpenOrders``
    open_end: Ints
    loss_per_day: Floats  # the money that one day of lateness costs
    loss_if_never: Floats


class Receipts(NamedTuple):
    """What comes without planning: stock lots (day 0) and open orders, by node, then day.

    The receipts of node ``n`` are ``first[n]`` to ``first[n + 1] - 1``.
    """

    first: Ints
    day: Ints
    qty: Ints


class Wants(NamedTuple):
    """The needs that come from outside, in the order in which they are served on one day; shape (wants,)."""

    claim: Ints
    node: Ints
    day: Ints
    qty: Ints


@kernel
def is_choice(model: Model, node: int) -> bool:
    """Does something else provide what is wanted of this node?"""
    return model.ways.first[node + 1] > model.ways.first[node]


@kernel
def leads(ways: Ways, first: int, way: int) -> bool:
    """Is a way the first one of its alternative, among those from ``first`` on?"""
    leader = first
    while ways.alternative[leader] != ways.alternative[way]:
        leader += 1
    return leader == way


@kernel
def is_apart(ways: Ways, node: int) -> bool:
    """May some ways of a choice not serve one need together?"""
    for way in range(ways.first[node] + 1, ways.first[node + 1]):
        if ways.alternative[way] != ways.alternative[way - 1]:
            return True
    return False


@kernel
def component_node(model: Model, node: int, line: int) -> int:
    """The node of one BOM line's component, at the place where ``node`` is made."""
    return model.bom.component[line] * model.locations + node % model.locations


@kernel
def component_need(bom: Bom, line: int, qty: int) -> int:
    """What one order of ``qty`` takes of one BOM line, in the component's steps."""
    return math.ceil(bom.per[line] * qty + bom.fixed[line] - DUST)


@kernel
def split_need(model: Model, source: int, line: int, qty: int) -> int:
    """What a quantity takes of one BOM line when it is split into orders as ``part_of`` cuts it."""
    lots = lots_of(model, source, qty)
    multiple = model.terms.multiple[source]
    packs = qty // multiple
    larger = packs % lots  # so many parts have one pack more than the others
    part = packs // lots * multiple
    need = (lots - larger) * component_need(model.bom, line, part)
    return need + larger * component_need(model.bom, line, part + multiple) if larger > 0 else need


@kernel
def part_of(model: Model, source: int, qty: int, lots: int, lot: int) -> int:
    """The size of one of the ``lots`` orders into which a quantity is split: alike but for one pack."""
    multiple = model.terms.multiple[source]
    packs = qty // multiple
    return (packs // lots + (1 if lot < packs % lots else 0)) * multiple


@kernel
def version_on(bom: Bom, item: int, start: int) -> int:
    """The BOM version by which an order that starts on a day is made; -1 where none is valid."""
    for version in range(bom.first[item], bom.first[item + 1]):
        if bom.start_from[version] <= start <= bom.start_to[version]:
            return version
    return -1


@kernel
def make_start(model: Model, item: int, due: int, covered: bool) -> int:
    """The latest day on which an order can start so that it is there on day ``due``; -1 where none is.

    ``covered`` asks that on that day all its components can be had in any amount.
    """
    source = model.make_source[item]
    if source < 0:
        return -1
    bom = model.bom
    for version in range(bom.first[item + 1] - 1, bom.first[item] - 1, -1):
        start = min(due - model.terms.lead[source], bom.start_to[version])
        if start < model.earliest or start < bom.start_from[version]:
            continue
        if not covered or start >= bom.cover[version]:
            return start
    return -1


@kernel
def buy_start(model: Model, source: int, due: int) -> int:
    """The latest day on which a supplier can be asked to deliver on day ``due``; -1 where it is too late.

    ``due`` is a day on which the supplier delivers: see ``buy_arrival``.
    """
    terms = model.terms
    start = last_open_day(model.closures, source, min(due - terms.lead[source], terms.start_to[source]))
    return start if start >= max(model.earliest, terms.start_from[source]) else -1


@kernel
def buy_arrival(model: Model, source: int, day: int) -> int:
    """When what a supplier is to bring for a day arrives: the last day up to it on which it delivers; -1: never."""
    due = last_open_day(model.closures, source, day)
    return due if due >= 0 and buy_start(model, source, due) >= 0 else -1


@kernel
def in_any_amount(model: Model, item: int, day: int) -> bool:
    """Can an item be had in any amount on a day?"""
    if day < model.cover[item] or model.cover[item] >= NEVER:
        return False
    if not model.lapses[item]:
        return True
    for source in range(model.terms.first[item], model.terms.first[item + 1]):
        if not model.terms.is_make[source]:
            comes = buy_arrival(model, source, day)
        elif has_work(model.shop, item):
            comes = -1
        else:
            start = make_start(model, item, day, True)
            comes = start + model.terms.lead[source] if start >= 0 else -1
        if comes >= 0 and day - comes <= model.lasts[item]:
            return True
    return False


@kernel
def lots_of(model: Model, source: int, qty: int) -> int:
    """Into how many orders a quantity is split."""
    return order_count(model.terms, source, qty) if model.terms.lot_max[source] < NO_LIMIT else 1
