"""Ways out of dead stock: for each item the outlets that bring most, and what waiting for them costs."""

from datetime import date
from typing import NamedTuple

import polars as pl

from huoku.factory import Factory
from huoku.sense.salvage import Outlet, best_disposal

MONTH_DAYS = 365.0 / 12.0
MONTHS = (0, 1, 3, 6, 12)
"""The waits that are compared."""

SCRAP, KEEP = "scrap", "keep"


class Way(NamedTuple):
    """An outlet with its kind: return, transfer, resale, promotion or scrap."""

    outlet: Outlet
    kind: str


class WaysOut(NamedTuple):
    """``items``: item, gone (value of what is not kept), back (its money today), kept (worth of the rest),
    back_in_a_month.
    ``routes``: item, outlet, kind, qty, back (its fee paid): what goes where today; kind ``keep`` stays.
    ``waiting``: item, months, back, value (of the units that are not kept): what they bring later."""

    items: pl.DataFrame
    routes: pl.DataFrame
    waiting: pl.DataFrame


ITEMS = {
    "item": pl.String,
    "gone": pl.Float64,
    "back": pl.Float64,
    "kept": pl.Float64,
    "back_in_a_month": pl.Float64,
}
ROUTES = {"item": pl.String, "outlet": pl.String, "kind": pl.String, "qty": pl.Float64, "back": pl.Float64}
WAITING = {"item": pl.String, "months": pl.Int64, "back": pl.Float64, "value": pl.Float64}


def ways_out(factory: Factory, dead: pl.DataFrame) -> WaysOut:
    """The most money for the dead units of each item, over all its lots: fees are paid and limits count once.

    ``dead``: columns item, qty, unit_value, keep_share (the part of the value that keeping gives); one row for each
    item. The outlets are those of the table ``outlets``; scrap at the factory's salvage rate is always there, unless
    the table says what scrap brings.
    """
    general, special = outlets_of(factory)
    scrap = Way(Outlet(SCRAP, factory.settings.salvage_rate), SCRAP)
    items, routes, waiting = [], [], []
    for item, qty, unit_value, keep_share in dead.select("item", "qty", "unit_value", "keep_share").iter_rows():
        ways = {**general, **special.get(item, {})}
        if not any(way.kind == SCRAP for way in ways.values()):
            ways.setdefault(SCRAP, scrap)
        if keep_share > 0 and KEEP not in ways:
            ways[KEEP] = Way(Outlet(KEEP, keep_share), KEEP)
        outlets = [way.outlet for way in ways.values()]
        later = [best_disposal(qty, unit_value, outlets, months) for months in MONTHS]
        now = later[0]
        stays = dict(now.units).get(KEEP, 0.0)
        kept = stays * unit_value * keep_share
        gone = (qty - stays) * unit_value
        items.append((item, gone, now.money - kept, kept, later[1].money - kept))
        for name, units in now.units:
            outlet, kind = ways[name]
            routes.append((item, name, kind, units, units * unit_value * outlet.share - outlet.fee))
        waiting += [(item, months, one.money - kept, gone) for months, one in zip(MONTHS, later, strict=True)]
    return WaysOut(
        pl.DataFrame(items, schema=ITEMS, orient="row"),
        pl.DataFrame(routes, schema=ROUTES, orient="row").sort(
            "item", "back", "outlet", descending=[False, True, False]
        ),
        pl.DataFrame(waiting, schema=WAITING, orient="row"),
    )


def outlets_of(factory: Factory) -> tuple[dict[str, Way], dict[str, dict[str, Way]]]:
    """The outlets that take every item, and those of single items, which go before a general one of the same name."""
    general: dict[str, Way] = {}
    special: dict[str, dict[str, Way]] = {}
    today = factory.settings.today
    for row in factory.outlets.sort("item", "outlet", nulls_last=True).iter_rows(named=True):
        if row["until"] is None or row["until"] >= today:
            ways = general if row["item"] is None else special.setdefault(row["item"], {})
            ways[row["outlet"]] = Way(_outlet(row, today), row["kind"])
    return general, special


def _outlet(row: dict[str, object], today: date) -> Outlet:
    until, most = row["until"], row["most"]
    return Outlet(
        name=str(row["outlet"]),
        share=float(row["share"]),  # type: ignore[arg-type]  # the contract's types
        fee=float(row["fee"]),  # type: ignore[arg-type]
        limit=float("inf") if most is None else float(most),  # type: ignore[arg-type]
        least=float(row["least"]),  # type: ignore[arg-type]
        open_months=(until - today).days / MONTH_DAYS if isinstance(until, date) else float("inf"),
        fade=float(row["fade"]),  # type: ignore[arg-type]
    )
