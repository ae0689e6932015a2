"""A factory and its plan side by side, in the form in which the rules look at them.

Quantities and money are floats, days dates, defaults are filled in, and items, places, orders and demands are codes
(see ``codes``). Nothing is judged here.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from huoku.factory import Factory
from huoku.judge.codes import Codes, floats, looked_up
from huoku.judge.tables import PlanTables
from huoku.judge.values import with_values

EPS = 1e-6
"""Quantities closer than this part of themselves, or than this, are equal."""


def is_multiple(qty: str, step: pl.Expr) -> pl.Expr:
    """Is column ``qty`` a whole multiple of ``step``? Anything is a multiple of 0."""
    value = pl.col(qty)
    return (step <= 0) | ((value - (value / step).round() * step).abs() < EPS)


def differ(left: pl.Expr, right: pl.Expr, scale: pl.Expr) -> pl.Expr:
    """Are two quantities different, as seen from ``scale``?"""
    return (left - right).abs() > tolerance(scale)


def tolerance(scale: pl.Expr) -> pl.Expr:
    return EPS * pl.max_horizontal(pl.lit(1.0), scale)


@dataclass(frozen=True)
class Case:
    """What is judged.

    ``items``, ``orders``, ``demands``: row n has code n. ``orders`` holds each name once (the last row of a repeated
    one; ``repeated`` names them). ``usage`` has a row per row of the plan's table; a missing code means: no such thing.
    """

    factory: Factory
    plan: PlanTables
    today: date
    last_day: date
    item_codes: Codes
    places: Codes
    lots: Codes
    items: pl.DataFrame
    orders: pl.DataFrame
    repeated: pl.DataFrame
    demands: pl.DataFrame
    supplies: pl.DataFrame
    usage: pl.DataFrame

    def coded(self, table: str, *, items: tuple[str, ...] = ("item",), places: tuple[str, ...] = ()) -> pl.DataFrame:
        """A table of the factory as floats, its item and place columns as codes."""
        return floats(self.factory.table(table)).with_columns(
            *(self.item_codes.of(column) for column in items), *(self.places.of(column) for column in places)
        )


def open_case(factory: Factory, plan: PlanTables) -> Case:
    """Bring both sides into the judge's form."""
    today = factory.settings.today
    items = with_values(factory)
    item_codes = Codes(items["item"])
    planned, repeated = _once(plan.read("orders"))
    places = _places(factory, planned)
    orders = _orders(planned, item_codes, places)
    demands = _demands(factory, items, item_codes, places, today)
    supplies = floats(factory.supplies).select(
        "supply", "qty", "due", item=item_codes.of("item"), place=places.of("location")
    )
    lots = Codes(factory.stock["lot"].fill_null("").unique().sort())
    usage = _usage(
        plan.read("usage"),
        item=item_codes,
        place=places,
        lot=lots,
        order=Codes(orders["order"]),
        demand=Codes(demands["demand"]),
        supply=Codes(supplies["supply"]),
    )
    last_day = today + timedelta(days=factory.settings.horizon_days)
    return Case(
        factory, plan, today, last_day, item_codes, places, lots, items, orders, repeated, demands, supplies, usage
    )


def _orders(planned: pl.DataFrame, items: Codes, places: Codes) -> pl.DataFrame:
    """Orders as codes, their names kept for messages; ``at`` is where an order takes what it uses up."""
    return planned.with_columns(
        pl.col("kind", "supplier").fill_null(""),
        item_name=pl.col("item"),
        item=items.of("item"),
        place_name=pl.col("location").fill_null("MAIN"),
        place=places.of(pl.col("location").fill_null("MAIN")),
        from_place=places.of("from_location"),
    ).with_columns(at=pl.when(pl.col("kind") == "transfer").then("from_place").otherwise("place"))


def _once(orders: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    orders = orders.with_columns(pl.col("order").fill_null(""))
    repeated = orders.filter(~pl.col("order").is_first_distinct()).select(subject="order")
    return orders.unique("order", keep="last", maintain_order=True), repeated


def _places(factory: Factory, orders: pl.DataFrame) -> Codes:
    columns = [factory.table(name)["location"] for name in ("stock", "supplies", "demands", "reservations")]
    columns += [factory.lanes["from"], factory.lanes["to"], orders["location"], orders["from_location"]]
    return Codes(
        pl.concat([column.alias("place") for column in columns] + [pl.Series("place", ["MAIN"])])
        .drop_nulls()
        .unique()
        .sort()
    )


def _demands(factory: Factory, items: pl.DataFrame, codes: Codes, places: Codes, today: date) -> pl.DataFrame:
    """Demands with their sales value and the day from which lateness counts: the due day, or today when it is past."""
    return (
        floats(factory.demands)
        .select("demand", "qty", "due", "price", item=codes.of("item"), place=places.of("location"))
        .with_columns(
            value=pl.col("qty") * pl.col("price").fill_null(looked_up(items["price"], "item")),
            wanted_on=pl.max_horizontal("due", pl.lit(today)),
        )
    )


def _usage(
    usage: pl.DataFrame, *, item: Codes, place: Codes, lot: Codes, order: Codes, demand: Codes, supply: Codes
) -> pl.DataFrame:
    """The usage table as codes: who takes (order or demand), what, where, and from what (stock, supply, order)."""

    def of_kind(column: str, kind: str, codes: Codes, name: str) -> pl.Expr:
        return codes.of(pl.when(pl.col(column) == kind).then(pl.col(name)))

    return usage.with_row_index("row").select(
        "row",
        "qty",
        "date",
        item=item.of("item"),
        wanted=item.of("for_item"),
        place=place.of(pl.col("location").fill_null("MAIN")),
        lot=lot.of(pl.col("lot").fill_null("")),
        for_order=(pl.col("consumer_kind") == "order").fill_null(False),
        by_order=of_kind("consumer_kind", "order", order, "consumer"),
        by_demand=of_kind("consumer_kind", "demand", demand, "consumer"),
        from_stock=(pl.col("source_kind") == "stock").fill_null(False),
        is_coming=pl.col("source_kind").is_in(["order", "supply"]).fill_null(False),
        from_order=of_kind("source_kind", "order", order, "source"),
        from_supply=of_kind("source_kind", "supply", supply, "source"),
    )
