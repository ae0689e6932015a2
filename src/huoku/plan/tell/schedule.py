"""The tables ``schedule`` and ``open_work``: what works on which resource, on which day, for how many minutes."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.plan.decide.columns import QTY, SOURCE
from huoku.plan.decide.netting import Netted
from huoku.plan.decide.open_work import OpenWork
from huoku.plan.model.arrays import lots_of
from huoku.plan.model.build import Case
from huoku.plan.model.floor import LOT_QTY, OPERATION, ORDER, WORK, WORK_DAY, WORK_END, WORK_FROM, FloorLog
from huoku.plan.model.numbers import epoch_day
from huoku.plan.model.shop import MINUTE, Shop, work_of
from huoku.plan.tell.words import dates

SCHEMA = {"order": pl.String, "seq": pl.Int64, "resource": pl.String, "date": pl.Date, "minutes": pl.Float64}
OPEN_SCHEMA = {"supply": pl.String} | dict(list(SCHEMA.items())[1:])


def open_work_table(case: Case, laid: OpenWork) -> pl.DataFrame:
    """A row for each open make order, operation and day. What has no room by the last day is left out."""
    shop, name = case.workshop.shop, case.factory.supplies["supply"]
    within = np.flatnonzero(laid.day <= case.model.horizon)
    if within.size == 0:
        return pl.DataFrame(schema=OPEN_SCHEMA)
    supply, operation, day, work = (column[within] for column in laid)
    table = pl.DataFrame(
        {
            "supply": name.gather(supply),
            "seq": shop.seq[operation],
            "resource": case.workshop.names.gather(shop.resource[operation]),
            "date": dates(day, epoch_day(case.factory)),
            "minutes": work / MINUTE,
        },
        schema=OPEN_SCHEMA,
    )
    return table.sort("supply", "seq", "date")


def schedule(case: Case, netted: Netted, made: FloorLog, names: pl.Series) -> pl.DataFrame:
    """A row for each order, operation and day."""
    shop = case.workshop.shop
    order, work = laid_work(case, netted, made)
    if order.size == 0:
        return pl.DataFrame(schema=SCHEMA)
    # By order, then in the sequence of its operations: those of one item stand in it.
    sequence = np.lexsort((work[:, WORK_DAY], work[:, OPERATION], order))
    order, work = order[sequence], work[sequence]
    operation = work[:, OPERATION]
    return pl.DataFrame(
        {
            "order": names.gather(order),
            "seq": shop.seq[operation],
            "resource": case.workshop.names.gather(shop.resource[operation]),
            "date": dates(work[:, WORK_DAY], epoch_day(case.factory)),
            "minutes": work[:, WORK] / MINUTE,
        },
        schema=SCHEMA,
    )


def laid_work(case: Case, netted: Netted, made: FloorLog) -> tuple[Ints, Ints]:
    """The order of each row of work that was laid, and these rows (operation, day, work)."""
    lots = made.lots[made.lots[:, ORDER] >= 0]
    rows = lots[:, WORK_END] - lots[:, WORK_FROM]
    at = np.repeat(lots[:, WORK_FROM] - np.cumsum(rows) + rows, rows) + np.arange(rows.sum())
    order, work = np.repeat(lots[:, ORDER], rows), made.work[at]
    split = netted.orders[lots[:, ORDER], QTY] < lots[:, LOT_QTY]
    if not split.any():
        return order, work
    whole = np.repeat(~split, rows)
    shares = [row for lot in lots[split].tolist() for row in shared(case, netted, made, lot)]
    parts = np.array(shares, np.int64).reshape(-1, 4)
    return np.concatenate((order[whole], parts[:, 0])), np.concatenate((work[whole], parts[:, 1:]))


def shared(case: Case, netted: Netted, made: FloorLog, lot: list[int]) -> Iterator[tuple[int, int, int, int]]:
    """The work of a lot that is split into several orders, order after order: (order, operation, day, work)."""
    shop = case.workshop.shop
    first, rows = lot[ORDER], made.work[lot[WORK_FROM] : lot[WORK_END]]
    orders = lots_of(case.model, int(netted.orders[first, SOURCE]), lot[LOT_QTY])
    until = np.cumsum(netted.orders[first : first + orders, QTY]).tolist()
    for operation in sorted(set(rows[:, OPERATION].tolist())):
        mine = rows[rows[:, OPERATION] == operation]
        part, done = 0, 0
        for _, day, work in mine[np.argsort(mine[:, WORK_DAY])].tolist():
            while work > 0:
                share = min(work, boundary(shop, operation, until, part) - done)
                if share > 0:
                    yield first + part, operation, day, share
                work, done = work - share, done + share
                part += done == boundary(shop, operation, until, part) and part + 1 < orders


def boundary(shop: Shop, operation: int, until: list[int], part: int) -> int:
    """When an operation has done so much, this order of the lot is done."""
    return int(work_of(shop, operation, until[part], part + 1))
