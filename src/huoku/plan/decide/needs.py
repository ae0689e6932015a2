"""What is wanted of each node, and how one node lays it out by day."""

from typing import NamedTuple

from huoku.buy.terms import Ints
from huoku.compiled import kernel
from huoku.plan.decide.columns import (
    NODE,
    QTY,
    SOURCE,
    START,
)
from huoku.plan.decide.small import Small
from huoku.plan.model.arrays import (
    Model,
    Wants,
    component_need,
    component_node,
    version_on,
)


class Needs(NamedTuple):
    """What is wanted of each node: chains through one table, the newest need of a node first."""

    newest: Ints  # by node, -1 at the end
    next: Ints
    day: Small
    qty: Ints
    by: Small  # the consumer
    wish: Small  # the choice that was wanted; nothing is kept in it where a factory has no choices


class Days(NamedTuple):
    """Work space for one node, by day: the sum of its needs, and the chain of them, oldest first."""

    needed: Ints
    first: Ints
    after: Ints  # by need


@kernel
def add_need(needs: Needs, count: int, node: int, day: int, qty: int, by: int, wish: int) -> int:
    """Write one need; returns the new count."""
    if len(needs.wish) > 0:
        needs.wish[count] = wish
    needs.next[count], needs.day[count], needs.qty[count], needs.by[count] = needs.newest[node], day, qty, by
    needs.newest[node] = count
    return count + 1


@kernel
def add_wants(needs: Needs, wants: Wants) -> int:
    """Write the needs from outside; returns how many."""
    count = 0
    for want in range(len(wants.claim)):
        count = add_need(
            needs, count, wants.node[want], wants.day[want], wants.qty[want], -1 - wants.claim[want], wants.node[want]
        )
    return count


@kernel
def collect(needs: Needs, on_days: Days, node: int) -> tuple[int, int, int]:
    """Lay the needs of a node out by day; returns how many, the first and the last day (none: 0, 0, -1)."""
    wanted, early, late = 0, len(on_days.needed), -1
    need = needs.newest[node]
    while need >= 0:
        day = needs.day[need]
        on_days.needed[day] += needs.qty[need]
        on_days.after[need] = on_days.first[day]
        on_days.first[day] = need
        early, late = min(early, day), max(late, day)
        wanted += 1
        need = needs.next[need]
    return wanted, min(early, late + 1), late


@kernel
def clear(on_days: Days, early: int, late: int) -> None:
    """Take the needs of a node off the days again."""
    for day in range(early, late + 1):
        on_days.needed[day] = 0
        on_days.first[day] = -1


@kernel
def component_lines(model: Model, orders: Ints, own: int, ordered: int) -> int:
    """How many component needs the orders of a node make at most."""
    count = 0
    for row in range(own, ordered):
        if model.terms.is_make[orders[row, SOURCE]]:
            version = version_on(model.bom, orders[row, NODE] // model.locations, orders[row, START])
            count += model.bom.line_first[version + 1] - model.bom.line_first[version]
    return count


@kernel
def add_component_needs(model: Model, node: int, orders: Ints, own: int, ordered: int, needs: Needs, count: int) -> int:
    """What the orders of a node take on their start day is a need of their components."""
    item = node // model.locations
    for row in range(own, ordered):
        if not model.terms.is_make[orders[row, SOURCE]]:
            continue
        start = orders[row, START]
        version = version_on(model.bom, item, start)
        for line in range(model.bom.line_first[version], model.bom.line_first[version + 1]):
            qty = component_need(model.bom, line, orders[row, QTY])
            if qty > 0:
                component = component_node(model, node, line)
                count = add_need(needs, count, component, start, qty, row, component)
    return count
