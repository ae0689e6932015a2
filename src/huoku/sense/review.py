"""The dead stock of a factory as one result: every lot, what it costs to wait, where it can go, and the totals."""

from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

import numpy as np
import polars as pl

from huoku.factory import Factory, decimals, unit_values
from huoku.language import Sentence
from huoku.sense.causes import causes
from huoku.sense.dead_share import Rule, dead_share
from huoku.sense.dead_stock import Rules, dead_stock
from huoku.sense.outlook import outlook
from huoku.sense.ways_out import WaysOut, ways_out

AGES = (0, 91, 181, 366, 731)
"""The ageing buckets begin at these days in stock."""

RULES: tuple[Rule, ...] = ("dead_by_forecast", "dead_by_movement", "dead_by_age")

CAPTION = Sentence("呆滞料 {today}", "dead stock, {today}")


@dataclass(frozen=True, eq=False)
class DeadStock:
    """What will not be used, and what to do about it. Made by ``huoku.deadstock``.

    ``lots``: every lot in stock. Columns: item, location, lot, order, status, qty, value, age_days, idle_days; dead
    (units beyond what will be used within a year: the 95 % quantile) and dead_value; dead_by_movement, dead_by_age
    (units); p_use (of the lot, within a year); back (money today) and loss_per_month (holding, and what the ways out
    pay less), both of the dead units; provision_by_movement, provision_by_coverage; cause, last_day, unused_days,
    year_use, moq (see ``causes``). ``routes``: item, outlet, kind, qty, back: which dead units go where today.
    ``ageing``: from_days, lots, value, dead_value.
    """

    factory: Factory = field(repr=False)
    rules: Rules = field(repr=False)
    lots: pl.DataFrame = field(repr=False)
    routes: pl.DataFrame = field(repr=False)
    ageing: pl.DataFrame = field(repr=False)
    figures: dict[str, Any]

    @cached_property
    def dead(self) -> pl.DataFrame:
        """The lots of which something is dead, the dearest first."""
        dead = self.lots.filter(pl.col("dead") > 0)
        return dead.sort(
            "dead_value", "item", "location", "lot", descending=[True, False, False, False], nulls_last=True
        )

    def _repr_html_(self) -> str:
        shown = ("item", "lot", "dead", "dead_value", "loss_per_month", "back", "cause")
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(_plain(cell))}</td>" for cell in row) + "</tr>"
            for row in self.dead.select(shown).head(20).iter_rows()
        )
        heads = "".join(f"<th>{name}</th>" for name in shown)
        today = self.factory.settings.today
        caption = f"{CAPTION.say('zh', today=today)} · {CAPTION.say('en', today=today)}"
        return f"<table><caption>{caption}</caption><tr>{heads}</tr>{rows}</table>"


def _plain(cell: object) -> str:
    return "" if cell is None else f"{cell:,.2f}" if isinstance(cell, float) else str(cell)


def deadstock(factory: Factory, rules: Rules = Rules()) -> DeadStock:  # noqa: B008
    """Review the stock of ``factory``: what is dead, why, what it costs to wait, and the best way out.

    Stock is dead that goes beyond what will be used within a year, known orders and past use taken together, the oldest
    lots being used first; dead by movement and by age stand beside it. Blocked stock counts. ``rules``: the limits and
    provision tables of the firm. Money in the factory's currency.
    """
    foretold = outlook(factory)
    lots = dead_stock(factory, foretold, rules=rules).drop("disposal", "back", "loss_per_month")
    lots = _whole_steps(factory, lots).join(
        causes(factory, foretold, rules.idle_days), on="item", how="left", maintain_order="left"
    )
    by_item = lots.group_by("item", maintain_order=True).agg(
        qty=pl.col("dead").sum(), unit_value=pl.first("unit_value")
    )
    ways = ways_out(factory, by_item.filter(pl.col("qty") > 0))
    lots = _with_money(lots, ways, factory.settings.holding_rate)
    return DeadStock(factory, rules, lots, ways.routes, _ageing(lots), _figures(factory, lots, ways))


