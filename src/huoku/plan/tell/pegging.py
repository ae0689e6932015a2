"""Each demand's tree flattened: what it takes on each level, down to stock, supplies and bought parts."""

import polars as pl


def pegging(usage: pl.DataFrame, demand: str | None = None) -> pl.DataFrame:
    """The table ``pegging``: demand, level, item, source_kind, source, location, qty, date.

    ``usage``: the table of that name. ``demand``: the tree of that one alone. Level 1 is what the demand itself
    takes. An order that serves several consumers passes its components on in proportion to what each takes of it, so
    quantities may be fractions, and its leftover is nobody's.
    """
    asked = pl.col("consumer_kind") == "demand"
    if demand is not None:
        asked &= pl.col("consumer") == demand
        usage = _beneath(usage, demand)
    columns = ["demand", "level", "item", "source_kind", "source", "location", "qty", "date"]
    front = usage.filter(asked).rename({"consumer": "demand"}).with_columns(level=pl.lit(1, pl.Int64)).select(columns)
    by_order = usage.filter(pl.col("consumer_kind") == "order")
    taken = usage.filter(pl.col("source_kind") == "order").group_by("source").agg(taken=pl.col("qty").sum())
    levels = [front]
    while front.height:
        share = (
            front.filter(pl.col("source_kind") == "order")
            .group_by("demand", "source", "level", maintain_order=True)
            .agg(pl.col("qty").sum())
            .join(taken, on="source", maintain_order="left")
            .select("demand", "level", order="source", share=pl.col("qty") / pl.col("taken"))
        )
        front = (
            share.join(by_order.rename({"consumer": "order"}), on="order", maintain_order="left_right")
            .with_columns(qty=pl.col("qty") * pl.col("share"), level=pl.col("level") + 1)
            .select(columns)
        )
        levels.append(front)
    return pl.concat(levels).sort("demand", "level", "item", "date", maintain_order=True)


def _beneath(usage: pl.DataFrame, demand: str) -> pl.DataFrame:
    """The rows of all that feeds one demand, and of all else that takes of the same orders; in their order."""
    by_order = (pl.col("consumer_kind") == "order", pl.col("source_kind") == "order")
    asked = (pl.col("consumer_kind") == "demand") & (pl.col("consumer") == demand)
    found = reached = usage.filter(asked & by_order[1])["source"].unique()
    while found.len():
        below = usage.filter(by_order[0] & by_order[1] & pl.col("consumer").is_in(found.implode()))["source"].unique()
        found = below.filter(~below.is_in(reached.implode()))
        reached = pl.concat([reached, found])
    names = reached.implode()
    takes = by_order[0] & pl.col("consumer").is_in(names)
    return usage.filter(asked | takes | (by_order[1] & pl.col("source").is_in(names)))
