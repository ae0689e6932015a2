"""What customers tell of an item's future use, in made-up worlds: python3 benchmarks/customers.py

No public history names customers, so these are played: 400 parts of one to three customers each, two years known, one
year to come. In the first world customers order at intervals of their own and leave one day; in the second the same
without any rhythm; in the third names mean nothing: whoever orders is drawn for each order. Told are the weight that
the past gave to customers, and beside the part's own past alone: the pinball loss of a year's use at .9 / .95 / .99,
the Brier score of "used within 26 weeks", and that of the parts that have been idle for half a year.
"""

import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from huoku.sense.customers.by_customers import ByCustomers, weight_of_customers
from huoku.sense.customers.rhythm import Rhythm
from huoku.sense.customers.streams import Streams
from huoku.sense.demand import HitsAndSizes, Traits
from huoku.sense.demand.scores import brier, pinball
from huoku.sense.outlook import learnt_from

PARTS, KNOWN, YEAR, HALF_YEAR = 400, 104, 52, 26
LEVELS = (0.9, 0.95, 0.99)
LINE = "{:<36}{:>8}{:>24}{:>10}{:>12}{:>8}"
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class World(NamedTuple):
    """``use`` (streams, weeks known and to come), and the part of each stream."""

    name: str
    use: Floats
    part: Ints


def played(name: str, shape: float, leaves: float, *, is_named: bool, seed: int) -> World:
    """Customers at gamma distributed intervals of this shape, who leave with this chance after an order."""
    chance = np.random.default_rng(seed)
    part = np.repeat(np.arange(PARTS), chance.integers(1, 4, PARTS))
    mean = np.exp(chance.normal(np.log(13.0), 0.6, len(part)))
    size = np.exp(chance.normal(3.0, 1.0, PARTS))[part]
    use = np.zeros((len(part), KNOWN + YEAR))
    for stream, interval in enumerate(mean):
        at = chance.uniform(0.0, interval) - KNOWN * chance.integers(0, 2)
        while at < KNOWN + YEAR:
            if at >= 0:
                use[stream, int(at)] += np.ceil(size[stream] * chance.uniform(0.5, 1.5))
            at = at + chance.gamma(shape, interval / shape) if chance.random() >= leaves else np.inf
    if not is_named:
        row, week = np.nonzero(use)
        first, count = np.searchsorted(part, part[row]), np.bincount(part)[part[row]]
        drawn = np.zeros_like(use)
        np.add.at(drawn, (first + chance.integers(0, count), week), use[row, week])
        use = drawn
    seen = (use[:, :KNOWN] > 0).any(axis=1)
    use = use[seen]
    return World(name, use, np.unique(part[seen], return_inverse=True)[1])


def with_customers(world: World, method: HitsAndSizes, traits: Traits) -> ByCustomers:
    known = world.use[:, :KNOWN]
    rhythm = Rhythm.learn(known > 0)
    return ByCustomers(
        items=np.unique(world.part),
        streams=Streams(world.part, np.zeros_like(world.part), known, names=None),
        group=world.part,
        rhythm=rhythm,
        known=rhythm.state(known > 0),
        prior=method.sizes.with_("pull", 0.0),
        traits=traits.of(world.part),
        weight=weight_of_customers(known, world.part, method, traits),
    )


def report(world: World) -> None:
    parts = int(world.part.max()) + 1
    use = np.zeros((parts, KNOWN + YEAR))
    np.add.at(use, world.part, world.use)
    past, coming = use[:, :KNOWN], use[:, KNOWN:]
    traits = Traits(np.ones(parts))
    method = learnt_from(past, traits)
    begun = time.process_time()
    told = with_customers(world, method, traits)
    seconds = time.process_time() - begun
    own, weeks = method.fit(past, traits), np.full(parts, YEAR)
    used, is_idle = coming[:, :HALF_YEAR].any(axis=1), ~past[:, -HALF_YEAR:].any(axis=1)
    weight = 1.0 / past.mean(axis=1)

    def row(name: str, spread: Floats, odds: Floats, weighs: str, took: str) -> None:
        loss = weight @ pinball(spread, coming.sum(axis=1), LEVELS) / parts
        idle = brier(odds[is_idle], used[is_idle])
        figures = " / ".join(f"{each:.2f}" for each in loss)
        print(LINE.format(name, weighs, figures, f"{brier(odds, used):.4f}", f"{idle:.4f}", took))

    print(f"{world.name}: {parts} parts, {len(world.use)} customers, {is_idle.sum()} idle, {used.mean():.0%} used")
    alone, odds = own.over(weeks), own.odds_of_use(HALF_YEAR)
    row("  the part's own past", alone.quantile(LEVELS), odds, "", "")
    mixed, mixed_odds = told.mixed_amounts(alone, weeks), told.mixed_odds(odds, np.full(parts, HALF_YEAR))
    row("  with its customers", mixed.quantile(LEVELS), mixed_odds, f"{told.weight:g}", f"{seconds:.1f}")


def main() -> None:
    print(LINE.format("", "weight", "pinball", "Brier", "of idle", "CPU s"))
    report(played("regular, leaving", 12.0, 0.08, is_named=True, seed=1))
    report(played("at random, leaving", 1.0, 0.08, is_named=True, seed=2))
    report(played("names without meaning", 1.0, 0.0, is_named=False, seed=3))


if __name__ == "__main__":
    main()
