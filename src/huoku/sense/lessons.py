"""What closed cases of dead stock say before the next purchase that is like the one that led to them."""

from collections.abc import Collection
from datetime import date
from typing import Literal, NamedTuple

import polars as pl

from huoku.factory import Factory
from huoku.sense.closed_cases import closed_cases

Alike = Literal["item", "supplier", "excess"]
"""Why a case concerns a purchase: the same item, the same supplier, or more bought than needed then as now."""

MOST = 3
"""So many lessons are read; more are not."""
MOST_OF_ITEM = 2


class Lesson(NamedTuple):
    """A closed case: of ``bought`` units ``needed`` were used, ``qty`` were left and brought ``proceeds``.

    Quantities in the item's unit, money in the factory's currency; None where it is not recorded. ``value``: as booked;
    ``months``: from its receipt, or else from the opening of the case, until it was gone.
    """

    alike: Alike
    item: str
    closed_on: date
    supplier: str | None
    bought: float | None
    needed: float | None
    qty: float
    unit: str
    months: float | None
    outlet: str
    value: float
    proceeds: float
    cause: str | None
    lesson: str | None


def lessons_of(factory: Factory, item: str, suppliers: Collection[str], is_excess: bool) -> tuple[Lesson, ...]:
    """What to remember before ``item`` is bought from one of ``suppliers``, the most alike first, then the youngest.

    ``is_excess``: would more be bought than is needed? Then cases of other items count too that began so. At most two
    cases are of the item itself, one of each further kind, and three in all.
    """
    if factory.disposals.is_empty():
        return ()
    began_so = (pl.col("bought") > pl.col("needed")).fill_null(False) & is_excess
    alike = (
        pl.when(pl.col("item") == item)
        .then(0)
        .when(pl.col("supplier").is_in(sorted(suppliers)).fill_null(False))
        .then(1)
        .when(began_so)
        .then(2)
    )
    kinds: tuple[Alike, ...] = ("item", "supplier", "excess")
    cases = closed_cases(factory).reverse().with_columns(alike=alike).drop_nulls("alike")
    cases = cases.join(factory.items.select("item", "unit"), on="item", how="left", maintain_order="left")
    chosen = pl.concat([cases.filter(pl.col("alike") == 0).head(MOST_OF_ITEM), *_youngest_others(cases)]).head(MOST)
    since = pl.coalesce("received_on", pl.col("date") - pl.duration(days="days"))
    months = (pl.col("date") - since).dt.total_days() * 12 / 365
    return tuple(
        Lesson(
            alike=kinds[row["alike"]],
            closed_on=row["date"],
            **{name: row[name] for name in Lesson._fields if name not in ("alike", "closed_on")},
        )
        for row in chosen.with_columns(months=months).iter_rows(named=True)
    )


def _youngest_others(cases: pl.DataFrame) -> list[pl.DataFrame]:
    return [cases.filter(pl.col("alike") == kind).head(1) for kind in (1, 2)]
