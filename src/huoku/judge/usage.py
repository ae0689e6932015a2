"""Rule 4: what is taken, by whom, where and when; and that every order takes exactly what its BOM asks."""

from collections.abc import Iterator

import polars as pl

from huoku.judge.bom import open_bom
from huoku.judge.case import EPS, Case, differ, is_multiple
from huoku.judge.codes import in_force, looked_up
from huoku.judge.suspects import Suspects, suspects
from huoku.judge.verdict import Finding, finding
from huoku.language import Sentence

USAGE = "4 usage"
ORDERS_AT_ONCE = 100_000
"""Coverage is checked for so many orders at a time, which bounds the memory."""

NO_SENSE = Sentence(zh="{subject}：用料“{item}”、日期“{date}”不成立", en="{subject}: uses {item!r} on {date!r}")
STEP = Sentence(
    zh="{subject}：使用 {item} {qty:g}，不是最小单位的整数倍",
    en="{subject}: uses {qty:g} of {item}, no multiple of its smallest step",
)
NO_CONSUMER = Sentence(
    zh="“{subject}”用料，但它不是生产单或调拨单", en="usage by {subject!r}, which is no make or transfer order"
)
NOT_ASKED = Sentence(
    zh="{consumer_kind}“{subject}”并不需要 {for_item}", en="{consumer_kind} {subject!r} does not ask for {for_item}"
)
NOT_ON_START = Sentence(
    zh="{subject}：{date} 使用 {item}，不是它的开始日", en="{subject}: uses {item} on {date}, not on its start"
)
WRONG_PLACE = Sentence(
    zh="{subject}：在 {location} 取 {item}，那里并不用料",
    en="{subject}: takes {item} at {location}, where it is not needed",
)
NO_SUBSTITUTE = Sentence(
    zh="{subject}：{date} 不允许用 {item} 代替 {for_item}",
    en="{subject}: {item} is no allowed substitute for {for_item} on {date}",
)
MIXED = Sentence(
    zh="{subject}：{date} 用 {item} 和别的料一起满足 {for_item}，而本厂要求整批只用一种",
    en="{subject}: takes {item} and something else for {for_item} on {date}; this factory uses one of them for a lot",
)
NOT_COVERED = Sentence(
    zh="{subject}：需要 {component} {want:g}，实际使用 {have:g}",
    en="{subject}: needs {want:g} of {component}, uses {have:g}",
)
NO_LINE = Sentence(
    zh="{subject}：{start} 这天 {item_name} 没有有效的 BOM 行",
    en="{subject}: no BOM line of {item_name} is valid on {start}",
)


def sound_rows(usage: pl.DataFrame) -> pl.DataFrame:
    """The rows that name an item, a day and a quantity: the others are broken and count nowhere else."""
    sound = usage.select(_makes_sense().all()).item()
    return usage if sound else usage.filter(_makes_sense())  # a copy of millions of rows costs memory


def _makes_sense() -> pl.Expr:
    return pl.col("item").is_not_null() & pl.col("date").is_not_null() & pl.col("qty").is_not_null()


def broken_rows(case: Case, usage: pl.DataFrame) -> list[Suspects]:
    """Rule 4 row by row: a consumer that asks for the item, at its place, on its day, in whole steps."""
    sound, kind = sound_rows(usage), looked_up(case.orders["kind"], "by_order")
    consuming = pl.col("for_order") & (kind != "buy").fill_null(False)
    asking = ~pl.col("for_order") & (looked_up(case.demands["item"], "by_demand") == pl.col("wanted")).fill_null(False)
    needed_at = (
        pl.when("for_order")
        .then(looked_up(case.orders["at"], "by_order"))
        .otherwise(looked_up(case.demands["place"], "by_demand"))
    )
    start = looked_up(case.orders["start"], "by_order")
    wrong_qty = (pl.col("qty") < -EPS) | ~is_multiple("qty", looked_up(case.items["step"], "item"))
    elsewhere = pl.col("place").is_null() | pl.col("place").ne_missing(needed_at)
    return [
        suspects(USAGE, NO_SENSE, usage, ~_makes_sense()),
        suspects(USAGE, STEP, sound, wrong_qty),
        suspects(USAGE, NO_CONSUMER, sound, pl.col("for_order") & ~consuming),
        suspects(USAGE, NOT_ASKED, sound, ~pl.col("for_order") & ~asking),
        suspects(USAGE, NOT_ON_START, sound, consuming & pl.col("date").ne_missing(start)),
        suspects(USAGE, WRONG_PLACE, sound, (consuming | asking) & elsewhere),
        suspects(USAGE, NO_SUBSTITUTE, sound, (consuming | asking) & pl.col("covers").is_null()),
        *_mixed(case, sound),
    ]


