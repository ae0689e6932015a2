"""A need as the options are weighed: its offers, what its units are worth, and what past use says of the rest."""

import polars as pl

from huoku.buy.options import Case as Need
from huoku.buy.options import FutureUse, no_use, use_of_odds
from huoku.factory import Factory
from huoku.plan.buying.wanted import Wanted
from huoku.plan.model.build import Case
from huoku.plan.model.numbers import epoch_day
from huoku.sense.future_use import chance_of_use, expected_use_curve, use_of_each_item


def need_of(case: Case, wanted: Wanted) -> Need:
    """The need in steps, money and days. What is used later saves the cheapest price, as in the plan's own money."""
    worth = case.model.worth
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
        use=use_of_history(case.factory, wanted),
    )


def use_of_history(factory: Factory, wanted: Wanted) -> FutureUse:
    """How much may be used in a year, from the item's own history; nothing where there is none."""
    found = use_of_each_item(factory.history.filter(pl.col("item") == wanted.item), epoch_day(factory))
    if found.is_empty():
        return no_use()
    _, _, mean, variance = found.row(0)
    at, _ = expected_use_curve(mean, variance)
    return use_of_odds(at * wanted.per_unit, chance_of_use(at, mean, variance))
