"""What the few customers of an item will take, mixed with what the item's own past foretells.

The item's past alone sees only that weeks with use become rare. Its customers tell more: the only one has been silent
for three of its intervals, or it is one of two that order twice a year and is due next month. How much they tell is
not believed but measured: the weight of the mixture (a linear pool, Stone 1961) is the one under which forecasts of the
past had the least pinball loss.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from huoku.factory import Factory
from huoku.factory.bom import Tree
from huoku.sense.customers.rhythm import Known, Rhythm
from huoku.sense.customers.streams import OTHERS, Streams, streams
from huoku.sense.demand.compound import POINTS, compound_in_groups, on_lattice
from huoku.sense.demand.hits_and_sizes import HitsAndSizes, is_whole
from huoku.sense.demand.rolling import LEVELS, Trial, log_pinball, trials
from huoku.sense.demand.sizes import SizePrior, moments_of_sizes, sizes_to_come
from huoku.sense.demand.spread import Amounts
from huoku.sense.demand.traits import Traits
from huoku.sense.past_use import WEEK_DAYS
from huoku.sense.use import Use

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

AHEAD = 52
"""The weight is chosen for forecasts over a year, or a third of the history where that is shorter."""
WEIGHTS = (0.0, 0.25, 0.5, 0.75, 0.9)
"""Never 1: that a new customer comes, or one that had left, only the item's own past can tell."""
EVEN = 0.5
"""Customers and the item's own past count alike where fewer than ``ENOUGH`` items could tell which foretells better."""
ENOUGH = 10
TRIED = 400
"""So many items are tried at most, taken evenly from all by their names."""


@dataclass(frozen=True, slots=True)
class ByCustomers:
    """The items that few customers explain, and what is known of these.

    ``items``: rows of the table of items; ``group`` (streams,): which of them each stream is of, rising.
    ``weight``: what the customers count in the mixture, from 0 to 1.
    """

    items: Ints
    streams: Streams
    group: Ints
    rhythm: Rhythm
    known: Known
    prior: SizePrior
    traits: Traits
    weight: float

    def mixed_amounts(self, own: Amounts, weeks: Ints) -> Amounts:
        """The use of each item over its next ``weeks`` (items of the factory,); ``own``: as its past foretells it."""
        theirs = _foretold(self.streams.use, self.group, self._orders(weeks), self.prior, self.traits)
        mine = Amounts(own.values[self.items], own.chances[self.items])
        mixed = _pooled(*_alike(mine, theirs), self.weight)
        values, chances = own.values.copy(), own.chances.copy()
        values[self.items], chances[self.items] = mixed.values, mixed.chances
        return Amounts(values, chances)

    def mixed_odds(self, own: Floats, weeks: Ints) -> Floats:
        """The same for the chance of any use; shape (items of the factory,)."""
        none = np.multiply.reduceat(self.rhythm.odds_of_none(self.known, weeks[self._item]), self._first)
        odds = own.copy()
        odds[self.items] = self.weight * (1.0 - none) + (1.0 - self.weight) * own[self.items]
        return odds

    def mixed_use(self, own: Use, weeks: int) -> Use:
        """The same for the use of the ``items`` over so many weeks, where moments of it are enough."""
        orders = self.rhythm.orders_to_come(self.known, np.full(len(self.group), weeks))
        count = np.arange(orders.shape[1])
        size, size_square = moments_of_sizes(self.streams.use, self.prior, self.traits)
        often, often_square = orders @ count, orders @ count**2
        mean = often * size
        variance = often * (size_square - size**2) + (often_square - often**2) * size**2
        total = np.add.reduceat(mean, self._first)
        square = np.add.reduceat(variance, self._first) + total**2
        theirs = Use(1.0 - np.multiply.reduceat(orders[:, 0], self._first), total, square)
        return Use(*(self.weight * a + (1.0 - self.weight) * b for a, b in zip(theirs, own, strict=True)))

    def largest(self, names: pl.Series) -> pl.DataFrame:
        """Who took most of each item, for people; ``names``: of all items.

        Columns: item; customer; silent_days, since its last order; interval_days, the mean between its orders (empty
        for a single one); odds_active: that any customer of the item still orders.
        """
        took = np.where(self.streams.customer == OTHERS, 0.0, self.streams.use.sum(axis=1))
        row = np.lexsort((-took, self.group))[self._first]
        ordered = self.streams.use[row] > 0
        silent = np.argmax(ordered[:, ::-1], axis=1)
        weeks, orders = ordered.shape[1] - silent - np.argmax(ordered, axis=1) - 1, ordered.sum(axis=1)
        return pl.DataFrame(
            {
                "item": names[self.items],
                "customer": self.streams.names[self.streams.customer[row]],
                "silent_days": silent * WEEK_DAYS,
                "interval_days": np.where(orders > 1, weeks * WEEK_DAYS / np.maximum(orders - 1, 1), np.nan),
                "odds_active": 1.0 - np.multiply.reduceat(1.0 - self.known.odds_active, self._first),
            }
        ).with_columns(pl.col("interval_days").fill_nan(None))

    @property
    def _item(self) -> Ints:
        return self.streams.item

    @property
    def _first(self) -> Ints:
        return _first_of(self.group)

    def _orders(self, weeks: Ints) -> Floats:
        return self.rhythm.orders_to_come(self.known, weeks[self._item])


