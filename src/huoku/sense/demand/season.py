"""Seasons: parts of the year in which a family of series is used more or less than on average.

A year is cut into ``PARTS`` equal parts. How much more a part of the year takes is learnt from all series of a family
together, since one series of lumpy use tells nothing of it, and drawn towards 1 the more, the fewer hits speak. Another
method foretells the use without its season, which is then put back. Only what improved forecasts of the past is taken.
"""

from dataclasses import dataclass, replace

import numpy as np

from huoku.sense.demand.hits_and_sizes import Hits, HitsAndSizes
from huoku.sense.demand.method import DemandModel, Method, Periods, for_each
from huoku.sense.demand.rolling import LEVELS, Trial, log_pinball, sample, trials
from huoku.sense.demand.spread import Amounts, Floats, Ints
from huoku.sense.demand.traits import NOTHING_KNOWN, Traits

PARTS = 12
YEARS = 2
"""So many whole years must be known: of one alone a season and a change look alike."""
PRIOR_HITS = 20.0
"""An even year weighs as so many hits in each part of it."""
LOWEST, HIGHEST = 0.2, 5.0
BETTER = 0.002
"""The mean logarithm of the pinball loss must fall by so much: less is chance."""


@dataclass(frozen=True)
class Seasonal:
    """A method with seasons. ``factors`` has shape (families, PARTS) with mean 1 in each family; without traits there
    is one family. The past of every fit must begin in the same period of the year as the one learnt from."""

    method: Method
    factors: Floats
    periods_per_year: int

    @classmethod
    def learn(
        cls,
        past: Floats,
        *,
        ahead: int,
        periods_per_year: int,
        traits: Traits = NOTHING_KNOWN,
        hits: Hits | None = None,
    ) -> "Seasonal | HitsAndSizes":
        """Hits and sizes with the seasons of ``past`` (series, periods); without them where they do not pay.

        They are taken if forecasts over ``ahead`` periods at several moments of the past, with seasons learnt from what
        lay before each of them, had less pinball loss than the same forecasts without. ``hits``: the model of hits, as
        in ``HitsAndSizes.learn``.
        """
        plain = HitsAndSizes.learn(past, ahead=ahead, traits=traits, hits=hits)
        if past.shape[1] < YEARS * periods_per_year:
            return plain
        chosen, their = sample(past, traits)
        tried = trials(chosen, their, ahead)

        def with_seasons(trial: Trial) -> Seasonal:
            return cls(plain, season_factors(trial.past, periods_per_year, trial.traits), periods_per_year)

        even = log_pinball([_levels(plain, trial) for trial in tried], tried)
        seasonal = log_pinball([_levels(with_seasons(trial), trial) for trial in tried], tried)
        if not seasonal < even - BETTER:
            return plain
        found = cls(plain, season_factors(past, periods_per_year, traits), periods_per_year)
        # What the seasons explain is no longer a part of the spread of sizes.
        flat = HitsAndSizes.learn(found.without_season(past, traits), ahead=ahead, traits=traits, hits=plain.hits)
        return replace(found, method=flat)

    def without_season(self, past: Floats, traits: Traits) -> Floats:
        """The past as it would have been in even years."""
        part = _part_of_year(np.arange(past.shape[1]), self.periods_per_year)
        return past / self.factors[_family(traits, len(past))][:, part]

    def fit(self, past: Floats, traits: Traits = NOTHING_KNOWN) -> "InSeason":
        """What ``past`` (series, periods, the oldest first) tells, its seasons taken out."""
        even = self.method.fit(self.without_season(past, traits), traits)
        return InSeason(even, self.factors[_family(traits, len(past))], past.shape[1], self.periods_per_year)


@dataclass(frozen=True)
class InSeason:
    """Where each series is now, in which season."""

    even: DemandModel
    factors: Floats  # (series, PARTS)
    now: int  # periods since the beginning of the past
    periods_per_year: int

    def over(self, periods: Periods) -> Amounts:
        """The use over the next ``periods`` of each series: that of an even year, times the mean of their factors."""
        ahead = for_each(periods, len(self.factors))
        part = _part_of_year(self.now + np.arange(max(1, int(ahead.max(initial=1)))), self.periods_per_year)
        up_to = np.cumsum(self.factors[:, part], axis=1)
        last = np.maximum(ahead, 1) - 1
        mean = up_to[np.arange(len(up_to)), last] / (last + 1.0)
        spread = self.even.over(periods)
        assert isinstance(spread, Amounts), "seasons are put back on amounts"
        return Amounts(spread.values * mean[:, None], spread.chances)


def season_factors(past: Floats, periods_per_year: int, traits: Traits = NOTHING_KNOWN) -> Floats:
    """How much more than on average each family uses in each part of the year; shape (families, PARTS), mean 1.

    Each hit speaks by its size beside the mean use of its series; ``PRIOR_HITS`` of an even year stand beside them.
    """
    family, part = _family(traits, len(past)), _part_of_year(np.arange(past.shape[1]), periods_per_year)
    mean = past.mean(axis=1, keepdims=True)
    beside = np.where(mean > 0, past / np.where(mean > 0, mean, 1.0), 0.0)
    families = int(family.max(initial=0)) + 1
    cell = family[:, None] * PARTS + part
    used, hits, there = (
        np.bincount(cell.ravel(), table.ravel().astype(np.float64), families * PARTS).reshape(families, PARTS)
        for table in (beside, past > 0, np.broadcast_to(mean > 0, past.shape))
    )
    ratio = np.where(there > 0, used / np.maximum(there, 1.0), 1.0)
    weight = hits.mean(axis=1, keepdims=True)
    drawn = (weight * ratio + PRIOR_HITS) / (weight + PRIOR_HITS)
    drawn = np.clip(drawn, LOWEST, HIGHEST)
    return np.asarray(drawn / drawn.mean(axis=1, keepdims=True))


def _levels(method: Method, trial: Trial) -> Floats:
    return method.fit(trial.past, trial.traits).over(trial.ahead).quantile(LEVELS)


def _family(traits: Traits, series: int) -> Ints:
    return np.zeros(series, np.int64) if traits.family is None else traits.family


def _part_of_year(period: Ints, periods_per_year: int) -> Ints:
    """The part of the year of each period, counted from the beginning of the past."""
    return (period % periods_per_year) * PARTS // periods_per_year
