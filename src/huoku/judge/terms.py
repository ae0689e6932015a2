"""The terms that hold for each planned order: its source and price, its lot rules, its lane.

Orders that could not be placed at all (an unknown item, no dates, a start before today) have no terms; the rules for
orders name them, and they cost nothing in the figures.
"""

from typing import NamedTuple

import polars as pl

from huoku.judge.case import EPS, Case
from huoku.judge.codes import floats, in_force, looked_up

MAKE_TERMS = ("lead_time_days", "setup_cost", "lot_min", "lot_multiple", "lot_max", "has_bom", "has_operations")


class Terms(NamedTuple):
    """Orders by kind, each with its terms.

    ``buys``: offered (a source row holds, or the item needs none), moq, multiple, lead_time_days, price, order_fee,
    min_order_value. ``makes``: the item's lead time, set-up and lot rules. ``transfers``: lead_time_days and cost per
    unit of the best lane, null where there is none.
    """

    buys: pl.DataFrame
    makes: pl.DataFrame
    transfers: pl.DataFrame


def possible(case: Case) -> pl.Expr:
    """Which orders could be placed at all?"""
    return pl.col("item").is_not_null() & (pl.col("start") >= case.today).fill_null(False) & pl.col("due").is_not_null()


def terms_of(case: Case) -> Terms:
    """Look up the terms of every order that could be placed."""
    orders = case.orders.filter(possible(case)).with_columns(days=(pl.col("due") - pl.col("start")).dt.total_days())
    makes = orders.filter(pl.col("kind") == "make").with_columns(
        looked_up(case.items[name], "item").alias(name) for name in MAKE_TERMS
    )
    return Terms(
        buys=_with_price(case, _with_source(case, orders.filter(pl.col("kind") == "buy"))),
        makes=makes,
        transfers=_with_lane(case, orders.filter(pl.col("kind") == "transfer")),
    )


def _with_source(case: Case, buys: pl.DataFrame) -> pl.DataFrame:
    """The supplier's source row in force on the start day; for an item without any row its own terms."""
    terms = ("moq", "multiple", "lead_time_days", "order_fee", "min_order_value")
    sources = case.coded("sources").select(
        "item", "supplier", "valid_from", "valid_to", *terms, list_price="price", found=pl.lit(True)
    )
    held = (
        buys.select("order", "item", "supplier", "start")
        .join(sources, on=["item", "supplier"], maintain_order="left_right")
        .filter(in_force("start"))
        .unique("order", keep="first")
        .select("order", "list_price", "found", *terms)
    )
    own_terms = looked_up(case.items["has_source"], "item").not_()
    own_lead = looked_up(case.items["lead_time_days"], "item")
    return buys.join(held, on="order", how="left", maintain_order="left").with_columns(
        offered=pl.col("found").fill_null(False) | own_terms,
        lead_time_days=pl.col("lead_time_days").fill_null(own_lead),
        **{name: pl.col(name).fill_null(0.0) for name in terms if name != "lead_time_days"},
    )


def _with_price(case: Case, buys: pl.DataFrame) -> pl.DataFrame:
    """The price of the highest break that the quantity reaches, else the source's, else the item's value."""
    breaks = case.coded("price_breaks").select("item", "supplier", "min_qty", tier="price")
    reached = (
        buys.select("order", "item", "supplier", "qty")
        .join(breaks, on=["item", "supplier"])
        .filter(pl.col("qty") >= pl.col("min_qty") - EPS)
        .sort("min_qty", "tier")
        .group_by("order")
        .agg(pl.col("tier").last())
    )
    return buys.join(reached, on="order", how="left", maintain_order="left").with_columns(
        price=pl.coalesce("tier", "list_price", looked_up(case.items["value"], "item"))
    )


def _with_lane(case: Case, transfers: pl.DataFrame) -> pl.DataFrame:
    """The shortest and the cheapest lane between the two places that carries the item (no item named: every item)."""
    lanes = floats(case.factory.lanes).select(
        from_place=case.places.of("from"),
        place=case.places.of("to"),
        carries=case.item_codes.of("item"),
        lead="lead_time_days",
        cost="cost",
    )
    served = (
        transfers.select("order", "item", "from_place", "place")
        .join(lanes, on=["from_place", "place"])
        .filter(pl.col("carries").is_null() | (pl.col("carries") == pl.col("item")))
        .group_by("order")
        .agg(pl.col("lead").min().alias("lead_time_days"), pl.col("cost").min())
    )
    return transfers.join(served, on="order", how="left", maintain_order="left")
