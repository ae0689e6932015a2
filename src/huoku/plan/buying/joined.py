"""Other planned purchases of the cheapest vendor near the need's day: fee and minimum order value may be shared."""

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from huoku.buy.joint import Board, Offers, Vendors
from huoku.buy.options import JoinedPart
from huoku.buy.terms import NO_LIMIT
from huoku.plan.buying.wanted import Wanted
from huoku.plan.model.build import Case
from huoku.plan.model.numbers import MICRO, micro, steps_up

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

NEAR_DAYS = 14
"""Purchases that start so near to each other can go into one order."""


def joined_with(plan: "Plan", case: Case, wanted: Wanted) -> list[JoinedPart]:
    """The need with other parts of each of its vendors that ask a fee or a minimum order value."""
    offers = plan.factory.sources.filter(
        (pl.col("item") == wanted.item) & ((pl.col("order_fee") > 0) | (pl.col("min_order_value") > 0))
    ).sort("supplier", "valid_from", nulls_last=True)
    return [
        found
        for row in offers.unique("supplier", keep="first", maintain_order=True).iter_rows(named=True)
        if (found := _joined(plan, case, wanted, row)) is not None
    ]


def _joined(plan: "Plan", case: Case, wanted: Wanted, offer: dict[str, object]) -> JoinedPart | None:
    supplier, lead = str(offer["supplier"]), int(np.ceil(float(str(offer["lead_time_days"]))))
    start = max(0, wanted.day - lead)
    day = (pl.col("start") - plan.factory.settings.today).dt.total_days()
    others = (
        plan.orders.filter(
            (pl.col("kind") == "buy")
            & (pl.col("supplier") == supplier)
            & (pl.col("item") != wanted.item)
            & ((day - start).abs() <= NEAR_DAYS)
        )
        .group_by("item")
        .agg(pl.col("qty").sum())
        .sort("item")
    )
    if others.is_empty():
        return None
    names = pl.concat([pl.Series([wanted.item]), others["item"]])
    number = case.numbering.number(names)
    steps = case.numbering.steps[number]
    need = np.append(wanted.steps, np.round(others["qty"].to_numpy() * steps[1:])).astype(np.int64)
    board = Board(
        need=need,
        salvage=case.model.worth.salvage[number],
        offers=_offers(plan, names, steps, supplier),
        vendors=Vendors(_money(offer["order_fee"]), _money(offer["min_order_value"])),
    )
    return JoinedPart(board, 0, start + lead, supplier)


def _money(value: object) -> np.ndarray:
    return np.array([float(str(value))])


def _offers(plan: "Plan", names: pl.Series, steps: np.ndarray, supplier: str) -> Offers:
    """The vendor's prices of the parts, without its minimum order value: that holds for all of them together."""
    parts = pl.DataFrame({"item": names, "part": np.arange(len(names)), "steps": steps})
    rows = plan.factory.sources.filter(pl.col("supplier") == supplier).unique("item", keep="first", maintain_order=True)
    rows = rows.join(parts, on="item").sort("part")
    unit = pl.col("price").cast(pl.Float64)
    breaks = plan.factory.price_breaks.filter(pl.col("supplier") == supplier)
    ladder = pl.concat(
        [
            rows.select("part", least=pl.lit(0).cast(pl.Decimal(38, 6)), unit=unit),
            breaks.join(rows.select("item", "part"), on="item").select("part", least="min_qty", unit=unit),
        ]
    ).join(rows.select("part", "moq", "multiple", "steps"), on="part")
    ladder = ladder.sort("part", "least")
    per_unit = ladder["steps"].to_numpy()
    part = ladder["part"].to_numpy()
    step = MICRO // per_unit
    multiple = np.lcm(np.maximum(micro(ladder["multiple"]), 1), step) // step
    multiple = np.where(micro(ladder["multiple"]) > 0, multiple, 1)
    least = steps_up(np.maximum(micro(ladder["moq"]), micro(ladder["least"])), per_unit)
    begins = steps_up(micro(ladder["least"]), per_unit)
    ends = np.append(np.where(part[1:] == part[:-1], begins[1:] - 1, NO_LIMIT), NO_LIMIT)[: part.size]
    low = -(-np.maximum(least, 1) // multiple) * multiple
    high = ends // multiple * multiple
    price = ladder["unit"].to_numpy() / per_unit
    fits = (low <= high) & np.isfinite(price)
    vendor = np.zeros(part.size, np.int64)
    return Offers(*(column[fits] for column in (part, vendor, multiple, low, high, price)))