def by_customers(
    factory: Factory, structure: Tree, weeks: Floats, method: HitsAndSizes, traits: Traits
) -> ByCustomers | None:
    """What is known of customers; None where the history names none, or too many for each item.

    ``weeks`` (items, weeks): the past use of all items; ``method``: what foretells it, ``traits``: of all items.
    """
    if factory.history["customer"].null_count() == factory.history.height:
        return None
    found = streams(factory, structure, weeks)
    if not len(found.item):
        return None
    group = np.cumsum(np.r_[0, np.diff(found.item) != 0])
    items, ordered = found.item[_first_of(group)], found.use > 0
    rhythm = Rhythm.learn(ordered)
    return ByCustomers(
        items=items,
        streams=found,
        group=group,
        rhythm=rhythm,
        known=rhythm.state(ordered),
        prior=_of_customers(method.sizes),
        traits=traits.of(found.item),
        weight=weight_of_customers(found.use, group, method, traits.of(items)),
    )


def weight_of_customers(use: Floats, group: Ints, method: HitsAndSizes, traits: Traits) -> float:
    """What customers should count beside their items' past: with the least loss at several moments of the past.

    ``use`` (streams, weeks) with the item of each in ``group``; ``traits``: of the items. What is usual among
    customers is learnt from what lay before the first of these moments. Each item counts alike: by money a few dear
    ones would decide for all.
    """
    use, group, traits = _sample(use, group, traits)
    first = _first_of(group)
    tried = trials(np.add.reduceat(use, first, axis=0), Traits(None, traits.family), AHEAD)
    known = use[:, : tried[0].past.shape[1]] > 0 if tried else np.zeros((0, 0), np.bool_)
    if np.unique(group[known.any(axis=1)]).size < ENOUGH:
        return EVEN
    rhythm = Rhythm.learn(known[known.any(axis=1)])
    told = [_both(trial, use, group, method, rhythm) for trial in tried]
    cases, both = [trial for trial, _, _ in told], [_alike(mine, theirs) for _, mine, theirs in told]

    def loss(weight: float) -> float:
        return log_pinball([_pooled(mine, theirs, weight).quantile(LEVELS) for mine, theirs in both], cases)

    return min(WEIGHTS, key=loss)


def _sample(use: Floats, group: Ints, traits: Traits) -> tuple[Floats, Ints, Traits]:
    """The streams of at most ``TRIED`` items, these numbered anew."""
    items = int(group[-1]) + 1
    if items <= TRIED:
        return use, group, traits
    taken = np.linspace(0, items - 1, TRIED).astype(int)
    mine = np.isin(group, taken)
    return use[mine], np.searchsorted(taken, group[mine]), traits.of(taken)


def _both(
    trial: Trial, use: Floats, group: Ints, method: HitsAndSizes, rhythm: Rhythm
) -> tuple[Trial, Amounts, Amounts]:
    """What was foretold at that moment from the past of the items and from their customers, where there were any."""
    past = use[:, : trial.past.shape[1]]
    begun = (past > 0).any(axis=1)
    items, group = np.unique(group[begun], return_inverse=True)
    of_items = trial.past[items], trial.came[items], trial.ahead, trial.traits.of(items), trial.weight[items]
    trial, past = Trial(*of_items), past[begun]
    orders = rhythm.orders_to_come(rhythm.state(past > 0), np.full(len(past), trial.ahead))
    theirs = _foretold(past, group, orders, _of_customers(method.sizes), trial.traits.of(group))
    return trial, method.fit(trial.past, trial.traits).over(trial.ahead), theirs


def _foretold(use: Floats, group: Ints, orders: Floats, prior: SizePrior, traits: Traits) -> Amounts:
    """What the customers of each group take together; ``traits``: of the item of each stream."""
    sizes = sizes_to_come(use, prior, traits)
    return compound_in_groups(orders, sizes, np.logical_and.reduceat(is_whole(use), _first_of(group)), group)


def _alike(own: Amounts, theirs: Amounts) -> tuple[Amounts, Amounts]:
    """Both on the wider of their lattices."""
    step = np.maximum(own.values[:, 1], theirs.values[:, 1])
    values = step[:, None] * np.arange(POINTS, dtype=np.float64)
    return Amounts(values, _on_steps(own, step)), Amounts(values, _on_steps(theirs, step))


def _on_steps(amounts: Amounts, step: Floats) -> Floats:
    """The chances of 0, 1, 2 ... of these steps; what has them already stays."""
    other = np.flatnonzero(amounts.values[:, 1] != step)
    row, chances = np.repeat(np.arange(other.size), POINTS), amounts.chances.copy()
    chances[other] = on_lattice(amounts.values[other].ravel(), amounts.chances[other].ravel(), row, step[other])
    return chances


def _pooled(own: Amounts, theirs: Amounts, weight: float) -> Amounts:
    """On one lattice: the one with the chance ``weight``, else the other."""
    return Amounts(own.values, weight * theirs.chances + (1.0 - weight) * own.chances)


def _of_customers(prior: SizePrior) -> SizePrior:
    """The same, but how much a customer orders at a time is not drawn towards what is usual for parts."""
    return prior.with_("pull", 0.0)


def _first_of(group: Ints) -> Ints:
    return np.flatnonzero(np.r_[True, np.diff(group) > 0])
