"""Which stock a reservation holds, and what is left for nobody where more is reserved than is there."""

from collections import defaultdict
from typing import Any

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.factory import Factory, decimals
from huoku.plan.model.numbers import MICRO, days_between, epoch_day, micro
from huoku.plan.model.pieces import Piece, part_of_lot

Place = tuple[str, str]


def reserved(factory: Factory, lots: pl.DataFrame, left: Ints) -> tuple[list[Piece], Ints]:
    """Take what is reserved off the lots: named lots first, then those that keep till the due day, the eldest first.

    ``left``, by lot, is lessened. Returns the pieces, and by lot what nobody may use: the contract lets each holder
    take only what no other holder has reserved, so that of more reservations than stock a part lies idle. What a
    named lot lacks is held in the other lots of the place.
    """
    idle = np.zeros_like(left)
    if factory.reservations.height == 0:
        return [], idle
    rows, held = lots.rows(named=True), held_back(factory).rows(named=True)
    of_place: dict[Place, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        of_place[row["item"], row["location"]].append(at)
    due_on = days_between(factory.demands["due"], epoch_day(factory), 0).tolist()
    due = dict(zip(factory.demands["demand"].to_list(), due_on, strict=True))
    pieces: list[Piece] = []
    for place in sorted({(row["item"], row["location"]) for row in held}):
        here, wishes = of_place[place], [row for row in held if (row["item"], row["location"]) == place]
        may_take = _limits(wishes, int(left[here].sum()))
        wanted: dict[str, int] = defaultdict(int)
        for lot in sorted({wish["lot"] for wish in wishes} - {None}):
            named = [wish for wish in wishes if wish["lot"] == lot]
            own = [at for at in here if rows[at]["lot"] == lot]
            for demand, limit in _limits(named, int(left[own].sum())).items():
                asked = sum(wish["millionths"] for wish in named if wish["demand"] == demand)
                taken = _take(pieces, rows, left, own, demand, min(asked, limit, may_take[demand]))
                may_take[demand] -= taken
                wanted[demand] += asked - taken
            if sum(wish["millionths"] for wish in named) >= int(lots["millionths"].to_numpy()[own].sum()):
                idle[own] += left[own]
                left[own] = 0
        for wish in wishes:
            wanted[wish["demand"]] += wish["millionths"] if wish["lot"] is None else 0
        for demand, qty in wanted.items():
            by_age = sorted(here, key=lambda at: (rows[at]["expires"] < due.get(demand, 0), at))
            _take(pieces, rows, left, by_age, demand, min(qty, may_take[demand]))
        if sum(wish["millionths"] for wish in wishes) > int(lots["millionths"].to_numpy()[here].sum()):
            idle[here] += left[here]
            left[here] = 0
    return pieces, idle


def _limits(wishes: list[dict[str, Any]], there: int) -> dict[str, int]:
    """What each holder may take: what no other holder has reserved."""
    total = sum(wish["millionths"] for wish in wishes)
    own: dict[str, int] = defaultdict(int)
    for wish in wishes:
        own[wish["demand"]] += wish["millionths"]
    return {demand: max(0, min(there, there - total + qty)) for demand, qty in sorted(own.items())}


def _take(
    pieces: list[Piece], rows: list[dict[str, Any]], left: Ints, candidates: list[int], demand: str, qty: int
) -> int:
    """Make pieces for a demand of the candidate lots in their order; returns how much."""
    rest = qty
    for at in candidates:
        taken = min(rest, int(left[at]))
        if taken > 0:
            left[at] -= taken
            rest -= taken
            pieces.append(part_of_lot(rows[at], demand, taken))
    return qty - rest


def held_back(factory: Factory) -> pl.DataFrame:
    """What is reserved: item, location, lot, demand, millionths, in whole steps: half a piece holds the whole one."""
    step = MICRO // pl.lit(10, pl.Int64).pow(pl.col("decimals"))
    return (
        factory.reservations.with_columns(millionths=pl.Series(micro(factory.reservations["qty"])))
        .group_by("item", "location", "lot", "demand")
        .agg(pl.col("millionths").sum())
        .join(decimals(factory), on="item", how="left")
        .select("item", "location", "lot", "demand", millionths=-(-pl.col("millionths") // step) * step)
        .sort("item", "location", "lot", "demand", nulls_last=True)
    )
