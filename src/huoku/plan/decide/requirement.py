"""What new orders have to bring by which day, what they may make, and when each source can deliver."""

from huoku.buy.lot_sizing import Requirement, Series
from huoku.buy.terms import NO_LIMIT, Ints
from huoku.compiled import kernel
from huoku.plan.decide.cells import Cells
from huoku.plan.decide.columns import (
    DUE,
    QTY,
)
from huoku.plan.model.arrays import Model, Receipts, buy_arrival, make_start
from huoku.plan.model.shop import has_work


@kernel
def largest_shortage(receipts: Receipts, node: int, needed_on: Ints, end: int) -> int:
    """By how much the needs before day ``end`` run ahead of stock and open orders at most."""
    receipt, balance, short = receipts.first[node], 0, 0
    for day in range(end):
        while receipt < receipts.first[node + 1] and receipts.day[receipt] <= day:
            balance += receipts.qty[receipt]
            receipt += 1
        balance -= needed_on[day]
        short = max(short, -balance)
    return short


@kernel
def net_requirement(
    receipts: Receipts,
    orders: Ints,
    own: int,
    ordered: int,
    node: int,
    needed_on: Ints,
    early: int,
    late: int,
    lasts: int,
    short_day: Ints,
    short_sum: Ints,
) -> tuple[int, int]:
    """Write what new orders have to bring by which day, cumulatively; returns the rows and what is spare.

    Receipts and the orders ``own`` to ``ordered - 1`` are there already; of an order what nobody takes first in, first
    out, is spoilt ``lasts`` days after it came. ``spare`` is what is left of them after all needs, when the new orders
    bring exactly the requirement.
    """
    receipt, row, end = receipts.first[node], own, receipts.first[node + 1]
    old, before = row, receipt  # of what came up to the oldest order that is good
    came, came_by_old, balance, short, m = 0, 0, 0, 0, 0
    for day in range(late + 1):
        while receipt < end and receipts.day[receipt] <= day:
            balance += receipts.qty[receipt]
            came += receipts.qty[receipt]
            receipt += 1
        while row < ordered and orders[row, DUE] <= day:
            balance += orders[row, QTY]
            came += orders[row, QTY]
            row += 1
        while old < row and orders[old, DUE] + lasts < day:
            while before < end and receipts.day[before] <= orders[old, DUE]:
                came_by_old += receipts.qty[before]
                before += 1
            came_by_old += orders[old, QTY]
            gone = came - balance - short
            balance -= max(0, min(orders[old, QTY], came_by_old - gone))
            old += 1
        if day >= early:
            balance -= needed_on[day]
        if -balance > short:
            short = -balance
            short_day[m], short_sum[m] = day, short
            m += 1
    while receipt < end:
        balance += receipts.qty[receipt]
        receipt += 1
    return m, balance + short


@kernel
def make_series(
    model: Model, cells: Cells, node: int, m: int, required: Requirement, spare: int, forced: int
) -> Series:
    """The net requirement of a node with its limit: what the first pass made by each day before cover."""
    window = cells.first[node + 1] - cells.first[node]
    made, day, before = 0, 0, 0
    required.days_sum[0] = 0.0
    for j in range(m):
        required.days_sum[j + 1] = required.days_sum[j] + float(required.cumulative[j] - before) * required.days[j]
        before = required.cumulative[j]
        required.limit[j] = NO_LIMIT
        if required.days[j] < window:
            while day <= required.days[j]:
                made += cells.made[cells.first[node] + day]
                day += 1
            required.limit[j] = made - forced
    item = node // model.locations
    return Series(item, m, required, spare, model.horizon, model.lasts[item])


@kernel
def fill_arrivals(model: Model, series: Series, arrival: Ints) -> None:
    """For each need and source of the item: the day on which what is ordered for it comes; -1: too late."""
    first, end = model.terms.first[series.item], model.terms.first[series.item + 1]
    for need in range(series.length):
        day = series.required.days[need]
        limited = series.required.limit[need] < NO_LIMIT
        for source in range(first, end):
            arrival[need, source - first] = -1
            if has_work(model.shop, series.item) and model.terms.is_make[source]:
                continue  # the first pass has laid all that the machines make
            if model.terms.is_make[source]:
                start = make_start(model, series.item, day, not limited)
                if start >= 0:
                    arrival[need, source - first] = start + model.terms.lead[source]
            elif not limited:
                arrival[need, source - first] = buy_arrival(model, source, day)
