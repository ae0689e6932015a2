"""The dead stock of a factory as one result: every lot, what it costs to wait, where it can go, and the totals."""

from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

import numpy as np
import polars as pl

from huoku.factory import Factory, Settings, decimals, unit_values
from huoku.language import Sentence
from huoku.metrics.dead_share import Rule, dead_share
from huoku.metrics.disposal_cycle import disposal_cycle
from huoku.metrics.lines import Lines
from huoku.metrics.recovery import recovery
from huoku.sense.causes import causes
from huoku.sense.closed_cases import closed_cases
from huoku.sense.dead_stock import USUAL, Rules, dead_stock
from huoku.sense.keeping import worth_of_keeping
from huoku.sense.outlook import YEAR_WEEKS, outlook
from huoku.sense.ways_out import WaysOut, ways_out

AGES = (0, 91, 181, 366, 731)
"""The ageing buckets begin at these days in stock."""

UNLIKELY = 0.5
"""Of a lot that is not dead by the forecast, less than so much is used within a year on average: it is doubtful."""

RULES: tuple[Rule, ...] = ("dead_by_forecast", "dead_by_movement", "dead_by_age")

CAPTION = Sentence("呆滞料 {today}", "dead stock, {today}")


@dataclass(frozen=True, eq=False)
class DeadStock:
    """What will not be used, and what to do about it. Made by ``huoku.deadstock``.

    ``lots``: every lot in stock. Columns: item, location, lot, order, status, qty, value, age_days, idle_days; dead
    (units beyond what will be used within a year: the 95 % quantile) and dead_value; dead_by_movement, dead_by_age
    (units); p_use (of the lot, within a year); of the dead units: back (money today), kept (what keeping is worth,
    where they will be used later) and loss_per_month (holding, and what the ways out pay less); provision_by_movement,
    provision_by_coverage; cause, last_day, unused_days, year_use, moq, customer, silent_days, interval_days (see
    ``causes``). ``routes``: item, outlet, kind, qty, back: which dead units go where today. ``waiting``: months, back,
    holding (cost of the months), net: what all dead units bring that are not kept. ``ageing``: from_days, lots, value,
    dead_value. ``closed``: the cases that were closed (see ``closed_cases``), the youngest first.
    """

    factory: Factory = field(repr=False)
    rules: Rules = field(repr=False)
    lots: pl.DataFrame = field(repr=False)
    routes: pl.DataFrame = field(repr=False)
    waiting: pl.DataFrame = field(repr=False)
    ageing: pl.DataFrame = field(repr=False)
    closed: pl.DataFrame = field(repr=False)
    figures: dict[str, Any]

    @cached_property
    def doubtful(self) -> pl.DataFrame:
        """The lots that are more likely left than used within a year, but not surely; the dearest first."""
        doubtful = self.lots.filter(_is_doubtful())
        return doubtful.sort("value", "item", "location", "lot", descending=[True, False, False, False])

    @cached_property
    def dead(self) -> pl.DataFrame:
        """The lots of which something is dead, the dearest first."""
        dead = self.lots.filter(pl.col("dead") > 0)
        return dead.sort(
            "dead_value", "item", "location", "lot", descending=[True, False, False, False], nulls_last=True
        )

    def data(self) -> dict[str, Any]:
        """The same as plain dicts, lists, numbers and dates, for programs: the figures, and what is dead."""
        settings = self.factory.settings
        tables = {
            "dead": self.dead,
            "routes": self.routes,
            "waiting": self.waiting,
            "ageing": self.ageing,
            "closed": self.closed,
        }
        told = {name: frame.to_dicts() for name, frame in tables.items()}
        return {"today": settings.today, "currency": settings.currency, "figures": self.figures, **told}

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


def deadstock(factory: Factory, rules: Rules = USUAL) -> DeadStock:
    """Review the stock of ``factory``: what is dead, why, what it costs to wait, and the best way out.

    Stock is dead that goes beyond what will be used within a year, known orders and past use taken together, the oldest
    lots being used first; dead by movement and by age stand beside it. Blocked stock counts. ``rules``: the limits and
    provision tables of the firm. Money in the factory's currency.
    """
    foretold = outlook(factory)
    year = foretold.within(YEAR_WEEKS)
    lots = _whole_steps(factory, dead_stock(factory, year, rules=rules))
    why = causes(factory, foretold, year.mean(), rules.idle_days)
    lots = lots.join(why, on="item", how="left", maintain_order="left")
    ways = ways_out(factory, _dead_items(lots, factory.settings.holding_rate))
    lots = _with_money(lots, ways, factory.settings.holding_rate)
    waiting = _waiting(ways.waiting, factory.settings.holding_rate)
    closed = closed_cases(factory).reverse()
    figures = {**_figures(factory, lots), **_closed_figures(closed)}
    return DeadStock(factory, rules, lots, ways.routes, waiting, _ageing(lots), closed, figures)


