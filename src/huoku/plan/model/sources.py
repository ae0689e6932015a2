"""The sources of all items as ``Terms``: suppliers' offers with their price tiers, and the own shop."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import NO_LIMIT, Floats, Ints, Terms, fill_dominated
from huoku.factory import Factory
from huoku.plan.model.arrays import NEVER, Bom
from huoku.plan.model.numbering import Numbering
from huoku.plan.model.numbers import MICRO, days_between, epoch_day, floats, micro, steps_up
from huoku.plan.model.ways import Leg


class Sources(NamedTuple):
    """The terms, and what they were made from. ``make_source`` by item, -1 where it is not made."""

    terms: Terms
    make_source: Ints
    table: pl.DataFrame  # by source: supplier (null for making), origin (of a lane), moq, multiple, minimum value, price


def sources(factory: Factory, numbering: Numbering, bom: Bom, carried: list[Leg]) -> Sources:
    """Terms by item: offers by priority, supplier and validity, then the making of it. Lanes stand at the end."""
    frames = [_offers(factory, numbering), _without_source(factory, numbering), _makes(numbering, bom)]
    if carried:
        frames.append(_lanes(numbering, carried))
    table = (
        pl.concat(frames)
        .sort("item", "is_make", "priority", "supplier", "start_from", nulls_last=True)
        .with_columns(row=pl.int_range(pl.len(), dtype=pl.Int64))
    )
    tiers = _tiers(factory, numbering, table)
    # A source without any legal quantity is no source.
    usable = np.zeros(table.height, bool)
    usable[tiers["row"].to_numpy()] = True
    table = table.filter(pl.Series(usable)).with_columns(kept=pl.int_range(pl.len(), dtype=pl.Int64))
    tiers = tiers.join(table.select("row", "kept"), on="row", how="inner", maintain_order="left")
    item, is_make = table["item"].to_numpy(), table["is_make"].to_numpy()
    terms = Terms(
        first=np.searchsorted(item, np.arange(numbering.size + 1)).astype(np.int64),
        is_make=is_make.copy(),
        lead=table["lead"].to_numpy().copy(),
        start_from=table["start_from"].to_numpy().copy(),
        start_to=table["start_to"].to_numpy().copy(),
        fee=table["fee"].to_numpy().copy(),
        multiple=table["multiple"].to_numpy().copy(),
        lot_max=table["lot_max"].to_numpy().copy(),
        tier_first=np.searchsorted(tiers["kept"].to_numpy(), np.arange(table.height + 1)).astype(np.int64),
        tier_low=tiers["low"].to_numpy().copy(),
        tier_high=tiers["high"].to_numpy().copy(),
        tier_price=tiers["price"].to_numpy().copy(),
        dominated=np.zeros(table.height, np.bool_),
    )
    fill_dominated(terms)
    if carried:
        own = np.concatenate((item[: -len(carried)], [leg.item for leg in carried]))
        table = table.with_columns(item=pl.Series(own))
    make_source = np.full(numbering.size, -1, np.int64)
    make_source[item[is_make]] = np.flatnonzero(is_make)
    return Sources(terms, make_source, table)


def _frame(item: Ints, **columns: object) -> pl.DataFrame:
    """Source rows with all columns; ``price`` and ``fee`` are money per step and per order."""
    defaults: dict[str, object] = {
        "supplier": None, "is_make": False, "priority": 1, "lead": 0, "start_from": -NEVER, "start_to": NEVER,
        "fee": 0.0, "multiple": 1, "moq": 0, "lot_max": NO_LIMIT, "min_value": 0.0, "price": 0.0, "origin": None,
    }  # fmt: skip
    whole: dict[str, object] = {"item": item}
    for name, value in {**defaults, **columns}.items():
        if value is None:
            whole[name] = pl.repeat(None, item.size, dtype=pl.String, eager=True)
        else:
            whole[name] = value if isinstance(value, (np.ndarray, pl.Series)) else np.full(item.size, value)
    return pl.DataFrame(whole)


def _whole_days(column: pl.Series) -> Ints:
    return np.ceil(np.nan_to_num(floats(column)) - 1e-9).astype(np.int64)


def _step_multiple(multiple: Ints, steps: Ints) -> Ints:
    """A multiple in steps: the smallest quantity that is whole both in multiples and in steps."""
    step = MICRO // steps
    return np.where(multiple > 0, np.lcm(np.maximum(multiple, 1), step), step) // step


def _offers(factory: Factory, numbering: Numbering) -> pl.DataFrame:
    table, today = factory.sources, epoch_day(factory)
    item = numbering.number(table["item"])
    steps = numbering.steps[item]
    price = floats(table["price"])
    frame = _frame(
        item,
        supplier=table["supplier"],
        priority=table["priority"],
        lead=_whole_days(table["lead_time_days"]),
        start_from=days_between(table["valid_from"], today, -NEVER),
        start_to=days_between(table["valid_to"], today, NEVER),
        fee=floats(table["order_fee"]),
        multiple=_step_multiple(micro(table["multiple"]), steps),
        moq=steps_up(micro(table["moq"]), steps),
        min_value=floats(table["min_order_value"]),
        price=np.where(np.isnan(price), numbering.unit_value[item], price) / steps,
    )
    return frame.filter(pl.Series(numbering.is_buyable[item]))


def _without_source(factory: Factory, numbering: Numbering) -> pl.DataFrame:
    """Bought items that no source row offers: lead time and cost of the item, no supplier named."""
    offered = np.zeros(numbering.size, bool)
    offered[numbering.number(factory.sources["item"])] = True
    item = np.flatnonzero(numbering.is_buyable & ~offered)
    lead = _whole_days(numbering.items["lead_time_days"])
    return _frame(item, lead=lead[item], price=numbering.unit_value[item] / numbering.steps[item])


def _makes(numbering: Numbering, bom: Bom) -> pl.DataFrame:
    """The own shop: price is the material of the BOM, as it is valid from today on, at the cheapest prices."""
    material = _material(numbering, bom)
    item = np.flatnonzero(bom.first[1:] > bom.first[:-1])
    table = numbering.items[item]
    steps = numbering.steps[item]
    multiple = _step_multiple(micro(table["lot_multiple"]), steps)
    largest = micro(table["lot_max"]) // (MICRO // steps) // multiple * multiple
    capped = table["lot_max"].is_not_null().to_numpy()
    return _frame(
        item,
        is_make=True,
        lead=_whole_days(table["lead_time_days"]),
        fee=np.nan_to_num(floats(table["setup_cost"])),
        multiple=multiple,
        moq=steps_up(micro(table["lot_min"]), steps),
        lot_max=np.where(capped, largest, NO_LIMIT),
        price=material[item],
    )


def _lanes(numbering: Numbering, carried: list[Leg]) -> pl.DataFrame:
    """Carrying: price is the cost of the lane, ``origin`` where it begins. No item's own source, so after all."""
    item = np.array([leg.item for leg in carried])
    return _frame(
        np.full(item.size, numbering.size),
        priority=np.arange(item.size),
        lead=np.array([leg.days for leg in carried]),
        price=np.array([leg.cost for leg in carried]) / numbering.steps[item],
        origin=pl.Series([numbering.locations[leg.origin] for leg in carried], dtype=pl.String),
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


def _tiers(factory: Factory, numbering: Numbering, table: pl.DataFrame) -> pl.DataFrame:
    """Price tiers of all sources with the legal quantities that each holds; columns row, low, high, price."""
    base = table.select("row", least=pl.lit(0, pl.Int64), price="price")
    if factory.price_breaks.height:
        named = table.filter(~pl.col("is_make")).select("row", "item", "supplier")
        breaks = named.join(_breaks(factory, numbering), on=["item", "supplier"], how="inner")
        base = pl.concat([base, breaks.select("row", "least", "price")])
    tiers = base.join(table.select("row", "multiple", "moq", "lot_max", "min_value"), on="row", how="left")
    tiers = tiers.sort("row", "least").unique(["row", "least"], keep="last", maintain_order=True)
    row, least, multiple = tiers["row"].to_numpy(), tiers["least"].to_numpy(), tiers["multiple"].to_numpy()
    price = tiers["price"].to_numpy()
    following = np.append(np.where(row[1:] == row[:-1], least[1:], NO_LIMIT), NO_LIMIT)[: row.size]
    with np.errstate(divide="ignore", invalid="ignore"):
        worth_it = np.ceil(tiers["min_value"].to_numpy() / price - 1e-9)
    worth_it = np.where(tiers["min_value"].to_numpy() > 0, np.minimum(worth_it, 2.0**59), 0.0).astype(np.int64)
    wanted = np.maximum(np.maximum(tiers["moq"].to_numpy(), least), np.maximum(worth_it, 1))
    low = -(-wanted // multiple) * multiple
    high = np.where(following < NO_LIMIT, (following - 1) // multiple * multiple, NO_LIMIT)
    # One order must be able to hold the smallest lot.
    fits = (low <= high) & (low <= tiers["lot_max"].to_numpy()) & (worth_it < 2**58)
    return tiers.select("row", "price").with_columns(low=pl.Series(low), high=pl.Series(high)).filter(pl.Series(fits))


def _breaks(factory: Factory, numbering: Numbering) -> pl.DataFrame:
    """The price breaks in steps and money per step."""
    table = factory.price_breaks
    item = numbering.number(table["item"])
    steps = numbering.steps[item]
    return pl.DataFrame(
        {
            "item": item,
            "supplier": table["supplier"],
            "least": steps_up(micro(table["min_qty"]), steps),
            "price": floats(table["price"]) / steps,
        }
    )
