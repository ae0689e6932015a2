"""How the stock of an item rises and falls: every receipt and use, with the level after it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

RECEIPTS = ("stock", "supply", "order")
SCHEMA = {"item": pl.String, "date": pl.Date, "kind": pl.String, "name": pl.String, "qty": pl.Float64}


def movements(plan: "Plan", items: Iterable[str], location: str | None = None) -> pl.DataFrame:
    """Each change of the stock of ``items``: item, date, kind, name, qty (negative: taken), level (after it). Of one
    location alone where one is named: what is carried there comes to it as an order, and leaves the other as a use.

    Kinds: stock (on hand today), supply, order (a planned receipt), use, expiry. On one day receipts come first. The
    last level of an item is what is left of it and still good, safety stock included.
    """
    wanted = pl.DataFrame({"item": sorted(set(items))}, schema={"item": pl.String})
    ordered = _at(plan.orders.join(wanted, on="item", how="semi"), location)
    coming = arrivals(plan).join(wanted, on="item", how="semi")
    if location is not None:
        coming = coming.join(_at(plan.factory.supplies, location), on="supply", how="semi")
    stock = _at(plan.factory.stock.join(wanted, on="item", how="semi"), location)
    taken = _taken(plan, wanted)
    parts = [
        _on_hand(plan, wanted, stock),
        coming.select("item", date="arrives", kind=pl.lit("supply"), name="supply", qty="qty"),
        ordered.select("item", date="due", kind=pl.lit("order"), name="order", qty="qty"),
        _uses(taken, location),
        _expiries(plan, stock, taken),
    ]
    last = plan.factory.settings.today + timedelta(days=plan.factory.settings.horizon_days)
    everything = pl.concat(part.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items()) for part in parts)
    return (
        everything.filter(pl.col("date") <= last)
        .sort("item", "date", pl.col("qty") < 0, "kind", "name", maintain_order=True)
        .with_columns(level=pl.col("qty").cum_sum().over("item"))
        .with_columns(level=pl.when(pl.col("level").abs() < 1e-6).then(0.0).otherwise("level"))
    )


def arrivals(plan: "Plan") -> pl.DataFrame:
    """Open supplies with the day on which they are really there: supply, item, qty, kind, supplier, due, arrives.

    Overdue ones count as here today. An open make order whose components come later than it should start is made from
    that day on, one that takes operations is there when its work is done; ``arrives`` is null where that never is.
    """
    if "arrivals" not in plan.kept:
        plan.kept["arrivals"] = _arrivals(plan)
    found: pl.DataFrame = plan.kept["arrivals"]
    return found


def _arrivals(plan: "Plan") -> pl.DataFrame:
    factory, today = plan.factory, plan.factory.settings.today
    of_supplies = plan.earmarks.filter(pl.col("consumer_kind") == "supply")
    issued = of_supplies.group_by("consumer").agg(issued=pl.col("date").max())
    days = pl.col("lead_time_days").cast(pl.Float64).fill_null(0).ceil().cast(pl.Int64)
    supplied = factory.supplies.select("item").unique()  # few, beside all items
    lead = factory.items.join(supplied, on="item", how="semi").select("item", lead=days)
    wanted = pl.max_horizontal(pl.col("due") - pl.duration(days="lead"), pl.lit(today))
    # Delayed, and no components set aside for it: they never all come.
    never = plan.exceptions.filter(pl.col("code") == "supply_delayed").select(supply="subject", never=True).unique()
    on_time = pl.max_horizontal("due", pl.lit(today))
    worked = plan.open_work.group_by("supply").agg(worked=pl.col("date").max())
    later = pl.when(pl.col("status") == "planned").then(pl.max_horizontal(on_time, "worked"))
    return (
        factory.supplies.join(lead, on="item", how="left", maintain_order="left")
        .join(issued, left_on="supply", right_on="consumer", how="left", maintain_order="left")
        .join(worked, on="supply", how="left", maintain_order="left")
        .join(never, on="supply", how="left", maintain_order="left")
        .with_columns(
            qty=pl.col("qty").cast(pl.Float64),
            arrives=pl.when(pl.col("worked").is_not_null())
            .then(pl.coalesce(later, on_time))
            .when(pl.col("issued") > wanted)
            .then(pl.col("issued") + pl.duration(days="lead"))
            .when(pl.col("never").is_null())
            .then(on_time),
        )
        .select("supply", "item", "qty", "kind", "status", "supplier", "due", "arrives")
    )


def _at(rows: pl.DataFrame, location: str | None) -> pl.DataFrame:
    return rows if location is None else rows.filter(pl.col("location") == location)


def _on_hand(plan: "Plan", wanted: pl.DataFrame, stock: pl.DataFrame) -> pl.DataFrame:
    lots = stock.filter(pl.col("status") == "available")
    on_hand = lots.group_by("item").agg(qty=pl.col("qty").cast(pl.Float64).sum())
    return wanted.join(on_hand, on="item", how="left").select(
        "item", date=plan.factory.settings.today, kind=pl.lit("stock"), name=None, qty=pl.col("qty").fill_null(0.0)
    )


def _taken(plan: "Plan", wanted: pl.DataFrame) -> pl.DataFrame:
    """What takes of the items, anywhere. What is set aside as safety stock is nobody's use: it stays on hand, and
    spoils like the rest."""
    taken = pl.concat([frame.join(wanted, on="item", how="semi") for frame in (plan.usage, plan.earmarks)])
    return taken.filter(pl.col("consumer_kind") != "safety")


def _uses(taken: pl.DataFrame, location: str | None) -> pl.DataFrame:
    uses = _at(taken, location).group_by("item", "date", name="consumer").agg(qty=-pl.col("qty").sum())
    return uses.with_columns(kind=pl.lit("use"))


def _expiries(plan: "Plan", stock: pl.DataFrame, taken: pl.DataFrame) -> pl.DataFrame:
    """What is not used of a lot is gone on the day after its last usable day."""
    key = ["item", "location", "lot"]
    lots = stock.filter((pl.col("status") == "available") & pl.col("expires_on").is_not_null())
    used = taken.filter(pl.col("source_kind") == "stock").group_by(key).agg(used=pl.col("qty").sum())
    return (
        lots.group_by(key)
        .agg(qty=pl.col("qty").cast(pl.Float64).sum(), last_day=pl.col("expires_on").max())
        .join(used, on=key, how="left", nulls_equal=True)
        .select(
            "item",
            date=pl.max_horizontal(pl.col("last_day") + pl.duration(days=1), pl.lit(plan.factory.settings.today)),
            kind=pl.lit("expiry"),
            name="lot",
            qty=-(pl.col("qty") - pl.col("used").fill_null(0.0)),
        )
    )
