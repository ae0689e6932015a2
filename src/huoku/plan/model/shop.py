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
    The rows after those of the last item are the operations of ``fixed_rows``, each with the resource that does it.
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
    fixed = fixed_rows(factory, numbering)
    names = pl.concat([operations["resource"], fixed["resource"], factory.resources["resource"]]).unique().sort()
    number = pl.DataFrame({"resource": names, "number": np.arange(len(names))})
    line, item = with_clones(numbering, numbering.number(operations["parent"]))
    operations = operations[line]
    table = _in_numbers(operations, numbering, item).filter("made").sort("item", "seq")
    every = pl.concat([table, _in_numbers(fixed, numbering, fixed["item"].to_numpy())])
    every = every.join(number, on="resource", how="left", maintain_order="left")
    shop = Shop(
        days=days,
        first=np.searchsorted(table["item"].to_numpy(), np.arange(numbering.size + 1)).astype(np.int64),
        seq=every["seq"].to_numpy().copy(),
        resource=every["number"].to_numpy().copy(),
        setup=every["setup"].to_numpy().copy(),
        run=every["run"].to_numpy().copy(),
        steps=every["steps"].to_numpy().copy(),
        capacity=_capacity(factory, number, days).ravel(),
        joins=_joins(numbering, table),
    )
    return Workshop(shop, names)


def _in_numbers(operations: pl.DataFrame, numbering: Numbering, item: Ints) -> pl.DataFrame:
    """Operations as the shop has them, their resource by name; ``item``: what each of them makes."""
    return pl.DataFrame(
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


def fixed_rows(factory: Factory, numbering: Numbering) -> pl.DataFrame:
    """The table ``fixed_work`` without what is no operation of an open make order, by supply and seq.

    Columns supply_row (of the table ``supplies``), item (its number), seq, date, resource, setup_minutes, run_minutes.
    """
    supplies = factory.supplies.select("supply", "item", "kind").with_row_index("supply_row")
    rows = factory.fixed_work.join(supplies.filter(pl.col("kind") == "make"), on="supply")
    rows = rows.join(factory.operations, left_on=["item", "seq"], right_on=["parent", "seq"], suffix="_of_item")
    rows = rows.with_columns(
        pl.col("seq").cast(pl.Int64),
        pl.coalesce("resource", "resource_of_item"),
        item=pl.Series(numbering.number(rows["item"]), dtype=pl.Int64),
    ).sort("supply", "seq")
    made = pl.Series(numbering.is_makeable[rows["item"].to_numpy()], dtype=pl.Boolean)
    return rows.filter(made).select(
        *(pl.col("supply_row").cast(pl.Int64), "item", "seq", "date", "resource", "setup_minutes", "run_minutes")
    )


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
