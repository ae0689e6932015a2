"""A factory's own history as weeks of use, and its bought items as parts."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.errors import DataError, Problem
from huoku.factory import Factory, decimals, unit_values
from huoku.factory.bom import positions
from huoku.language import Sentence
from huoku.sense.past_use import WEEK_DAYS, past_use, recorded
from huoku.simulate.parts import Floats, Parts

LEAST_WEEKS = 30
"""A shorter history has nothing to learn from and then to replay."""

TOO_SHORT = Sentence(
    "历史用量只有 {weeks} 周，回放至少要 {least} 周；请补上更早的记录",
    "the history covers {weeks} {weeks|week|weeks}; a replay needs at least {least}; add older records",
)
NOBODY = Sentence(
    "历史用量里没有可回放的外购物料：物料要有用量、有货源（sources）、有单价",
    "no bought item can be replayed: an item needs past use, a source and a price",
)


class Past(NamedTuple):
    """``use`` has shape (items, weeks), the oldest week first; the last one ended the day before today."""

    items: list[str]
    parts: Parts
    use: Floats
    left_out: int  # items with use but without a source or a price


def past_of(factory: Factory) -> Past:
    """The bought items that were ever used, by code, on the terms of the cheapest source valid today.

    A part without records takes what its parents used; four years are looked back at most.
    Raises DataError where the history is too short or no bought item is in it.
    """
    past = past_use(factory)
    oldest = recorded(factory)["age"].max()
    weeks = oldest // WEEK_DAYS if isinstance(oldest, int) else 0
    if weeks < LEAST_WEEKS:
        raise problem("short_history", TOO_SHORT, weeks=weeks, least=LEAST_WEEKS)
    # The weeks are counted back from today; the days before the oldest whole one are left out.
    use, was_used = past.weeks[:, -weeks:], np.asarray(past.weeks.any(axis=1))
    items = _terms(factory).join(factory.items.select("item").filter(was_used), on="item", how="semi").sort("item")
    if items.is_empty():
        raise problem("nothing_to_replay", NOBODY)
    left_out = int(was_used.sum()) - items.height
    return Past(items["item"].to_list(), _parts(items), use[positions(items["item"], factory.items["item"])], left_out)


def _terms(factory: Factory) -> pl.DataFrame:
    """One row for each item that can be bought at a price: the terms of its cheapest source."""
    today = factory.settings.today
    value = unit_values(factory).select("item", "unit_value")
    step = decimals(factory).select("item", step=10.0 ** -pl.col("decimals").cast(pl.Float64))
    return (
        factory.sources.filter(
            (pl.col("valid_from").is_null() | (pl.col("valid_from") <= today))
            & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= today))
        )
        .join(value, on="item")
        .join(step, on="item")
        .with_columns(cost=pl.coalesce(pl.col("price").cast(pl.Float64), "unit_value"))
        .filter(pl.col("cost") > 0)
        .sort("item", "cost", "priority", "supplier")
        .unique("item", keep="first", maintain_order=True)
    )


def _parts(items: pl.DataFrame) -> Parts:
    def column(name: str) -> Floats:
        return items[name].cast(pl.Float64).to_numpy()

    step, multiple = column("step"), column("multiple")
    return Parts(
        unit_cost=column("cost"),
        moq=column("moq"),
        order_multiple=np.where(multiple > 0, multiple, step),
        order_cost=column("order_fee"),
        lead=np.ceil(column("lead_time_days") / WEEK_DAYS).astype(np.int64),
    )


def problem(rule: str, sentence: Sentence, **fields: object) -> DataError:
    """The table of past use cannot be replayed."""
    return DataError([Problem("error", rule, sentence, table="history", fields=fields)])
