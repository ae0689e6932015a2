"""Which demand model buys best? Tried by living through a past that it has not seen, and judged by money."""

from collections.abc import Mapping

from huoku.sense.demand import Method
from huoku.simulate.episode import Episode
from huoku.simulate.measures import Totals, figures
from huoku.simulate.replay import Policy, replay
from huoku.simulate.review import Review


def cost_of_a_year(told: Totals, periods_per_year: int) -> float:
    """Cost with the counted periods brought to a year; the write-down comes once, however few they are."""
    running = told.holding + told.ordering + told.shortage
    return told.write_down + running * periods_per_year * told.parts / told.part_periods


def simulated_costs(
    methods: Mapping[str, Method], episode: Episode, policies: Mapping[str, Policy]
) -> dict[str, dict[str, float]]:
    """The cost of a year for each method and policy, in an episode that the methods were not learnt from.

    A quantile that is missed by a little may cost nothing, or much: which of two models buys better only living
    through it tells. Dead stock is no part of the cost, so that the judge needs no model of his own.
    """
    costs = {}
    for name, method in methods.items():
        told = replay(episode, policies, method)
        after = Review(episode.parts, episode.use, episode.periods_per_year, method).next_year
        costs[name] = {
            policy: cost_of_a_year(figures(episode, one, after).total(), episode.periods_per_year)
            for policy, one in told.items()
        }
    return costs
