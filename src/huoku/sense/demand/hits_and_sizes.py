"""Use as hits and sizes: how often something is used, and how much at a time, each learnt apart."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand.activity import Activity
from huoku.sense.demand.compound import compound
from huoku.sense.demand.method import Periods, for_each
from huoku.sense.demand.rolling import LEVELS, SERIES, Trial, log_pinball, sample, trials
from huoku.sense.demand.sizes import SizePrior, Sizes, learn_sizes, sizes_to_come
from huoku.sense.demand.spread import Amounts, Floats, Ints
from huoku.sense.demand.traits import NOTHING_KNOWN, Traits

CHOICES: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("weight", (1.0, 4.0, 16.0)),
    ("pull", (0.0, 0.5, 1.0, 2.0)),
    ("discount", (1.0, 0.99, 0.98, 0.96)),
)
"""How firmly sizes are drawn towards what is usual, and how fast they are forgotten: chosen one after the other."""


class Hits(Protocol):
    """How many hits are to come: ``Activity`` or ``Discounted``."""

    def state(self, is_hit: NDArray[np.bool_]) -> Floats:
        """What the hits so far (series, periods) tell of each series; shape (series, k)."""

    def hits_to_come(self, state: Floats, ahead: Ints) -> Floats:
        """The chance of 0, 1, 2 ... hits in ``ahead`` (series,) periods; shape (series, most periods + 1)."""


@dataclass(frozen=True, slots=True)
class HitsAndSizes:
    """The method with its constants: ``learn`` it once on the past, ``fit`` it anew with each period."""

    hits: Hits
    sizes: SizePrior

    @classmethod
    def learn(
        cls,
        past: Floats,
        *,
        ahead: int,
        traits: Traits = NOTHING_KNOWN,
        hits: Hits | None = None,
        series: int = SERIES,
    ) -> "HitsAndSizes":
        """The constants, from ``past`` alone.

        Parameters
        ----------
        past : shape (series, periods), the oldest period first, no use is 0
        ahead : periods
            The time that decisions look ahead, such as a usual lead time. What draws sizes together is chosen by
            the pinball loss of forecasts over so long a time at several moments of the past.
        traits : unit values, where known, also say what an error costs
        hits : the model of hits, if not ``Activity`` learnt from ``past``
        series : so many are tried at most to choose what draws sizes together
        """
        hits = hits or Activity.learn(past > 0)
        return cls(hits, _chosen(hits, learn_sizes(past, traits), trials(*sample(past, traits, series), ahead)))

    def fit(self, past: Floats, traits: Traits = NOTHING_KNOWN) -> "FittedHits":
        """What each series of ``past`` (series, periods, the oldest first) tells, in closed form."""
        return FittedHits(
            method=self,
            state=self.hits.state(past > 0),
            sizes=sizes_to_come(past, self.sizes, traits),
            is_whole=is_whole(past),
        )


@dataclass(frozen=True, slots=True)
class FittedHits:
    """Where each series is now, and the sizes of its hits."""

    method: HitsAndSizes
    state: Floats
    sizes: Sizes
    is_whole: NDArray[np.bool_]

    def over(self, periods: Periods) -> Amounts:
        """The use over the next ``periods``, of each series."""
        return compound(self.hits_over(periods), self.sizes, self.is_whole)

    def odds_of_use(self, periods: Periods) -> Floats:
        """The chance of any use within the next ``periods``; shape (series,)."""
        return self.hits_over(periods)[:, 1:].sum(axis=1)

    def hits_over(self, periods: Periods) -> Floats:
        """The chance of 0, 1, 2 ... periods with use among the next ``periods``; shape (series, most periods + 1)."""
        return self.method.hits.hits_to_come(self.state, for_each(periods, len(self.state)))


def _chosen(hits: Hits, prior: SizePrior, tried: list[Trial]) -> SizePrior:
    """The prior with the best of ``CHOICES``, or as it is without trials; the hits of each trial are foretold once."""
    if not tried:
        return prior
    counts = [HitsAndSizes(hits, prior).fit(trial.past).hits_over(trial.ahead) for trial in tried]

    def loss(option: SizePrior) -> float:
        quantiles = [
            compound(count, sizes_to_come(trial.past, option, trial.traits), is_whole(trial.past)).quantile(LEVELS)
            for count, trial in zip(counts, tried, strict=True)
        ]
        return log_pinball(quantiles, tried)

    for name, values in CHOICES:
        prior = min([prior.with_(name, value) for value in values], key=loss)
    return prior


def is_whole(past: Floats) -> NDArray[np.bool_]:
    """Whether all amounts of a series are whole numbers, so that those to come are too; shape (series,)."""
    return np.asarray((past == np.floor(past)).all(axis=1))
