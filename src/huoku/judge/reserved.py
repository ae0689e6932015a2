"""Rule 6: stock under a reservation is used for its demand alone, directly or through orders that end in it."""

from collections.abc import Iterator

import polars as pl

from huoku.judge.balance import available_lots
from huoku.judge.case import Case, tolerance
from huoku.judge.codes import Codes, looked_up
from huoku.judge.verdict import Finding, finding
from huoku.language import Sentence

RESERVED = "6 reserved"
TAKEN = Sentence(
    zh="{location} 的 {subject}：库存 {on_hand:g}，已为 {holder} 预留 {reserved:g}，别的需求却用了 {others:g}",
    en="{subject} at {location}: others use {others:g} of {on_hand:g}, {reserved:g} are reserved for {holder}",
)
ALL_HOLDERS = "*"


def broken_reservations(case: Case, usage: pl.DataFrame) -> Iterator[Finding]:
    """What others take must leave what is reserved: for each holder, and for all holders together.

    A reservation that names a lot holds within that lot, and in the item's stock at the place.
    """
    held = case.coded("reservations", places=("location",)).with_columns(
        place="location",
        holder=Codes(case.demands["demand"]).of("demand"),
        lot=pl.when(pl.col("lot").is_not_null()).then(case.lots.of(pl.col("lot").fill_null(""))),
    )
    if held.is_empty():
        return
    ends = _ends(usage, held["holder"].unique())
    drawn = usage.filter("from_stock").select("row", "item", "place", "lot", "qty", "by_order", "by_demand")
    lots = available_lots(case)
    for scope in (["item", "place"], ["item", "place", "lot"]):
        within = held.filter(pl.col("lot").is_not_null()) if "lot" in scope else held
        yield from _taken(case, scope, within, drawn, lots, ends)


def _ends(usage: pl.DataFrame, holders: pl.Series) -> pl.DataFrame:
    """Pairs of order and holder: all that the order's output goes to, perhaps through other orders, is the holder."""
    pegs = usage.filter(pl.col("from_order").is_not_null())
    found = (
        pegs.filter(pl.col("by_demand").is_in(holders.implode()))
        .select(order="from_order", holder="by_demand")
        .unique()
    )
    feeds = pegs.filter(pl.col("by_order").is_not_null()).select(order="by_order", giver="from_order").unique()
    newest = found
    while newest.height:
        deeper = newest.join(feeds, on="order").select(order="giver", holder="holder").unique()
        newest = deeper.join(found, on=["order", "holder"], how="anti")
        found = pl.concat([found, newest])
    return _alone(found, pegs)


def _alone(ends: pl.DataFrame, pegs: pl.DataFrame) -> pl.DataFrame:
    """Without the orders that feed somebody else as well, and what feeds those."""
    takers = pegs.select("by_order", "by_demand", order="from_order").join(ends, on="order", how="semi")
    while True:
        feeding = ends.join(takers, on="order").filter(pl.col("by_demand").ne_missing(pl.col("holder")))
        strangers = feeding.join(ends.rename({"order": "by_order"}), on=["by_order", "holder"], how="anti")
        if strangers.is_empty():
            return ends
        ends = ends.join(strangers, on=["order", "holder"], how="anti")


def _taken(
    case: Case, scope: list[str], held: pl.DataFrame, drawn: pl.DataFrame, lots: pl.DataFrame, ends: pl.DataFrame
) -> Iterator[Finding]:
    """Where others take too much. Each holder is a group of its own, and all holders of the same stock are one more."""
    held = held.group_by([*scope, "holder"], maintain_order=True).agg(pl.col("qty").sum())
    everybody = pl.lit(case.demands.height, pl.UInt32)
    shared = held.filter(pl.len().over(scope) > 1)
    groups = pl.concat([held.with_columns(group="holder"), shared.with_columns(group=everybody)])
    rows = drawn.join(held, on=scope, how="semi")
    rights = pl.concat(
        [
            rows.filter(pl.col("by_demand").is_not_null()).select("row", "qty", *scope, holder="by_demand"),
            rows.join(ends, left_on="by_order", right_on="order").select("row", "qty", *scope, "holder"),
        ]
    )
    rights = rights.join(groups.drop("qty"), on=[*scope, "holder"]).unique(["row", "group"])
    sums = groups.group_by([*scope, "group"], maintain_order=True).agg(reserved=pl.col("qty").sum())
    for more, on in (
        (rights.group_by([*scope, "group"]).agg(own=pl.col("qty").sum()), [*scope, "group"]),
        (rows.group_by(scope).agg(used=pl.col("qty").sum()), scope),
        (lots.group_by(scope).agg(on_hand=pl.col("qty").sum()), scope),
    ):
        sums = sums.join(more, on=on, how="left", maintain_order="left")
    sums = sums.with_columns(pl.col("own", "used", "on_hand").fill_null(0.0))
    sums = sums.with_columns(others=pl.col("used") - pl.col("own"))
    # Where more is reserved than there is, one holder goes without: then all holders are one.
    total = held.group_by(scope).agg(total=pl.col("qty").sum())
    sums = sums.join(total, on=scope, how="left", maintain_order="left")
    sums = sums.filter((pl.col("total") <= pl.col("on_hand")) | (pl.col("reserved") == pl.col("total")))
    free = (pl.col("on_hand") - pl.col("reserved")).clip(0.0)
    holders = pl.concat([case.demands["demand"], pl.Series([ALL_HOLDERS])])
    yield finding(
        RESERVED,
        TAKEN,
        sums.filter(pl.col("others") > free + tolerance(pl.col("others"))).select(
            "others",
            "on_hand",
            "reserved",
            subject=case.item_codes.named("item"),
            location=case.places.named("place"),
            holder=looked_up(holders, "group"),
        ),
    )
