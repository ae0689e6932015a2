"""Lots: what anybody may use for ever, what expires, what is reserved, and what cannot be used."""

from typing import NamedTuple

import polars as pl

from huoku.factory import Factory
from huoku.plan.model.lapsing import perishable
from huoku.plan.model.numbers import MICRO, days_between, epoch_day, micro
from huoku.plan.model.pieces import FOR_EVER, Piece, part_of_lot
from huoku.plan.model.reserving import reserved


class Lots(NamedTuple):
    """``free`` and ``unusable`` by lot: item, location, lot, rank (the day it came), millionths."""

    free: pl.DataFrame
    pieces: list[Piece]
    unusable: pl.DataFrame


def stock_lots(factory: Factory) -> Lots:
    """Divide the available stock. What has expired, or is reserved beyond what is there, is nobody's.

    Of what perishes each lot stands by itself, because what is made today is there today like the lots, and keeps for
    other days; where there are lanes, also of what keeps for longer than is planned, since lots alone are carried.
    """
    today, horizon = epoch_day(factory), factory.settings.horizon_days
    stock = factory.stock.filter(factory.stock["status"] == "available")
    lots = (
        pl.DataFrame(
            {
                "item": stock["item"],
                "location": stock["location"],
                "lot": stock["lot"],
                "rank": days_between(stock["received_on"], today, 0),
                "expires": days_between(stock["expires_on"], today, FOR_EVER),
                "millionths": micro(stock["qty"]),
            }
        )
        .group_by("item", "location", "lot")
        .agg(pl.col("millionths").sum(), pl.col("rank").min(), pl.col("expires").min())
    )
    alone = perishable(factory)
    if factory.lanes.height:
        alone = factory.items.filter(pl.col("shelf_life_days").is_not_null())["item"].to_list()
    apart = (pl.col("expires") <= horizon) | pl.col("item").is_in(alone)
    if not factory.reservations.height and lots.filter(apart).is_empty():
        return Lots(_by_age(lots), [], lots.clear())
    lots = lots.sort("item", "location", "expires", "rank", "lot", nulls_last=True)
    gone = lots["expires"] < 0
    unusable = lots.filter(gone)
    lots = lots.filter(~gone)
    left = lots["millionths"].to_numpy().copy()
    pieces, idle = reserved(factory, lots, left)
    kept = lots.with_columns(millionths=pl.Series(idle)).filter(pl.Series(idle > 0))
    unusable = pl.concat([unusable, kept])
    stands_apart = lots.select(apart).to_series().to_numpy() & (left > 0)
    for row, qty in zip(lots.filter(pl.Series(stands_apart)).iter_rows(named=True), left[stands_apart], strict=True):
        pieces.append(part_of_lot(row, "", int(qty)))
    left[stands_apart] = 0
    free = lots.with_columns(millionths=pl.Series(left))
    return Lots(_by_age(free), sorted(pieces, key=_by_name), unusable)


def _by_age(lots: pl.DataFrame) -> pl.DataFrame:
    return lots.drop("expires").sort("item", "location", "rank", "lot", nulls_last=True)


def _by_name(piece: Piece) -> tuple[str, str, str, int, bool, str]:
    return piece.item, piece.location, piece.demand, piece.expires, piece.name is not None, piece.name or ""


def perishing_supplies(factory: Factory) -> list[Piece]:
    """Open orders of what perishes."""
    if factory.supplies.height == 0:
        return []
    lives = factory.items.filter(pl.col("item").is_in(perishable(factory)))
    life = {item: int(days) for item, days in lives.select("item", "shelf_life_days").iter_rows()}
    table = factory.supplies
    due = days_between(table["due"], epoch_day(factory), 0).tolist()
    pieces = []
    for at, (row, on) in enumerate(zip(table.iter_rows(named=True), due, strict=True)):
        still_to_issue = row["kind"] == "make" and row["status"] == "planned"
        day = max(on, 0)
        if row["item"] in life:
            millionths = int(row["qty"] * MICRO)
            keeps = life[row["item"]] if still_to_issue else FOR_EVER
            expires = FOR_EVER if still_to_issue else day + life[row["item"]]
            supply = row["supply"]
            pieces.append(Piece(row["item"], row["location"], "", expires, supply, at, day, on, 0, millionths, keeps))
    return sorted(pieces, key=_by_name)
