"""The work that making takes: operations of each item, and the minutes that each resource has on each day."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Ints
from huoku.compiled import kernel
from huoku.factory import Factory
from huoku.plan.model.families import CLONE
from huoku.plan.model.numbering import Numbering
from huoku.plan.model.numbers import MICRO, days_between, epoch_day, micro

MINUTE = 1_000_000
"""Work is counted in millionths of a minute: sums are exact, whatever their order."""

UNLIMITED = 1 << 60
"""The work that a resource without a row in the table resources does in a day."""


class Shop(NamedTuple):
    """Operations by item, and the capacity of the resources, in millionths of a minute.

    The operations of item ``i`` are ``first[i]`` to ``first[i + 1] - 1``, the first to be done first.
    Resource ``r`` works ``capacity[r * days + t]`` on day ``t``, 0 to ``days - 1``. ``joins``: does it save money
    or time to make more of the item in one lot?
    """

    days: int
    first: Ints
    seq: Ints  # by operation, as the factory numbers it
    resource: Ints
    setup: Ints  # once for each order
    run: Ints  # for each unit
    steps: Ints  # smallest steps in a unit of what is made
    capacity: Ints
    joins: Flags


class Workshop(NamedTuple):
    """The shop, and the names of its resources by number."""

    shop: Shop
    names: pl.Series


@kernel
def has_work(shop: Shop, item: int) -> bool:
    """Does making the item take operations? Then resources decide how long it takes, and no lead time."""
    return bool(shop.first[item + 1] > shop.first[item])


@kernel
def work_of(shop: Shop, operation: int, qty: int, orders: int) -> int:
    """What an operation takes for a quantity made in so many orders; more than ``UNLIMITED`` is not told apart."""
    steps = shop.steps[operation]
    if float(shop.run[operation]) * qty > UNLIMITED:
        return UNLIMITED
    work: int = shop.setup[operation] * orders + -(-shop.run[operation] * qty // steps)
    return work


def workshop(factory: Factory, numbering: Numbering) -> Workshop:
    """Operations of what is made, by item and seq; capacity of the resources by day."""
    operations, days = factory.operations, factory.settings.horizon_days + 1
    if operations.is_empty() and factory.resources.is_empty():
        nothing = np.zeros(0, np.int64)
        first, joins = np.zeros(numbering.size + 1, np.int64), np.zeros(numbering.size, np.bool_)
        none = Shop(days, first, nothing, nothing, nothing, nothing, nothing, nothing, joins)
        return Workshop(none, pl.Series([], dtype=pl.String))
    names = pl.concat([operations["resource"], factory.resources["resource"]]).unique().sort()
    number = pl.DataFrame({"resource": names, "number": np.arange(len(names))})
    line, item = with_clones(numbering, numbering.number(operations["parent"]))
    operations = operations[line]
    table = (
        pl.DataFrame(
            {
                "item": item,
                "seq": operations["seq"].cast(pl.Int64),
                "setup": micro(operations["setup_minutes"]),
                "run": micro(operations["run_minutes"]),
                "steps": numbering.steps[item],
                "made": numbering.is_makeable[item],
                "resource": operations["resource"],
            }
        )
        .filter("made")
        .join(number, on="resource", how="left", maintain_order="left")
        .sort("item", "seq")
    )
    shop = Shop(
        days=days,
        first=np.searchsorted(table["item"].to_numpy(), np.arange(numbering.size + 1)).astype(np.int64),
        seq=table["seq"].to_numpy().copy(),
        resource=table["number"].to_numpy().copy(),
        setup=table["setup"].to_numpy().copy(),
        run=table["run"].to_numpy().copy(),
        steps=table["steps"].to_numpy().copy(),
        capacity=_capacity(factory, number, days).ravel(),
        joins=_joins(numbering, table),
    )
    return Workshop(shop, names)


def with_clones(numbering: Numbering, item: Ints) -> tuple[Ints, Ints]:
    """Rows of a table and their items, with a row more for each clone of an item (see ``families``)."""
    clones = {at: row.item for row, at in numbering.rows.items() if row.role == CLONE}
    rows, items = [np.arange(item.size)], [item]
    for at, real in zip(clones, numbering.number(pl.Series(list(clones.values()), dtype=pl.String)), strict=True):
        rows.append(np.flatnonzero(item == real))
        items.append(np.full(rows[-1].size, at))
    return np.concatenate(rows), np.concatenate(items)


def _joins(numbering: Numbering, operations: pl.DataFrame) -> Flags:
    """By item: is there a set-up, or a smallest lot of more than one multiple?"""
    items = numbering.items
    least = np.maximum(micro(items["lot_multiple"]), MICRO // numbering.steps)
    joins: Flags = (micro(items["setup_cost"]) > 0) | (micro(items["lot_min"]) > least)
    joins[operations.filter(pl.col("setup") > 0)["item"].to_numpy()] = True
    has_operations = np.zeros(numbering.size, bool)
    has_operations[operations["item"].to_numpy()] = True
    return joins & has_operations


def _capacity(factory: Factory, number: pl.DataFrame, days: int) -> Ints:
    """What each resource can do on each day, shape (resources, days); nothing while it or the factory is closed."""
    limits = number.join(factory.resources, on="resource", how="left", maintain_order="left")["minutes_per_day"]
    each = np.where(limits.is_null().to_numpy(), UNLIMITED, micro(limits.fill_null(0)))
    capacity = np.repeat(each[:, None], days, axis=1)
    closed = factory.calendar.filter(~pl.col("open"), pl.col("supplier").is_null()).join(
        number, on="resource", how="left", maintain_order="left"
    )
    day = days_between(closed["date"], epoch_day(factory), 0)
    everywhere = closed["resource"].is_null().to_numpy()
    within = (day >= 0) & (day < days)
    capacity[:, day[within & everywhere]] = 0
    alone = within & ~everywhere & closed["number"].is_not_null().to_numpy()
    capacity[closed["number"].to_numpy()[alone].astype(np.int64), day[alone]] = 0
    return capacity
