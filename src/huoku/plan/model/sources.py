"""The sources of all items as ``Terms``: suppliers' offers with their price tiers, and the own shop."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import NO_LIMIT, Flags, Floats, Ints, Terms, fill_dominated
from huoku.factory import Factory
from huoku.plan.model.arrays import NEVER, Bom
from huoku.plan.model.numbering import Numbering
from huoku.plan.model.numbers import MICRO, days_between, epoch_day, floats, micro, steps_up
from huoku.plan.model.ways import Leg


class Sources(NamedTuple):
    """The terms, and what they were made from. Columns by source."""

    terms: Terms
    make_source: Ints  # by item, -1 where it is not made
    item: Ints
    supplier: pl.Series  # null for making, and where none is named
    moq: Ints  # smallest lot in steps, as in the tables
    min_value: Floats  # the least money of one order
    origin: Ints  # the place where a lane begins; -1 for what is no lane


class Rows(NamedTuple):
    """Sources before their price tiers are known. Quantities in steps, money per step and per order."""

    item: Ints
    supplier: pl.Series
    is_make: Flags
    priority: Ints
    lead: Ints
    start_from: Ints
    start_to: Ints
    fee: Floats
    multiple: Ints
    moq: Ints
    lot_max: Ints
    min_value: Floats
    price: Floats


class Tiers(NamedTuple):
    """Price tiers with the legal quantities that each holds, by row of the sources."""

    row: Ints
    low: Ints
    high: Ints
    price: Floats


def sources(factory: Factory, numbering: Numbering, bom: Bom, carried: list[Leg]) -> Sources:
    """Terms by item: offers by priority, supplier and validity, then the making of it. Lanes stand at the end."""
    rows = _sorted([*_offers(factory, numbering), _makes(numbering, bom), _lanes(numbering, carried)])
    tiers = _tiers(factory, numbering, rows)
    # A source without any legal quantity is no source.
    usable = np.zeros(rows.item.size, bool)
    usable[tiers.row] = True
    rows = _taken(rows, np.flatnonzero(usable))
    tier_first = np.searchsorted((np.cumsum(usable) - 1)[tiers.row], np.arange(rows.item.size + 1))
    terms = Terms(
        first=np.searchsorted(rows.item, np.arange(numbering.size + 1)).astype(np.int64),
        is_make=rows.is_make,
        lead=rows.lead,
        start_from=rows.start_from,
        start_to=rows.start_to,
        fee=rows.fee,
        multiple=rows.multiple,
        lot_max=rows.lot_max,
        tier_first=tier_first.astype(np.int64),
        tier_low=tiers.low,
        tier_high=tiers.high,
        tier_price=tiers.price,
        dominated=np.zeros(rows.item.size, np.bool_),
    )
    fill_dominated(terms)
    make_source = np.full(numbering.size, -1, np.int64)
    make_source[rows.item[rows.is_make]] = np.flatnonzero(rows.is_make)
    own = rows.item.size - len(carried)
    item = np.concatenate((rows.item[:own], np.array([leg.item for leg in carried], np.int64)))
    origin = np.concatenate((np.full(own, -1), np.array([leg.origin for leg in carried], np.int64)))
    return Sources(terms, make_source, item, rows.supplier, rows.moq, rows.min_value, origin)


def _rows(item: Ints, supplier: pl.Series | None = None, **columns: Ints | Floats | Flags) -> Rows:
    """Rows with all columns: those that are not given hold no restriction and no money."""
    plain: dict[str, bool | int | float] = {
        "is_make": False, "priority": 1, "lead": 0, "start_from": -NEVER, "start_to": NEVER,
        "fee": 0.0, "multiple": 1, "moq": 0, "lot_max": NO_LIMIT, "min_value": 0.0, "price": 0.0,
    }  # fmt: skip
    nobody = pl.Series([None], dtype=pl.String).new_from_index(0, item.size)
    filled = {name: np.full(item.size, value) for name, value in plain.items() if name not in columns}
    return Rows(item, nobody if supplier is None else supplier, **columns, **filled)  # type: ignore[arg-type]


def _taken(rows: Rows, which: Ints) -> Rows:
    return Rows._make(column[which] for column in rows)


def _sorted(parts: list[Rows]) -> Rows:
    """All rows by item, making last."""
    columns = {name: [getattr(part, name) for part in parts] for name in Rows._fields}
    suppliers = pl.concat(columns.pop("supplier"))
    whole = Rows(supplier=suppliers, **{name: np.concatenate(column) for name, column in columns.items()})
    keys = {name: getattr(whole, name) for name in ("item", "is_make", "priority", "supplier", "start_from")}
    order = pl.DataFrame({**keys, "row": np.arange(whole.item.size)}).sort(list(keys), nulls_last=True)
    return _taken(whole, order["row"].to_numpy())


def _whole_days(column: pl.Series) -> Ints:
    return np.ceil(np.nan_to_num(floats(column)) - 1e-9).astype(np.int64)


def _step_multiple(multiple: Ints, steps: Ints) -> Ints:
    """A multiple in steps: the smallest quantity that is whole both in multiples and in steps."""
    step = MICRO // steps
    return np.where(multiple > 0, np.lcm(np.maximum(multiple, 1), step), step) // step


def _offers(factory: Factory, numbering: Numbering) -> list[Rows]:
    """The suppliers' offers; and bought items that nobody offers: lead time and cost of the item, no supplier named."""
    table, today = factory.sources, epoch_day(factory)
    item = numbering.number(table["item"])
    steps = numbering.steps[item]
    price = floats(table["price"])
    offers = _rows(
        item,
        table["supplier"],
        priority=table["priority"].to_numpy(),
        lead=_whole_days(table["lead_time_days"]),
        start_from=days_between(table["valid_from"], today, -NEVER),
        start_to=days_between(table["valid_to"], today, NEVER),
        fee=floats(table["order_fee"]),
        multiple=_step_multiple(micro(table["multiple"]), steps),
        moq=steps_up(micro(table["moq"]), steps),
        min_value=floats(table["min_order_value"]),
        price=np.where(np.isnan(price), numbering.unit_value[item], price) / steps,
    )
    offered = np.zeros(numbering.size, bool)
    offered[item] = True
    alone = np.flatnonzero(numbering.is_buyable & ~offered)
    unnamed = _rows(
        alone,
        lead=_whole_days(numbering.items["lead_time_days"])[alone],
        price=numbering.unit_value[alone] / numbering.steps[alone],
    )
    return [_taken(offers, np.flatnonzero(numbering.is_buyable[item])), unnamed]