def _dead_items(lots: pl.DataFrame, holding_rate: float) -> pl.DataFrame:
    """By item of which something is dead: item, qty, unit_value, keep_share."""
    known = ("unit_value", "year_use", "odds_52_weeks", "was_used", "cause")
    items = lots.group_by("item", maintain_order=True).agg(pl.col("qty").sum(), pl.col("dead").sum(), pl.first(*known))
    items = items.filter(pl.col("dead") > 0)
    lasts = ~pl.col("cause").is_in(("obsolete", "ended", "ending")) & pl.col("was_used")
    year_use = items.select(pl.when(lasts).then("year_use").otherwise(0.0)).to_series().to_numpy()
    on_hand, dead, odds = (items[name].to_numpy() for name in ("qty", "dead", "odds_52_weeks"))
    keep_share = worth_of_keeping(on_hand, dead, year_use, odds, holding_rate)
    return items.select("item", "unit_value", qty="dead", keep_share=pl.Series(keep_share))


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
    holding = pl.col("gone") * holding_rate / 12.0
    known = lots.join(ways.items, on="item", how="left", maintain_order="left")
    return known.with_columns(
        back=pl.when(pl.col("dead") > 0).then(pl.col("back") * of_item).otherwise(0.0),
        kept=pl.when(pl.col("dead") > 0).then(pl.col("kept") * of_item).otherwise(0.0),
        loss_per_month=pl.when(pl.col("dead") > 0).then((holding + later) * of_item).otherwise(0.0),
    ).drop("gone", "back_in_a_month", "was_used", "odds_52_weeks")


def _ageing(lots: pl.DataFrame) -> pl.DataFrame:
    """By days in stock: from_days (empty where the day of receipt is not known), lots, value, dead_value."""
    from_days = pl.lit(None, pl.Int64)
    for first in AGES:
        from_days = pl.when(pl.col("age_days") >= first).then(pl.lit(first, pl.Int64)).otherwise(from_days)
    buckets = lots.group_by(from_days=from_days, maintain_order=True).agg(
        lots=pl.len().cast(pl.Int64), value=pl.col("value").sum(), dead_value=pl.col("dead_value").sum()
    )
    return buckets.sort("from_days", nulls_last=True)


def _waiting(later: pl.DataFrame, holding_rate: float) -> pl.DataFrame:
    """By months of waiting: months, back, holding, net; with the holding of what is not kept paid until then."""
    total = later.group_by("months", maintain_order=True).agg(pl.col("back", "value").sum()).sort("months")
    holding = pl.col("value") * holding_rate * pl.col("months") / 12.0
    return total.select("months", "back", holding=holding, net=pl.col("back") - holding)


def _is_doubtful() -> pl.Expr:
    return (pl.col("dead") == 0) & (pl.col("p_use") < UNLIKELY)


def _closed_figures(closed: pl.DataFrame) -> dict[str, Any]:
    """What closed cases came to: how many, their value, what came back, and the days that they took."""
    back = recovery(closed)
    return {
        "closed_cases": closed.height,
        "closed_value": float(closed["value"].sum()),
        "closed_proceeds": float(closed["proceeds"].sum()),
        "recovery": back.value,
        "disposal_days": disposal_cycle(closed).value,
    }


def lines_of(settings: Settings) -> Lines:
    """From which part of the value on the owner wants to hear of dead stock, and from which on it is an alarm."""
    return Lines(settings.bearing.dead_warn, settings.bearing.dead_alarm)


def _figures(factory: Factory, lots: pl.DataFrame) -> dict[str, Any]:
    """The totals, in the factory's currency; shares of the value of all stock, None where that is 0."""
    dead = lots.filter(pl.col("dead") > 0)
    lines = lines_of(factory.settings)
    shares = {rule: dead_share(lots.rename({"dead": "dead_by_forecast"}), rule, lines) for rule in RULES}
    idle = lots.filter((pl.col("dead") == 0) & (pl.col("dead_by_movement") > 0) & ~_is_doubtful())
    value, back, kept = (float(dead[name].sum()) for name in ("dead_value", "back", "kept"))
    volume = factory.items.select("item", volume=pl.col("volume").cast(pl.Float64))
    space = dead.join(volume, on="item", how="left").select((pl.col("dead") * pl.col("volume")).sum()).item()
    past = factory.history.filter(pl.col("date") < factory.settings.today)["date"]
    return {
        "value": float(lots["value"].sum()),
        "lots": lots.height,
        "dead_value": value,
        "dead_lots": dead.height,
        "dead_items": dead["item"].n_unique(),
        "shares": {rule: {"share": found.share, "value": found.dead_value} for rule, found in shares.items()},
        "level": shares["dead_by_forecast"].level,
        "lines": lines._asdict(),
        "loss_per_month": float(dead["loss_per_month"].sum()),
        "back": back,
        "kept": kept,
        "below_cost": max(0.0, value - back - kept),
        "provision_by_movement": float(lots["provision_by_movement"].sum()),
        "provision_by_coverage": float(lots["provision_by_coverage"].sum()),
        "idle_but_used": float(idle["value"].sum()),
        "doubtful": float(lots.filter(_is_doubtful())["value"].sum()),
        "volume": float(space or 0.0),
        "no_receipt_day": lots["age_days"].null_count(),
        "history_from": past.min(),
        "history_to": past.max(),
    }
