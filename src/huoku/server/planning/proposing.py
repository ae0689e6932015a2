"""What a plan proposes, as tables: its orders with their reason in both languages, and the demands each is for."""

from typing import NamedTuple

import polars as pl

from huoku.plan import Plan
from huoku.server.items.models import Item
from huoku.server.partners.models import Supplier
from huoku.server.planning.reading.columns import MAIN
from huoku.server.planning.reading.trade import Names
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.models import Company, Site

LONGEST_WHY = 1000
MILLION = 10**6
KEY = ("kind", "item_id", "supplier_id", "site_id", "from_site_id", "qty_steps", "start_on", "due_on")
"""What makes two proposals the same."""
LEFT_OVER = ("loss_millionths", "used_millionths")
TOLD = ("order", "needed_steps", "price_millionths", "fees_minor", *LEFT_OVER, "why_zh", "why_en")
"""What may be told otherwise of the same proposal."""


class Proposed(NamedTuple):
    """``orders``: a row for each order of a plan, in its order, in the columns of ``Proposal`` (KEY and TOLD).
    ``pegs``: order, demand of the records, qty_steps, need_on; the demands of an order, the largest share first."""

    orders: pl.DataFrame
    pegs: pl.DataFrame


def proposed(company: Company, in_chinese: Plan, in_english: Plan, named: Names) -> Proposed:
    """The orders of a plan. It is told in both languages."""
    items = _table(Item.objects.of(company).values_list("code", "pk", "decimals"), "item", "item_id", "decimals")
    suppliers = _table(Supplier.objects.of(company).values_list("code", "pk"), "supplier", "supplier_id")
    sites = _table(Site.objects.of(company).values_list("code", "pk"), "location", "site_id")
    english = in_english.orders.select("order", pl.col("why").alias("why_en"))
    orders = (
        in_chinese.orders.join(in_chinese.decisions.select("order", "needed_qty"), on="order", how="left")
        .join(english, on="order", how="left")
        .join(_left_over(in_chinese), on="order", how="left")
        .join(items, on="item", how="left")
        .join(suppliers, on="supplier", how="left")
        .join(sites.filter(pl.col("location") != MAIN), on="location", how="left")
        .join(sites.rename({"location": "from_location", "site_id": "from_site_id"}), on="from_location", how="left")
    )
    in_steps = pl.lit(10).pow(pl.col("decimals"))
    steps = (pl.col("qty").cast(pl.Float64) * in_steps).round().cast(pl.Int64)
    needed = (pl.col("needed_qty").fill_null(0).cast(pl.Float64) * in_steps).round().cast(pl.Int64)
    minor = 10 ** minor_digits(company.currency)
    told = orders.select(
        *("order", "kind", "item_id", "supplier_id", "site_id", "from_site_id"),
        steps.alias("qty_steps"),
        pl.min_horizontal(steps, needed).alias("needed_steps"),
        pl.col("start").alias("start_on"),
        pl.col("due").alias("due_on"),
        (pl.col("unit_price").cast(pl.Float64) * MILLION).round().cast(pl.Int64).alias("price_millionths"),
        (pl.col("fees").fill_null(0).cast(pl.Float64) * minor).round().cast(pl.Int64).alias("fees_minor"),
        *LEFT_OVER,
        pl.col("why").fill_null("").str.slice(0, LONGEST_WHY).alias("why_zh"),
        pl.col("why_en").fill_null("").str.slice(0, LONGEST_WHY),
    )
    return Proposed(told, _pegs(in_chinese, named, items))


def _left_over(plan: Plan) -> pl.DataFrame:
    """By order that causes it: what is expected to be lost of a leftover, and the odds that it is used."""
    in_millionths = (pl.col("expected_loss").cast(pl.Float64).sum() * MILLION).round().cast(pl.Int64)
    odds = (pl.col("p_use").cast(pl.Float64).min() * MILLION).round().cast(pl.Int64)
    return plan.leftovers.group_by(order="cause").agg(loss_millionths=in_millionths, used_millionths=odds)


def _table(rows: object, *names: str) -> pl.DataFrame:
    kinds = {name: pl.Int64 if name.endswith("_id") or name == "decimals" else pl.String for name in names}
    return pl.DataFrame(list(rows), schema=kinds, orient="row")  # type: ignore[call-overload]


def _pegs(plan: Plan, named: Names, items: pl.DataFrame) -> pl.DataFrame:
    """How much of each order goes to each demand of the records, on whatever level, in whole steps.

    Shares add up to no more than all of them: those whose rest is largest are rounded up.
    """
    records = pl.DataFrame(
        {"demand": list(named.demand_of), "record": list(named.demand_of.values())},
        schema={"demand": pl.String, "record": pl.String},
    )
    shares = (
        plan.pegging()
        .filter(source_kind="order")
        .join(records, on="demand")
        .join(items, on="item")
        .group_by(order="source", demand="record")
        .agg((pl.col("qty") * pl.lit(10).pow(pl.col("decimals"))).sum().round(6).alias("share"), pl.col("date").min())
        .sort("order", "demand")
    )
    whole = pl.col("share").floor()
    left = (pl.col("share").sum().round(6) - whole.sum()).round().over("order")
    rank = (whole - pl.col("share")).rank("ordinal").over("order")
    return (
        shares.with_columns(qty_steps=(whole + (rank <= left)).cast(pl.Int64))
        .filter(pl.col("qty_steps") > 0)
        .sort("order", "qty_steps", "demand", descending=[False, True, False])
        .select("order", "demand", "qty_steps", need_on="date")
    )