def _makes(numbering: Numbering, bom: Bom) -> Rows:
    """The own shop: price is the material of the BOM, as it is valid from today on, at the cheapest prices."""
    material = _material(numbering, bom)
    item = np.flatnonzero(bom.first[1:] > bom.first[:-1])
    table = numbering.items
    steps = numbering.steps[item]
    multiple = _step_multiple(micro(table["lot_multiple"])[item], steps)
    largest = micro(table["lot_max"])[item] // (MICRO // steps) // multiple * multiple
    capped = table["lot_max"].is_not_null().to_numpy()[item]
    return _rows(
        item,
        is_make=np.ones(item.size, bool),
        lead=_whole_days(table["lead_time_days"])[item],
        fee=np.nan_to_num(floats(table["setup_cost"]))[item],
        multiple=multiple,
        moq=steps_up(micro(table["lot_min"])[item], steps),
        lot_max=np.where(capped, largest, NO_LIMIT),
        price=material[item],
    )


def _lanes(numbering: Numbering, carried: list[Leg]) -> Rows:
    """Carrying: the price is the cost of the lane. It is no item's own source, so it stands after all items."""
    item = np.array([leg.item for leg in carried], np.int64)
    return _rows(
        np.full(item.size, numbering.size),
        priority=np.arange(item.size),
        lead=np.array([leg.days for leg in carried], np.int64),
        price=np.array([leg.cost for leg in carried], np.float64) / numbering.steps[item],
    )


