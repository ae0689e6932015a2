"""Which planned order of one plan is which of the other: their names are only numbers, so the orders must tell."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

NEAR_DAYS = 30
"""Orders that arrive further apart are not the same order, moved."""

PLACE = ("kind", "item", "location", "supplier", "from_location")
"""What makes orders comparable at all."""

ROUNDS = (((*PLACE, "qty", "start"), 0), (PLACE, 0), ((*PLACE, "qty"), NEAR_DAYS), (PLACE, NEAR_DAYS))
"""How pairs are sought, the surest first: what must be equal, and how many days the arrivals may lie apart."""

BOTH_SIDES = ("order", "qty", "start", "due")


def paired_orders(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Pairs of order names: before, after. Each order is in one pair at most.

    First the orders that are the same, then those that arrive on the same day with another quantity, then those of the
    same quantity on a near day, then what else is near.
    """
    left, right = (frame.sort("due", "qty", "start", "order").to_dicts() for frame in (before, after))
    pairs: list[tuple[str, str]] = []
    for equal, days in ROUNDS:
        found = list(_round(left, right, equal, days))
        pairs += found
        gone_left, gone_right = ({pair[side] for pair in found} for side in (0, 1))
        left = [row for row in left if row["order"] not in gone_left]
        right = [row for row in right if row["order"] not in gone_right]
    return pl.DataFrame(pairs, schema={"before": pl.String, "after": pl.String}, orient="row")


Row = dict[str, object]


def _round(left: list[Row], right: list[Row], equal: Sequence[str], days: int) -> Iterator[tuple[str, str]]:
    """Pairs among the orders that agree in the columns ``equal``; both sides are sorted by day."""
    sides: dict[tuple[object, ...], tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((left, right)):
        for row in rows:
            sides[tuple(row[column] for column in equal)][side].append(row)
    for ours, theirs in sides.values():
        for i, j in nearest_in_turn([_due(row) for row in ours], [_due(row) for row in theirs], days):
            yield str(ours[i]["order"]), str(theirs[j]["order"])


def _due(row: Row) -> date:
    due = row["due"]
    assert isinstance(due, date)
    return due


def nearest_in_turn(left: Sequence[date], right: Sequence[date], days: int) -> Iterator[tuple[int, int]]:
    """Positions in two rising rows of days that belong together: no pair crosses another, none lies further apart."""
    i = j = 0
    while i < len(left) and j < len(right):
        gap = abs((left[i] - right[j]).days)
        if gap > days:
            i, j = (i + 1, j) if left[i] < right[j] else (i, j + 1)
        elif i + 1 < len(left) and abs((left[i + 1] - right[j]).days) < gap:
            i += 1
        elif j + 1 < len(right) and abs((left[i] - right[j + 1]).days) < gap:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def changed_orders(before: pl.DataFrame, after: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Orders that were added, dropped or changed; see ``Comparison.orders``."""
    ours, theirs = (
        frame.select(*PLACE, *(pl.col(name).alias(f"{side}_{name}") for name in BOTH_SIDES))
        for side, frame in (("before", before), ("after", after))
    )
    matched = pairs.rename({"before": "before_order", "after": "after_order"})
    both = matched.join(ours, on="before_order").join(theirs.drop(PLACE), on="after_order")
    same = pl.all_horizontal(pl.col(f"before_{name}") == pl.col(f"after_{name}") for name in BOTH_SIDES[1:])
    parts = (
        both.filter(~same).with_columns(change=pl.lit("changed")),
        ours.join(matched, on="before_order", how="anti").with_columns(change=pl.lit("dropped")),
        theirs.join(matched, on="after_order", how="anti").with_columns(change=pl.lit("added")),
    )
    day, name = pl.coalesce("after_due", "before_due"), pl.coalesce("after_order", "before_order")
    return (
        pl.concat(parts, how="diagonal")
        .with_columns(
            qty=pl.col("after_qty").fill_null(0.0) - pl.col("before_qty").fill_null(0.0),
            days=(pl.col("after_due") - pl.col("before_due")).dt.total_days(),
        )
        .sort("item", day, "change", name)
        .select(
            "change",
            *PLACE,
            *(f"{side}_{column}" for column in BOTH_SIDES for side in ("before", "after")),
            "qty",
            "days",
        )
    )