def _mixed(case: Case, sound: pl.DataFrame) -> list[Suspects]:
    """Needs that an item and its substitutes serve together, in a factory that does not allow it."""
    if case.factory.settings.substitute_mixing == "piece" or case.factory.substitutes.is_empty():
        return []
    need = ("for_order", "by_order", "by_demand", "wanted", "date")
    return [suspects(USAGE, MIXED, sound, pl.col("item").n_unique().over(need) > 1)]


def uncovered_orders(case: Case, usage: pl.DataFrame) -> Iterator[Finding]:
    """Every make order takes what its BOM lines ask, every transfer its item, and nothing else."""
    orders = case.orders.with_row_index("by_order").filter(
        pl.col("kind").is_in(["make", "transfer"]), pl.col("start").is_not_null(), pl.col("item").is_not_null()
    )
    bom = open_bom(case)
    # A plan names the rows of one order together, but nothing says so: each batch looks through all rows.
    by_order = usage.filter(pl.col("covers").is_not_null(), pl.col("by_order").is_not_null())
    by_order = by_order.select("by_order", component="wanted", have="covers")
    for first in range(0, max(case.orders.height, 1), ORDERS_AT_ONCE):
        batch = pl.col("by_order").is_between(first, first + ORDERS_AT_ONCE - 1)
        yield from _uncovered(case, orders.filter(batch), by_order.filter(batch), bom)


def _uncovered(case: Case, orders: pl.DataFrame, used: pl.DataFrame, bom: pl.DataFrame) -> Iterator[Finding]:
    made = orders.filter(pl.col("kind") == "make").select("by_order", "start", "qty", parent="item")
    lines = made.join(bom, on="parent").filter(in_force("start"))
    without = orders.filter(pl.col("kind") == "make").join(lines, on="by_order", how="anti")
    yield finding(USAGE, NO_LINE, without.rename({"order": "subject"}))
    moved = orders.filter(pl.col("kind") == "transfer")
    needs = pl.concat(
        [
            lines.select("by_order", "component", need=pl.col("qty") * pl.col("per_one") + pl.col("per_order")),
            moved.select("by_order", component="item", need="qty"),
        ]
    )
    sides = pl.concat(
        [
            needs.with_columns(have=pl.lit(0.0)),
            used.join(orders, on="by_order", how="semi").with_columns(need=pl.lit(0.0)),
        ],
        how="diagonal",
    )
    key = pl.col("by_order").cast(pl.Int64) * case.items.height + pl.col("component")
    sums = sides.group_by(key.alias("key")).agg(
        pl.col("by_order").first(), pl.col("component").first(), pl.col("need").sum(), pl.col("have").sum()
    )
    step = looked_up(case.items["step"], "component")
    sums = sums.with_columns(want=(pl.col("need") / step - EPS).ceil() * step)
    wrong = sums.filter(differ(pl.col("want"), pl.col("have"), pl.col("want"))).sort("key")
    yield finding(
        USAGE,
        NOT_COVERED,
        wrong.select(
            "want",
            "have",
            subject=looked_up(case.orders["order"], "by_order"),
            component=case.item_codes.named("component"),
        ),
    )
