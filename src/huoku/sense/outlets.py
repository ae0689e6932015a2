"""Which ways out are open to which item: the table of outlets, with what closed cases taught, as arrays."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.factory import Factory
from huoku.sense.closed_cases import with_learnt_shares
from huoku.sense.salvage import Floats, Outlets

MONTH_DAYS = 365.0 / 12.0
SCRAP, KEEP = "scrap", "keep"
TERMS = ("share", "fee", "limit", "least", "open_months", "fade")


class WaysOfItems(NamedTuple):
    """``ways``: row (of the items asked for), place, outlet, kind; by row and name. ``outlets``: their terms, in the
    same places."""

    ways: pl.DataFrame
    outlets: Outlets


def ways_of(factory: Factory, items: pl.Series, keep_share: Floats) -> WaysOfItems:
    """The outlets of each of ``items``: its own ones, and the general ones without one of its own of the same name.

    Scrap at the factory's salvage rate is always there, unless the table says what scrap brings. ``keep_share``, shape
    (items,): the part of the value that keeping gives, a way out too where that is more than nothing.
    """
    asked = pl.DataFrame({"item": items, "row": np.arange(len(items)), "keep_share": keep_share})
    table = with_learnt_shares(factory, _open_outlets(factory))
    own = asked.join(table.filter(pl.col("item").is_not_null()), on="item", how="inner")
    general = asked.join(table.filter(pl.col("item").is_null()).drop("item"), how="cross")
    general = general.join(own.select("row", "outlet"), on=("row", "outlet"), how="anti")
    listed = pl.concat([own.select("row", "outlet", "kind", *TERMS), general.select("row", "outlet", "kind", *TERMS)])
    scrapped = listed.filter((pl.col("kind") == SCRAP) | (pl.col("outlet") == SCRAP))
    scrap = with_learnt_shares(factory, _endless(pl.DataFrame({"outlet": [SCRAP]}), factory.settings.salvage_rate))
    scrap = asked.select("row").join(scrapped, on="row", how="anti").join(scrap.drop("item"), how="cross")
    keep = asked.filter(pl.col("keep_share") > 0).with_columns(outlet=pl.lit(KEEP))
    keep = _endless(keep.join(listed, on=("row", "outlet"), how="anti"), pl.col("keep_share"))
    parts = [listed, *(one.select(listed.columns) for one in (scrap, keep))]
    ways = pl.concat(parts).sort("row", "outlet").with_columns(place=pl.int_range(pl.len()).over("row"))
    return WaysOfItems(ways.select("row", "place", "outlet", "kind"), _arrays(ways, len(items)))


def _open_outlets(factory: Factory) -> pl.DataFrame:
    """item (null: all), outlet, kind and terms, of what is still open today."""
    today = pl.lit(factory.settings.today)
    table = factory.outlets.filter((pl.col("until") >= today).fill_null(True))
    return table.select(
        "item",
        "outlet",
        "kind",
        pl.col("share", "fee", "least", "fade").cast(pl.Float64),
        limit=pl.col("most").cast(pl.Float64).fill_null(float("inf")),
        open_months=((pl.col("until") - today).dt.total_days() / MONTH_DAYS).fill_null(float("inf")),
    )


def _endless(outlets: pl.DataFrame, share: float | pl.Expr) -> pl.DataFrame:
    """Ways that take anything at any time for nothing but their share; each is of the kind of its name."""
    return outlets.with_columns(
        pl.lit(None, pl.String).alias("item"),
        kind=pl.col("outlet"),
        share=pl.lit(share) if isinstance(share, float) else share,
        fee=pl.lit(0.0),
        least=pl.lit(0.0),
        fade=pl.lit(0.0),
        limit=pl.lit(float("inf")),
        open_months=pl.lit(float("inf")),
    )


def _arrays(ways: pl.DataFrame, items: int) -> Outlets:
    shape = items, int(ways["place"].max() or 0) + 1  # type: ignore[arg-type]  # whole numbers
    place = ways["row"].to_numpy(), ways["place"].to_numpy()
    terms = {}
    for name in TERMS:
        terms[name] = np.zeros(shape)
        terms[name][place] = ways[name].to_numpy()
    return Outlets(**terms)
