"""How much of each item was used in each week of the past; of a part without records, what its parents took."""

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from huoku.factory import Factory
from huoku.factory.bom import Tree, positions, tree
from huoku.factory.facts import per_parent

WEEK_DAYS = 7
LONGEST_WEEKS = 208
"""What is older than four years is left out."""

Floats = NDArray[np.float64]


class PastUse(NamedTuple):
    """Rows are the rows of the table of items; the last week ends the day before today."""

    weeks: Floats  # (items, weeks or periods), the oldest first; one without use where the factory has no history
    is_recorded: NDArray[np.bool_]  # (items,): from the item's own history, not from its parents'


def past_use(factory: Factory) -> PastUse:
    """The past of all items from the table ``history``, week by week.

    An item without a row there takes what its parents used, by today's and tomorrow's BOM and over all levels; so a
    new part of an old product has a past. The first week is that of the oldest record of the whole factory.
    """
    return in_periods(factory, tree(factory.items, factory.bom), 1)


def in_periods(factory: Factory, structure: Tree, weeks: int) -> PastUse:
    """The same in periods of so many ``weeks``, the last of which ends the day before today."""
    names, past = factory.items["item"], recorded(factory)
    is_recorded = np.zeros(len(names), np.bool_)
    if past.is_empty():
        return PastUse(np.zeros((len(names), 1)), is_recorded)
    back = (past["age"].to_numpy() - 1) // (WEEK_DAYS * weeks)
    use = np.zeros((len(names), int(back.max()) + 1))
    item, qty = positions(past["item"], names), past["qty"].to_numpy()
    # By size, so that the sums do not depend on the order of rows.
    order = np.lexsort((qty, back, item))
    np.add.at(use, (item[order], use.shape[1] - 1 - back[order]), qty[order])
    is_recorded[item] = True
    return PastUse(_with_parents(use, is_recorded, structure, still_taken(factory, structure)), is_recorded)


def recorded(factory: Factory) -> pl.DataFrame:
    """What the history has of the last four years before today: item, customer, qty, age (days)."""
    age = (pl.lit(factory.settings.today) - pl.col("date")).dt.total_days()
    return factory.history.select("item", "customer", qty=pl.col("qty").cast(pl.Float64), age=age).filter(
        (pl.col("age") > 0) & (pl.col("age") <= LONGEST_WEEKS * WEEK_DAYS) & (pl.col("qty") > 0)
    )


def still_taken(factory: Factory, structure: Tree) -> Floats:
    """By line of the tree: what one parent takes with its scrap; 0 where the line has ended before today."""
    ended = (factory.bom["valid_to"] < factory.settings.today).fill_null(False).to_numpy()
    return np.where(ended[structure.line], 0.0, per_parent(structure, factory.bom))


def _with_parents(weeks: Floats, is_recorded: NDArray[np.bool_], structure: Tree, taken: Floats) -> Floats:
    complete = weeks.copy()
    for lines in structure.downwards():
        lines = lines[~is_recorded[structure.component[lines]]]
        lines = lines[np.lexsort((taken[lines], structure.parent[lines], structure.component[lines]))]
        np.add.at(complete, structure.component[lines], taken[lines, None] * complete[structure.parent[lines]])
    return complete
