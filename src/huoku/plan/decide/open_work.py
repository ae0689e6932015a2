"""What open make orders do on which machine once the promises are made: those that lack components work later."""

from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Ints
from huoku.plan.model.build import Case
from huoku.plan.model.floor import (
    OPEN_CLAIM,
    OPERATION,
    ORDER,
    WORK,
    WORK_DAY,
    WORK_END,
    WORK_FROM,
    Floor,
    FloorLog,
    floor_with,
)
from huoku.plan.model.open_work import OpenOrders, number_laid, taken_by
from huoku.plan.model.shop import Shop


class OpenWork(NamedTuple):
    """By row of work: the row in the table ``supplies``, the operation, the day and how much.

    What has no room by the last day stands on the day after it.
    """

    supply: Ints
    operation: Ints
    day: Ints
    work: Ints


def floor_left(shop: Shop, opened: OpenOrders, cells: int) -> Floor:
    """What open make orders leave of the resources."""
    lot_at = np.zeros(cells if shop.joins.any() else 0, np.int64)
    return floor_with(shop, shop.capacity - taken_by(opened, shop), lot_at)


def free_what_never_begins(case: Case, day: Ints, floor: Floor) -> None:
    """Free the minutes of open make orders whose components never come. ``day``: by claim, as it was promised."""
    never = np.flatnonzero(case.claiming.claims.is_supply & (day < 0))
    orders = number_laid(case.opened, case.claiming.table["row"].to_numpy()[never])
    orders = orders[orders < case.opened.row.size]
    if orders.size:
        shop = case.model.shop
        again = floor_with(shop, floor.free + taken_by(case.opened, shop, orders), floor.lot_at)
        floor.free[:], floor.open_day[:] = again.free, again.open_day


def open_work(case: Case, day: Ints, made: FloorLog) -> tuple[OpenWork, FloorLog]:
    """All work of open make orders; and the lots of the first pass without what those of them do anew.

    ``day``: by claim, as it was promised.
    """
    opened, row = case.opened, case.claiming.table["row"].to_numpy()
    never = np.isin(opened.row, row[case.claiming.claims.is_supply & (day < 0)])
    length = np.where(never, 0, np.diff(opened.first))
    as_laid = opened.work[~np.repeat(never, np.diff(opened.first))]
    is_open = made.lots[:, ORDER] <= OPEN_CLAIM
    lots, rest = made.lots[is_open], made.lots[~is_open]
    length_anew = lots[:, WORK_END] - lots[:, WORK_FROM]
    at = np.repeat(lots[:, WORK_FROM] - np.cumsum(length_anew) + length_anew, length_anew)
    anew = made.work[at + np.arange(at.size)]
    supply = np.concatenate((np.repeat(opened.row, length), np.repeat(row[OPEN_CLAIM - lots[:, ORDER]], length_anew)))
    left = made._replace(lots=rest, rows=np.array([rest.shape[0], made.work.shape[0]], np.int64))
    return summed(supply, np.concatenate((as_laid, anew))), left


def summed(supply: Ints, work: Ints) -> OpenWork:
    """What is left of the rows of work of each order, operation and day; what was given up is less than nothing."""
    if supply.size == 0:
        return OpenWork(supply, *work.T)
    key = np.column_stack((supply, work[:, OPERATION], work[:, WORK_DAY]))
    once, which = np.unique(key, axis=0, return_inverse=True)
    minutes = np.zeros(once.shape[0], np.int64)
    np.add.at(minutes, which.ravel(), work[:, WORK])
    there = minutes != 0
    order, operation, day = once[there].T
    return OpenWork(order, operation, day, minutes[there])
