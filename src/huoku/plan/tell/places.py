"""Places that hold more than they have room for, and orders made where their machine does not stand.

Neither is a rule of the contract: the volume is reported and not enforced, and an order loads its resource wherever
it is made. So both are told.
"""

import numpy as np
import polars as pl

from huoku.language import Language, Sentence
from huoku.plan.decide.columns import DUE, NODE, QTY
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case
from huoku.plan.model.claiming import SAFETY
from huoku.plan.model.numbers import epoch_day, floats
from huoku.plan.tell.ordered import MAKE, Ordered
from huoku.plan.tell.pegged import Pegged
from huoku.plan.tell.words import dates, filled, rows

TOO_FULL = Sentence(
    "{first} 起放不下：容量 {capacity} m³，最多时（{worst}）有 {most} m³，共 {days} 天超出",
    "has too little room from {first} on: {capacity} m3, and {most} m3 on the worst day, {worst}; "
    "too much lies there on {days} {days|day|days}",
)
ELSEWHERE = Sentence(
    "资源在 {place}，但有 {orders} 张生产单在 {made_at} 做，要用它：请在 {made_at} 设资源，或建调拨路线在 {place} 做",
    "stands at {place}, and orders made at {made_at} need it ({orders}): give {made_at} a resource of its own, "
    "or make them at {place} and let a lane bring them",
)
ROUNDING = 1e-6


def places(case: Case, netted: Netted, about: Ordered, pegged: Pegged, lang: Language) -> list[pl.DataFrame]:
    """The exceptions ``location_full`` and ``resource_elsewhere``."""
    return [*_too_full(case, netted, pegged, lang), *_made_elsewhere(case, netted, about, lang)]


def stored(case: Case, netted: Netted, pegged: Pegged) -> pl.DataFrame:
    """What lies at the end of each day in each place that has a capacity: location, day, volume, capacity (m3).

    Items without a volume take no room; what is blocked or in quarantine takes as much as the rest.
    """
    numbering, come = case.numbering, case.incoming
    per_step = np.nan_to_num(floats(numbering.items["volume"])) / numbering.steps
    node = np.concatenate((come.table["node"].to_numpy(), come.aside["node"].to_numpy(), netted.orders[:, NODE]))
    day = np.concatenate((come.receipts.day, np.zeros(come.aside.height, np.int64), netted.orders[:, DUE]))
    qty = np.concatenate((come.receipts.qty, come.aside["qty"].to_numpy(), netted.orders[:, QTY]))
    # Safety stock is spoken for and stays where it is.
    claim = -1 - netted.peg_consumer[netted.peg_consumer < 0]
    leaves = np.ones(netted.peg_consumer.size, bool)
    leaves[netted.peg_consumer < 0] = case.claiming.table["kind"].to_numpy()[claim] != SAFETY
    node, day = np.concatenate((node, pegged.node[leaves])), np.concatenate((day, pegged.day[leaves]))
    qty = np.concatenate((qty, -netted.peg_qty[leaves]))
    moved = pl.DataFrame(
        {
            "location": numbering.place_names(node),
            "day": day,
            "volume": qty * per_step[node // case.model.locations],
        }
    )
    kept_apart = (
        case.factory.stock.filter(pl.col("status") != "available")
        .join(case.factory.items.select("item", each="volume"), on="item", how="left")
        .select(
            "location",
            day=pl.lit(0, pl.Int64),
            volume=pl.col("qty").cast(pl.Float64) * pl.col("each").cast(pl.Float64).fill_null(0.0),
        )
    )
    rooms = case.factory.locations.drop_nulls("capacity")
    rooms = rooms.select("location", capacity=pl.col("capacity").cast(pl.Float64))
    days = pl.DataFrame({"day": np.arange(case.model.horizon + 1)})
    changes = pl.concat([moved, kept_apart]).group_by("location", "day").agg(pl.col("volume").sum())
    return (
        rooms.sort("location")
        .join(days, how="cross")
        .join(changes, on=["location", "day"], how="left", maintain_order="left")
        .with_columns(volume=pl.col("volume").fill_null(0.0).cum_sum().over("location"))
    )


def _too_full(case: Case, netted: Netted, pegged: Pegged, lang: Language) -> list[pl.DataFrame]:
    if case.factory.locations["capacity"].is_null().all() or case.factory.items["volume"].is_null().all():
        return []
    full = stored(case, netted, pegged).filter(pl.col("volume") > pl.col("capacity") + ROUNDING)
    if full.is_empty():
        return []
    found = full.group_by("location", maintain_order=True).agg(
        pl.col("day").first().alias("first"),
        pl.col("day").sort_by("volume", descending=True, maintain_order=True).first().alias("worst"),
        most=pl.col("volume").max(),
        days=pl.len().cast(pl.String),
        capacity=pl.col("capacity").first(),
    )
    epoch = epoch_day(case.factory)
    message = filled(
        TOO_FULL,
        lang,
        first=dates(found["first"].to_numpy(), epoch).cast(pl.String),
        worst=dates(found["worst"].to_numpy(), epoch).cast(pl.String),
        most=_cubic_metres(found["most"]),
        capacity=_cubic_metres(found["capacity"]),
        days=found["days"],
    )
    return [rows("warning", "location_full", found["location"], message)]


def _cubic_metres(volume: pl.Series) -> pl.Series:
    return volume.round(3).cast(pl.String).str.strip_suffix(".0")


def _made_elsewhere(case: Case, netted: Netted, about: Ordered, lang: Language) -> list[pl.DataFrame]:
    shop, locations = case.workshop.shop, case.model.locations
    stands = case.factory.resources.select("resource", place="location")
    if locations == 1 or shop.resource.size == 0 or stands.is_empty():
        return []
    made = np.flatnonzero(about.kind == MAKE)
    node, first = netted.orders[made, NODE], shop.first
    count = first[about.item[made] + 1] - first[about.item[made]]
    order = np.repeat(np.arange(made.size), count)
    operation = np.repeat(first[about.item[made]] - np.cumsum(count) + count, count) + np.arange(count.sum())
    found = (
        pl.DataFrame(
            {
                "resource": case.workshop.names.gather(shop.resource[operation]),
                "made_at": case.numbering.place_names(node[order]),
                "order": order,
            }
        )
        .join(stands, on="resource")
        .filter(pl.col("made_at") != pl.col("place"))
        .group_by("resource", "place", "made_at")
        .agg(orders=pl.col("order").n_unique().cast(pl.String))
        .sort("resource", "made_at")
    )
    if found.is_empty():
        return []
    message = filled(ELSEWHERE, lang, **{name: found[name] for name in ("place", "made_at", "orders")})
    return [rows("warning", "resource_elsewhere", found["resource"], message)]
