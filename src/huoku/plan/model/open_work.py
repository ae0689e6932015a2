"""The work of open make orders: laid on the resources before anything new.

The tables say what is still to come of an open make order and by when, not how far it is: so all of its work is
still to be done. It is laid as late as its day allows; where it has no room before that day it begins as early as it
can, and is done late. As when they were planned, an order is laid before those that make its components, or else these
might take the minutes of the day on which they are done and it begins. Before all of them come those of which
something is fixed by hand (``fixed_work``).
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Ints
from huoku.compiled import kernel
from huoku.factory import Factory
from huoku.plan.model.arrays import Bom
from huoku.plan.model.fixed_work import Fixes, first_to_lay, fixed_work, lay_fixed
from huoku.plan.model.floor import (
    WORK_DAY,
    WORK_END,
    WORK_FROM,
    Floor,
    FloorLog,
    close_full_days,
    empty_floor,
    lay,
    lay_at_once,
    log_lot,
    room_for,
)
from huoku.plan.model.numbering import Numbering
from huoku.plan.model.numbers import days_between, epoch_day, micro, steps_down
from huoku.plan.model.receipts import Incoming, arranged
from huoku.plan.model.shop import Shop


class OpenOrders(NamedTuple):
    """By open make order that takes operations, in the order in which they were laid.

    ``row`` in the table ``supplies``; ``day``: when it is wanted, at the earliest today; ``is_to_issue``: are its
    components still to be issued? ``start`` and ``done``: the first and the last day of its work, one day more than
    there are where it has no room. Its work are the rows ``first[o]`` to ``first[o + 1] - 1`` of ``work`` (operation,
    day, work).
    """

    row: Ints
    item: Ints
    qty: Ints
    day: Ints
    is_to_issue: Flags
    start: Ints
    done: Ints
    first: Ints
    work: Ints


def with_open_orders(
    factory: Factory, numbering: Numbering, come: Incoming, bom: Bom, shop: Shop
) -> tuple[Incoming, OpenOrders]:
    """What comes, on the days on which it is done, and the open make orders as they were laid."""
    opened = open_orders(factory, numbering, come, bom, shop)
    return as_laid(come, opened, numbering), opened


def open_orders(factory: Factory, numbering: Numbering, come: Incoming, bom: Bom, shop: Shop) -> OpenOrders:
    """Lay all of them."""
    table = factory.supplies
    item = numbering.number(table["item"])
    qty = steps_down(micro(table["qty"]), numbering.steps[item])
    day = np.maximum(days_between(table["due"], epoch_day(factory), 0), 0)
    is_to_issue = np.isin(np.arange(table.height), come.table["claim"].to_numpy())
    works = (table["kind"] == "make").to_numpy() & (np.diff(shop.first) > 0)[item] & (qty > 0)
    by_name = table["supply"].arg_sort().to_numpy().astype(np.int64)
    row = by_name[works[by_name]]
    row = row[np.lexsort((item[row], day[row]))]
    most = int(np.diff(shop.first).max(initial=0))
    log = room_for(row.size, (row.size + 1) * (most + 1) + shop.capacity.size)
    fixed = fixed_work(factory, numbering, shop)
    fixes = {at: fixed[row[at]] for at in first_to_lay(row, fixed)}
    row = row[lay_all(bom, shop, empty_floor(shop, 0), log, item[row], qty[row], day[row], fixes)]
    item, qty, day = item[row], qty[row], day[row]
    begins, ends = log.lots[:, WORK_FROM], log.lots[:, WORK_END]
    at = np.repeat(np.arange(row.size), ends - begins)
    work = log.work[: at.size]
    start, done = day.copy(), day.copy()
    if work.size:
        laid = begins < ends
        start[laid] = np.minimum.reduceat(work[:, 1], begins[laid])
        done[laid] = np.maximum.reduceat(work[:, 1], begins[laid])
    return OpenOrders(row, item, qty, day, is_to_issue[row], start, done, np.append(0, ends), work)


def lay_all(
    bom: Bom, shop: Shop, floor: Floor, log: FloorLog, item: Ints, qty: Ints, day: Ints, fixes: Mapping[int, Fixes]
) -> Ints:
    """Lay orders one after the other; returns them as they were laid. The log is empty, and holds them all in the end.

    Those of ``fixes`` come first, as they stand there. The others stand by day: first those that no other one takes,
    after each of them those that make its components, as many as it needs, the latest that are done by its start.
    """
    components = {at: components_of(bom, at) for at in np.unique(item).tolist()}
    taken = {component for needs in components.values() for component in needs}
    open_of: dict[int, list[int]] = {}
    for order, made in enumerate(item.tolist()):
        open_of.setdefault(made, []).append(order)
    waiting = [order for order in range(item.size) if item[order] in taken][::-1]
    waiting += [order for order in range(item.size) if item[order] not in taken][::-1]
    laid: dict[int, None] = dict.fromkeys(fixes)
    for order, of_order in fixes.items():
        lay_fixed(shop, floor, log, int(item[order]), int(qty[order]), of_order)
    while waiting:
        order = waiting.pop()
        if order in laid:
            continue
        laid[order] = None
        start = lay_order(shop, floor, log, int(item[order]), int(qty[order]), int(day[order]))
        for component, per in sorted(components[int(item[order])].items()):
            rest, feeding = per * qty[order], []
            for other in reversed(open_of.get(component, [])):
                if other not in laid and day[other] <= start and rest > 0:
                    feeding.append(other)
                    rest -= qty[other]
            waiting += feeding
    return np.array(list(laid), np.int64)


def components_of(bom: Bom, item: int) -> dict[int, float]:
    """The components of an item by any of its versions, and how much of each one unit takes at most."""
    found: dict[int, float] = {}
    for line in range(bom.line_first[bom.first[item]], bom.line_first[bom.first[item + 1]]):
        component = int(bom.component[line])
        found[component] = max(found.get(component, 0.0), float(bom.per[line]))
    return found


@kernel
def lay_order(shop: Shop, floor: Floor, log: FloorLog, item: int, qty: int, day: int) -> int:
    """Lay one order for good, to be done by a day if it can be; returns the day on which it begins."""
    begun = log.rows[1]
    start = lay(shop, floor, log, item, qty, 1, min(day, shop.days - 1), 0).start
    if start < 0:
        lay_at_once(shop, floor, log, item, qty)
        start = log.work[begun, WORK_DAY]
    close_full_days(shop, floor, log, begun)
    log_lot(log, 0, day, start, qty)
    return int(start)


def number_laid(opened: OpenOrders, row: Ints) -> Ints:
    """By row of ``supplies``: the number of the order among ``opened``; one more than the last where it is none."""
    number = np.full(max(int(opened.row.max(initial=-1)), int(row.max(initial=-1))) + 2, opened.row.size)
    number[opened.row] = np.arange(opened.row.size)
    return number[row]


def taken_by(opened: OpenOrders, shop: Shop, orders: Ints | slice = slice(None)) -> Ints:
    """The minutes that some of them take, by resource and day as in ``Shop.capacity``."""
    taken = np.zeros(shop.capacity.size, np.int64)
    is_meant = np.zeros(opened.row.size, np.bool_)
    is_meant[orders] = True
    rows = opened.work[np.repeat(is_meant, np.diff(opened.first)) & (opened.work[:, 1] < shop.days)]
    np.add.at(taken, shop.resource[rows[:, 0]] * shop.days + rows[:, 1], rows[:, 2])
    return taken


def as_laid(come: Incoming, opened: OpenOrders, numbering: Numbering) -> Incoming:
    """The receipts with open orders whose components are still to be issued on the day on which their work is done."""
    late = opened.is_to_issue & (opened.done > opened.day)
    if not late.any():
        return come
    moved = pl.DataFrame({"claim": opened.row[late], "done": opened.done[late]})
    table = come.table.join(moved, on="claim", how="left", maintain_order="left")
    return arranged(table.with_columns(day=pl.coalesce("done", "day")).drop("done"), come.aside, numbering)
