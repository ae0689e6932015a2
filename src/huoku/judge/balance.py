"""Rule 1: everything used comes from somewhere, in time, and nothing gives more than it has."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from huoku.judge.case import Case, tolerance
from huoku.judge.codes import looked_up
from huoku.judge.suspects import Suspects, suspects
from huoku.judge.verdict import Finding, finding
from huoku.language import Sentence

BALANCE = "1 balance"
BEFORE_ALL = date.min
NEVER = date.max

NO_STOCK = Sentence(
    zh="{subject}：{location} 没有 {item} 的可用库存（批次“{lot}”）",
    en="{subject}: there is no available stock of {item} at {location}, lot {lot!r}",
)
EXPIRED = Sentence(
    zh="{subject}：{date} 使用 {item} 批次“{lot}”，已过期",
    en="{subject}: uses lot {lot!r} of {item} on {date}, after it expires",
)
NOT_THERE = Sentence(
    zh="{subject}：{date} 取用 {item}，但 {source_kind}“{source}”到那天并没有把它送到",
    en="{subject}: takes {item} on {date} from {source_kind} {source!r}, which does not bring it there by then",
)
NOWHERE = Sentence(
    zh="{subject}：{date} 取用 {item}，来源“{source_kind}”不是库存、在途或订单",
    en="{subject}: {item} on {date} comes from {source_kind!r}, not from stock, supply or order",
)
LOT_OVERDRAWN = Sentence(
    zh="{location} 的 {subject} 批次“{lot}”：用了 {used:g}，只有 {qty:g}",
    en="lot {lot!r} of {subject} at {location}: uses {used:g} of {qty:g}",
)
OVERDRAWN = Sentence(zh="{subject}：被取用 {used:g}，只有 {qty:g}", en="{subject}: {used:g} taken from {qty:g}")
NEGATIVE = Sentence(
    zh="{location} 的 {subject}：{day} 结存 {level:g}", en="{subject} at {location}: {level:g} on {day}"
)

LOT = ["item", "place", "lot"]
NODE = ["item", "place"]


def available_lots(case: Case) -> pl.DataFrame:
    """Available stock by item, place and lot: qty, last_day (the earliest expiry of its rows)."""
    stock = case.coded("stock", places=("location",)).filter(pl.col("status") == "available")
    return (
        stock.with_columns(place="location", lot=case.lots.of(pl.col("lot").fill_null("")))
        .group_by(LOT, maintain_order=True)
        .agg(pl.col("qty").sum(), last_day=pl.col("expires_on").min().fill_null(NEVER))
    )


def broken_sources(case: Case, usage: pl.DataFrame) -> list[Suspects]:
    """Rule 1 row by row: the lot, supply or order exists, holds the item, at the place, by the day."""
    from_stock = usage.filter("from_stock").join(
        available_lots(case).drop("qty"), on=LOT, how="left", maintain_order="left"
    )
    coming = pl.col("from_order").is_not_null() | pl.col("from_supply").is_not_null()
    return [
        suspects(BALANCE, NO_STOCK, from_stock, pl.col("last_day").is_null()),
        suspects(BALANCE, EXPIRED, from_stock, pl.col("date") > pl.col("last_day")),
        _not_there(case, case.orders, "from_order", usage),
        _not_there(case, case.supplies, "from_supply", usage),
        suspects(BALANCE, NOT_THERE, usage, pl.col("is_coming") & ~coming),
        suspects(BALANCE, NOWHERE, usage, ~pl.col("from_stock") & ~pl.col("is_coming")),
    ]


def _not_there(case: Case, givers: pl.DataFrame, code: str, usage: pl.DataFrame) -> Suspects:
    right_item = looked_up(givers["item"], code) == pl.col("item")
    right_place = looked_up(givers["place"], code) == pl.col("place")
    in_time = pl.max_horizontal(looked_up(givers["due"], code), pl.lit(case.today)) <= pl.col("date")
    right = (right_item & right_place & in_time).fill_null(False)
    return suspects(BALANCE, NOT_THERE, usage, pl.col(code).is_not_null() & ~right)


def overdrawn(case: Case, usage: pl.DataFrame) -> Iterator[Finding]:
    """No lot, supply or order gives more than it has."""
    lots = usage.filter("from_stock").group_by(LOT).agg(pl.col("qty").sum().alias("used"))
    lots = available_lots(case).join(lots, on=LOT, maintain_order="left").filter(_too_much())
    yield finding(
        BALANCE,
        LOT_OVERDRAWN,
        lots.select(
            "used",
            "qty",
            subject=case.item_codes.named("item"),
            location=case.places.named("place"),
            lot=case.lots.named("lot"),
        ),
    )
    for givers, name, code in ((case.orders, "order", "from_order"), (case.supplies, "supply", "from_supply")):
        used = usage.filter(pl.col(code).is_not_null()).group_by(code).agg(pl.col("qty").sum().alias("used"))
        given = givers.with_row_index(code).join(used, on=code, maintain_order="left").filter(_too_much())
        yield finding(BALANCE, OVERDRAWN, given.select("used", "qty", subject=name))


def _too_much() -> pl.Expr:
    return pl.col("used") > pl.col("qty") + tolerance(pl.col("used"))


def stock_levels(case: Case, usage: pl.DataFrame) -> pl.DataFrame:
    """Every change of stock: item, place, day, delta, level after it, ``broken`` from the first negative level on.

    Stock is there before all days; what arrives on a day comes before what leaves on it.
    """
    lots = available_lots(case)
    arriving = [
        lots.select("item", "place", day=pl.lit(BEFORE_ALL), delta="qty"),
        case.supplies.select("item", "place", day="due", delta="qty"),
        case.orders.filter(pl.col("due").is_not_null()).select("item", "place", day="due", delta="qty"),
    ]
    leaving = usage.group_by("item", "place", day="date").agg(delta=-pl.col("qty").sum())
    changes = pl.concat(
        [
            pl.concat(arriving).group_by("item", "place", "day").agg(pl.col("delta").sum()).with_columns(out=pl.lit(0)),
            leaving.with_columns(out=pl.lit(1)),
        ]
    ).sort("item", "place", "day", "out")
    changes = changes.with_columns(level=pl.col("delta").cum_sum().over(NODE))
    negative = pl.col("level") < -tolerance(pl.col("delta").abs())
    return changes.with_columns(broken=negative.cum_max().over(NODE))


def negative_levels(case: Case, levels: pl.DataFrame) -> Iterator[Finding]:
    """The first day on which more has left a place than has come."""
    first = levels.filter("broken").unique(NODE, keep="first", maintain_order=True)
    yield finding(
        BALANCE,
        NEGATIVE,
        first.select("day", "level", subject=case.item_codes.named("item"), location=case.places.named("place")),
    )
