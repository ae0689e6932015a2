"""What is wanted of the nodes of a family, gathered from claims and from the orders that stand."""

from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Ints
from huoku.compiled import kernel
from huoku.plan.decide.columns import NODE, QTY, SOURCE, START
from huoku.plan.decide.needs import Needs, add_need
from huoku.plan.model.arrays import Bom, Model, Wants, component_need, version_on
from huoku.plan.model.numbers import sorted_rows
from huoku.plan.replan.ragged import counted


class Users(NamedTuple):
    """Who wants what. Wants by node, items that take an item by component.

    ``family``, by item: the first item of its family. ``rows``, by the first item of a family: where its orders begin
    and end in the book, shape (items, 2).
    """

    want_first: Ints
    want: Ints
    parent_first: Ints
    parent: Ints
    family: Ints
    rows: Ints


class Uses(NamedTuple):
    """What of ``Users`` follows from the model alone. ``begins``: the first item of each family."""

    parent_first: Ints
    parent: Ints
    family: Ints
    begins: Ints


def uses_of(model: Model) -> Uses:
    """See ``Uses``."""
    bom = model.bom
    lines = np.sort(bom.component * model.items + parents_of_lines(bom))
    component, parent = np.divmod(lines[np.diff(lines, prepend=-1) != 0], model.items)
    first = first_of_families(model)
    return Uses(counted(component, model.items), parent, first, np.flatnonzero(np.diff(first, prepend=-1)))


def users_of(model: Model, uses: Uses, wants: Wants, order_first: Ints) -> Users:
    """See ``Users``. ``order_first``: where the orders of each node begin."""
    want, begins = sorted_rows(wants.node), uses.begins
    ends = np.append(begins[1:], model.items)
    rows = np.zeros((model.items, 2), np.int64)
    rows[begins, 0], rows[begins, 1] = order_first[begins * model.locations], order_first[ends * model.locations]
    want_first = counted(wants.node[want], model.items * model.locations)
    return Users(want_first, want, uses.parent_first, uses.parent, uses.family, rows)


def parents_of_lines(bom: Bom) -> Ints:
    """By BOM line: the item that it belongs to."""
    of_version = np.repeat(np.arange(bom.first.size - 1), np.diff(bom.first))
    return np.repeat(of_version, np.diff(bom.line_first))


def first_of_families(model: Model) -> Ints:
    """By item: the first item of its family; an item that nothing stands in for is its own."""
    ends = model.ways.family_end
    begins = np.zeros(model.items, np.int64)
    later = ends[ends < model.items]
    begins[later] = later
    return np.maximum.accumulate(begins)


@kernel
def gather(model: Model, wants: Wants, users: Users, orders: Ints, needs: Needs, begin: int, end: int) -> int:
    """Write the needs of the items ``begin`` to ``end - 1``; returns how many, or -1 where there is no room for them.

    In the order in which planning anew writes them: claims first, then the orders that take the item.
    """
    count = 0
    for node in range(begin * model.locations, end * model.locations):
        needs.newest[node] = -1
    for node in range(begin * model.locations, end * model.locations):
        for at in range(users.want_first[node], users.want_first[node + 1]):
            if count == len(needs.next):
                return -1
            want = users.want[at]
            count = add_need(needs, count, node, wants.day[want], wants.qty[want], -1 - wants.claim[want], node)
    for item in range(begin, end):
        for at in range(users.parent_first[item], users.parent_first[item + 1]):
            parent = users.parent[at]
            family = users.family[parent]
            if family == begin:
                continue  # these are settled just now, and tell their needs themselves
            for row in range(users.rows[family, 0], users.rows[family, 1]):
                if orders[row, NODE] // model.locations != parent or not model.terms.is_make[orders[row, SOURCE]]:
                    continue
                count = take(model, orders, row, item, needs, count)
                if count < 0:
                    return -1
    return count


@kernel
def take(model: Model, orders: Ints, row: int, item: int, needs: Needs, count: int) -> int:
    """Write what one order takes of an item; returns the new count, or -1 where there is no room."""
    start = orders[row, START]
    version = version_on(model.bom, orders[row, NODE] // model.locations, start)
    for line in range(model.bom.line_first[version], model.bom.line_first[version + 1]):
        if model.bom.component[line] == item:
            if count == len(needs.next):
                return -1
            qty = component_need(model.bom, line, orders[row, QTY])
            if qty > 0:
                node = item * model.locations + orders[row, NODE] % model.locations
                count = add_need(needs, count, node, start, qty, row, node)
    return count
