"""A need as the options are weighed: with the planner's own terms, its futures, and what its units are worth."""

import numpy as np
import polars as pl

from huoku.buy.leftover import Worth
from huoku.buy.options import Case as Need
from huoku.buy.options import FutureUse, no_use
from huoku.plan.buying.wanted import Wanted
from huoku.plan.model.build import Case


def need_of(case: Case, wanted: Wanted, leftovers: pl.DataFrame) -> Need:
    """The need in steps, money and days, exactly as the plan reckons it.

    ``leftovers``: of the plan; what of the item is left by other than the purchases that are asked about is spare.
    """
    worth = case.model.worth
    others = leftovers.filter((pl.col("item") == wanted.item) & ~pl.col("cause").is_in(wanted.orders))
    return Need(
        need=wanted.steps,
        due=wanted.day,
        terms=case.model.terms,
        item=wanted.number,
        value=float(worth.value[wanted.number]),
        salvage=float(worth.salvage[wanted.number]),
        holding=float(worth.holding[wanted.number]) * 365.0,
        late=wanted.late,
        forgone=wanted.forgone,
        use=futures_of(worth, wanted.number),
        kept=float(max(0, case.model.horizon - wanted.last_need)),
        spare=float(round(float(others["qty"].sum()) * wanted.per_unit)),
    )


def futures_of(worth: Worth, item: int) -> FutureUse:
    """The futures that the planner reckons an item's leftovers with."""
    rows = slice(int(worth.first[item]), int(worth.first[item + 1]))
    amount = worth.amount[rows]
    return FutureUse(amount, worth.chance[rows], np.zeros(amount.size)) if amount.size else no_use()
