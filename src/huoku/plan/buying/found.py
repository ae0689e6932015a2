"""Options that stand in other tables: stock of substitutes, the next need, other purchases of the vendor."""

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from huoku.buy.options import Later, Possible, StandIn
from huoku.plan.buying.joined import joined_with
from huoku.plan.buying.wanted import Wanted, purchases
from huoku.plan.model.build import Case

if TYPE_CHECKING:
    from huoku.plan.plan import Plan


def found_in(plan: "Plan", case: Case, wanted: Wanted) -> Possible:
    """What the plan knows to be possible besides the item's own offers."""
    return Possible(
        stand_ins=tuple(_stand_ins(plan, wanted)),
        later=tuple(_later(plan, wanted)),
        joined=tuple(joined_with(plan, case, wanted)),
    )


def _stand_ins(plan: "Plan", wanted: Wanted) -> list[StandIn]:
    """Substitutes of which something is left over on the last day; each is worth what it will expectedly fetch."""
    rows = plan.factory.substitutes.filter((pl.col("item") == wanted.item) & pl.col("parent").is_null())
    left = plan.leftovers.group_by("item").agg(
        pl.col("qty").sum(), worth=(pl.col("value") - pl.col("expected_loss")).sum() / pl.col("qty").sum()
    )
    ratio = pl.col("ratio").cast(pl.Float64)
    found = rows.select("substitute", ratio=ratio).join(left, left_on="substitute", right_on="item").sort("substitute")
    # The options count the item in its smallest steps, the substitute in its own unit.
    return [
        StandIn(name, available, ratio / wanted.per_unit, worth)
        for name, ratio, available, worth in found.select("substitute", "ratio", "qty", "worth").iter_rows()
    ]


def _later(plan: "Plan", wanted: Wanted) -> list[Later]:
    """The next planned purchase of the item: a need that the plan counts on."""
    today = plan.factory.settings.today
    after = purchases(plan, wanted.item).filter(~pl.col("order").is_in(wanted.orders))
    days = (after["due"].to_numpy() - np.datetime64(today)).astype("timedelta64[D]").astype(np.int64)
    return [
        Later(round(qty * wanted.per_unit), int(day), 1.0, order)
        for qty, order, day in zip(after["needed_qty"], after["order"], days, strict=True)
        if day > wanted.day
    ][:1]
