"""Operations of open make orders that somebody has put on a day, by hand (定排): laid before everything else.

What is fixed begins on its day, or as soon after it as its resource has free minutes and the operations before it are
done. Those before it are laid as late as they can be; those after it follow at once. An order whose components are
still to be issued and come too late is put off all the same: nothing can be made of what is not there.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Ints
from huoku.factory import Factory
from huoku.plan.model.floor import OPERATION, WORK, WORK_DAY, WORK_END, WORK_FROM, Floor, FloorLog
from huoku.plan.model.numbering import Numbering
from huoku.plan.model.numbers import days_between, epoch_day
from huoku.plan.model.shop import Shop, fixed_rows, work_of


class Fixed(NamedTuple):
    """``operation``: its own row of the shop, for its resource may be another than that of the item's operation."""

    operation: int
    day: int


Fixes = Mapping[int, Fixed]
"""What is fixed of one order, by the row of the item's operation in the shop."""


def fixed_work(factory: Factory, numbering: Numbering, shop: Shop) -> Mapping[int, Fixes]:
    """By row of the table ``supplies``: what is fixed of this order. What is past begins today."""
    if factory.fixed_work.is_empty():
        return {}
    rows = fixed_rows(factory, numbering)
    day = np.maximum(days_between(rows["date"], epoch_day(factory), 0), 0).tolist()
    found: dict[int, dict[int, Fixed]] = {}
    for at, (supply, item, seq) in enumerate(rows.select("supply_row", "item", "seq").iter_rows()):
        of_item = shop.seq[shop.first[item] : shop.first[item + 1]].tolist()
        operation = int(shop.first[item]) + of_item.index(seq)
        found.setdefault(supply, {})[operation] = Fixed(int(shop.first[-1]) + at, day[at])
    return found


def first_to_lay(rows: Ints, fixed: Mapping[int, Fixes]) -> list[int]:
    """Which of these orders, by place in ``rows`` of ``supplies``, are laid before all others: what begins first."""
    held = [(min(fix.day for fix in fixed[row].values()), at) for at, row in enumerate(rows.tolist()) if row in fixed]
    return [at for _, at in sorted(held)]


def lay_fixed(shop: Shop, floor: Floor, log: FloorLog, item: int, qty: int, fixes: Fixes) -> None:
    """Lay one order of which something is fixed, for good."""
    begun, first = int(log.rows[1]), min(fixes)
    before = range(int(shop.first[item]), first)
    day = 0
    if not _laid_before(shop, floor, log, before, qty, fixes[first].day):
        for operation in before:
            day = _laid_from(shop, floor, log, operation, qty, day)
    for operation in range(first, int(shop.first[item + 1])):
        fix = fixes.get(operation, Fixed(operation, 0))
        # What is before the first one that is fixed ends by the day on which that begins.
        day = _laid_from(shop, floor, log, fix.operation, qty, max(day, fix.day))
    lot = int(log.rows[0])
    log.lots[lot, WORK_FROM], log.lots[lot, WORK_END] = begun, log.rows[1]
    log.rows[0] = lot + 1


def _laid_before(shop: Shop, floor: Floor, log: FloorLog, operations: range, qty: int, latest: int) -> bool:
    """Lay operations as late as they can be so that they end by a day; False, and nothing is laid, if they cannot."""
    day, found = min(latest, shop.days - 1), []
    left = floor.free.reshape(-1, shop.days).copy()
    for operation in reversed(operations):
        rest = work_of(shop, operation, qty, 1)
        free = left[int(shop.resource[operation])]
        while rest > 0:
            open_days = np.flatnonzero(free[: day + 1])
            if open_days.size == 0:
                return False
            day = int(open_days[-1])
            done = min(rest, int(free[day]))
            free[day] -= done
            rest -= done
            found.append((operation, day, done))
    for operation, day, done in found:
        _lay(shop, floor, log, operation, day, done)
    return True


def _laid_from(shop: Shop, floor: Floor, log: FloorLog, operation: int, qty: int, day: int) -> int:
    """Lay an operation into the first free minutes from a day on; returns the day on which it ends. What has no room by
    the last day goes to the day after."""
    rest, base = work_of(shop, operation, qty, 1), int(shop.resource[operation]) * shop.days
    day = min(day, shop.days)
    while rest > 0:
        while day < shop.days and floor.free[base + day] == 0:
            day += 1
        done = rest if day == shop.days else min(rest, int(floor.free[base + day]))
        _lay(shop, floor, log, operation, day, done)
        rest -= done
    return day


def _lay(shop: Shop, floor: Floor, log: FloorLog, operation: int, day: int, work: int) -> None:
    row = int(log.rows[1])
    log.work[row, OPERATION], log.work[row, WORK_DAY], log.work[row, WORK] = operation, day, work
    log.rows[1] = row + 1
    if day < shop.days:
        floor.free[int(shop.resource[operation]) * shop.days + day] -= work