def _material(numbering: Numbering, bom: Bom) -> Floats:
    """Money per step of what an item's BOM takes, components at their cheapest."""
    material = np.zeros(numbering.size)
    versions = np.flatnonzero(bom.first[1:] > bom.first[:-1])
    # The version that is valid first from today on; of an item without one, the last that was.
    ended = np.concatenate(([0], np.cumsum(bom.start_to < 0)))
    current = bom.first[versions] + ended[bom.first[versions + 1]] - ended[bom.first[versions]]
    current = np.minimum(current, bom.first[versions + 1] - 1)
    line_first = bom.line_first[current]
    line_count = bom.line_first[current + 1] - line_first
    line = np.repeat(line_first - np.cumsum(line_count) + line_count, line_count) + np.arange(line_count.sum())
    component = bom.component[line]
    np.add.at(
        material,
        np.repeat(versions, line_count),
        bom.per[line] * numbering.cheapest[component] / numbering.steps[component],
    )
    return material


def _tiers(factory: Factory, numbering: Numbering, rows: Rows) -> Tiers:
    """Price tiers of all sources, by source and quantity; those that no order could have are left out."""
    row, least, price = np.arange(rows.item.size), np.zeros(rows.item.size, np.int64), rows.price
    if factory.price_breaks.height:
        row, least, price = _broken(factory, numbering, rows)
    multiple, min_value = rows.multiple[row], rows.min_value[row]
    following = np.append(np.where(row[1:] == row[:-1], least[1:], NO_LIMIT), NO_LIMIT)[: row.size]
    with np.errstate(divide="ignore", invalid="ignore"):
        worth_it = np.ceil(min_value / price - 1e-9)
    worth_it = np.where(min_value > 0, np.minimum(worth_it, 2.0**59), 0.0).astype(np.int64)
    wanted = np.maximum(np.maximum(rows.moq[row], least), np.maximum(worth_it, 1))
    low = -(-wanted // multiple) * multiple
    high = np.where(following < NO_LIMIT, (following - 1) // multiple * multiple, NO_LIMIT)
    # One order must be able to hold the smallest lot.
    fits = (low <= high) & (low <= rows.lot_max[row]) & (worth_it < 2**58)
    return Tiers(row[fits], low[fits], high[fits], price[fits])


def _broken(factory: Factory, numbering: Numbering, rows: Rows) -> tuple[Ints, Ints, Floats]:
    """The source, smallest quantity and price of each price tier, the price breaks among them."""
    table = factory.price_breaks
    item = numbering.number(table["item"])
    steps, min_qty = numbering.steps[item], micro(table["min_qty"])
    breaks = pl.DataFrame(
        {
            "item": item,
            "supplier": table["supplier"],
            "least": steps_up(min_qty, steps),
            "min_qty": min_qty,
            "price": floats(table["price"]) / steps,
        }
    )
    offers = pl.DataFrame({"item": rows.item, "supplier": rows.supplier, "row": np.arange(rows.item.size)})
    found = offers.join(breaks, on=["item", "supplier"], how="inner")
    row = np.concatenate((np.arange(rows.item.size), found["row"].to_numpy()))
    least = np.concatenate((np.zeros(rows.item.size, np.int64), found["least"].to_numpy()))
    exact = np.concatenate((np.full(rows.item.size, -1), found["min_qty"].to_numpy()))
    price = np.concatenate((rows.price, found["price"].to_numpy()))
    order = np.lexsort((exact, least, row))
    # Of breaks that begin with the same step the last holds.
    last = np.append((np.diff(row[order]) != 0) | (np.diff(least[order]) != 0), True)
    order = order[last[: order.size]]
    return row[order], least[order], price[order]