def _whole_steps(factory: Factory, lots: pl.DataFrame) -> pl.DataFrame:
    """Adds unit_value, dead and dead_value: what is dead is told in whole steps of the item, rounded down."""
    each = unit_values(factory).select("item", "unit_value").join(decimals(factory), on="item", how="left")
    known = lots.join(each, on="item", how="left", maintain_order="left")
    steps = 10.0 ** known["decimals"].to_numpy()
    # A quantile is worked out in floats: what is a whole step but for their dust is one.
    dead = np.floor(known["dead_by_forecast"].to_numpy() * steps + 1e-6) / steps
    return known.drop("decimals", "dead_by_forecast").with_columns(
        dead=dead, dead_value=dead * known["unit_value"].to_numpy()
    )


def _with_money(lots: pl.DataFrame, ways: WaysOut, holding_rate: float) -> pl.DataFrame:
    """Adds back and loss_per_month: an item's money is shared among its lots by their dead units."""
    of_item = pl.col("dead") / pl.col("dead").sum().over("item")
    later = pl.col("back") - pl.col("back_in_a_month")
    monthly = pl.col("dead_value") * holding_rate / 12.0
    known = lots.join(ways.items, on="item", how="left", maintain_order="left")
    return known.with_columns(
        back=pl.when(pl.col("dead") > 0).then(pl.col("back") * of_item).otherwise(0.0),
        loss_per_month=pl.when(pl.col("dead") > 0).then(monthly + later * of_item).otherwise(0.0),
    ).drop("back_in_a_month", "back_in_a_year")


def _ageing(lots: pl.DataFrame) -> pl.DataFrame:
    """By days in stock: from_days (empty where the day of receipt is not known), lots, value, dead_value."""
    from_days = pl.lit(None, pl.Int64)
    for first in AGES:
        from_days = pl.when(pl.col("age_days") >= first).then(pl.lit(first, pl.Int64)).otherwise(from_days)
    buckets = lots.group_by(from_days=from_days).agg(
        lots=pl.len().cast(pl.Int64), value=pl.col("value").sum(), dead_value=pl.col("dead_value").sum()
    )
    return buckets.sort("from_days", nulls_last=True)


def _figures(factory: Factory, lots: pl.DataFrame, ways: WaysOut) -> dict[str, Any]:
    """The totals, in the factory's currency; shares of the value of all stock, None where that is 0."""
    dead = lots.filter(pl.col("dead") > 0)
    shares = {rule: dead_share(lots.rename({"dead": "dead_by_forecast"}), rule) for rule in RULES}
    idle = lots.filter((pl.col("dead") == 0) & (pl.col("dead_by_movement") > 0))
    value, back = float(dead["dead_value"].sum()), float(dead["back"].sum())
    volume = factory.items.select("item", volume=pl.col("volume").cast(pl.Float64))
    space = dead.join(volume, on="item", how="left").select((pl.col("dead") * pl.col("volume")).sum()).item()
    oldest = factory.history.filter(pl.col("date") < factory.settings.today)["date"].min()
    return {
        "value": float(lots["value"].sum()),
        "lots": lots.height,
        "dead_value": value,
        "dead_lots": dead.height,
        "dead_items": dead["item"].n_unique(),
        "shares": {rule: {"share": found.share, "value": found.dead_value} for rule, found in shares.items()},
        "level": shares["dead_by_forecast"].level,
        "loss_per_month": float(dead["loss_per_month"].sum()),
        "back": back,
        "back_in_a_year": float(ways.items["back_in_a_year"].sum()),
        "scrap": value * factory.settings.salvage_rate,
        "below_cost": max(0.0, value - back),
        "provision_by_movement": float(lots["provision_by_movement"].sum()),
        "provision_by_coverage": float(lots["provision_by_coverage"].sum()),
        "idle_but_used": float(idle["value"].sum()),
        "volume": float(space or 0.0),
        "no_receipt_day": lots["age_days"].null_count(),
        "history_from": oldest,
    }
