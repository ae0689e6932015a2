"""Which customers an item's past use went to, week by week: its own records, or what its parents' customers took."""

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from huoku.factory import Factory
from huoku.factory.bom import Tree, positions
from huoku.sense.past_use import WEEK_DAYS, recorded, still_taken

FEW = 5
"""So many customers of an item are looked at one by one, the largest; the others together count as one more."""
MOST = 0.8
"""An item is explained by them if they took so much of its use."""
NEARLY = 1.25
"""What customers took through the products may be more than the part's own records by so much, or so much less."""
OTHERS = 0
"""The number of all other customers together, and of use without a name."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Streams(NamedTuple):
    """The use of each item that few customers explain, one stream a customer; all of them add up to the item's use."""

    item: Ints  # (streams,): rows of the table of items
    customer: Ints  # (streams,): rows of ``names``
    use: Floats  # (streams, weeks), the oldest week first, the last one ends the day before today
    names: pl.Series  # the customers; at ``OTHERS`` stands an empty name

    def of(self, rows: NDArray[np.bool_] | Ints) -> "Streams":
        """Some of the streams."""
        return Streams(self.item[rows], self.customer[rows], self.use[rows], self.names)


def streams(factory: Factory, structure: Tree, weeks: Floats) -> Streams:
    """The streams of all items that at most ``FEW`` customers explain, by the names of items and customers.

    An item that is recorded with customers has its own; any other has those of its parents, through all levels, if
    they make up its use. ``weeks`` (items, weeks): the past use of all items.
    """
    own = _recorded_streams(factory, weeks.shape[1])
    total = weeks.sum(axis=1)
    is_named = np.zeros(len(total), np.bool_)
    is_named[own.item] = True
    taken, pool = still_taken(factory, structure), own
    for lines in structure.downwards():
        above = _explained(pool.of(np.isin(pool.item, structure.parent[lines])), total)
        lines = lines[~is_named[structure.component[lines]]]
        line, stream = _pairs(structure.parent[lines], above.item)
        pool = Streams(
            np.concatenate((pool.item, structure.component[lines[line]])),
            np.concatenate((pool.customer, above.customer[stream])),
            np.concatenate((pool.use, taken[lines[line], None] * above.use[stream])),
            own.names,
        )
    found = _explained(pool, total)
    by_name = factory.items["item"].rank("ordinal").to_numpy()
    return found.of(np.lexsort((found.customer, by_name[found.item])))


def _recorded_streams(factory: Factory, weeks: int) -> Streams:
    """The streams of the items that are recorded with customers."""
    past = recorded(factory)
    names = pl.concat([pl.Series([""]), past["customer"].drop_nulls().unique().sort()])
    past = past.filter(pl.col("customer").is_not_null().any().over("item"))
    item, qty = positions(past["item"], factory.items["item"]), past["qty"].to_numpy()
    customer = np.maximum(positions(past["customer"].fill_null(""), names), OTHERS)
    back = (past["age"].to_numpy() - 1) // WEEK_DAYS
    order = np.lexsort((qty, back, customer, item))
    pairs, row = np.unique(np.column_stack((item, customer))[order], axis=0, return_inverse=True)
    use = np.zeros((len(pairs), weeks))
    np.add.at(use, (row, weeks - 1 - back[order]), qty[order])
    return Streams(pairs[:, 0], pairs[:, 1], use, names)


def _pairs(parent: Ints, item: Ints) -> tuple[Ints, Ints]:
    """Every line with every stream of its parent; the streams are sorted by item."""
    first, last = np.searchsorted(item, parent, "left"), np.searchsorted(item, parent, "right")
    count = last - first
    line = np.repeat(np.arange(len(parent)), count)
    return line, np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())


def _explained(pool: Streams, total: Floats) -> Streams:
    """The items that few customers explain, with the largest customers and all others as one; sorted by item."""
    merged = _merged(pool)
    of_item = np.bincount(merged.item, merged.use.sum(axis=1), len(total))
    share = _large(merged)
    covered = np.divide(of_item, total, out=np.zeros_like(total), where=total > 0)
    explained = np.bincount(merged.item, share, len(total)) >= MOST
    explained &= (covered >= 1.0 / NEARLY) & (covered <= NEARLY)
    merged = Streams(merged.item, np.where(share > 0, merged.customer, OTHERS), merged.use, merged.names)
    kept = _merged(merged.of(explained[merged.item]))
    return kept._replace(use=kept.use / covered[kept.item, None])


def _large(merged: Streams) -> Floats:
    """The share of its item that each of the ``FEW`` largest customers took; 0 for all others."""
    took = np.where(merged.customer == OTHERS, 0.0, merged.use.sum(axis=1))
    of_item = np.bincount(merged.item, merged.use.sum(axis=1))
    order = np.lexsort((merged.customer, -took, merged.item))
    rank = np.arange(len(order)) - np.searchsorted(merged.item, merged.item[order], "left")
    is_large = np.zeros(len(order), np.bool_)
    is_large[order] = rank < FEW
    return np.where(is_large, took / of_item[merged.item], 0.0)


def _merged(pool: Streams) -> Streams:
    """Streams of one item and customer as one, sorted by item and customer."""
    if not len(pool.item):
        return pool
    order = np.lexsort((pool.use.sum(axis=1), pool.customer, pool.item))
    item, customer = pool.item[order], pool.customer[order]
    first = np.flatnonzero(np.r_[True, (np.diff(item) != 0) | (np.diff(customer) != 0)])
    return Streams(item[first], customer[first], np.add.reduceat(pool.use[order], first, axis=0), pool.names)
