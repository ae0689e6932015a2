"""Would a small factory gain by choosing its demand model itself? python3 benchmarks/choosing_anew.py [--parts 200]

Twenty factories, each of so many parts drawn from the manufacturer. Each chooses among all models by what weeks 1-60
teach: once by the pinball loss of forecasts (models learnt from weeks 1-30), once by what buying by them cost in weeks
31-60. Then weeks 61-105 come: the pinball loss, and the cost of buying, of what was chosen beside the model that is
used everywhere. Below 0 the choice has gained. Six minutes of CPU time.
"""

import argparse
from collections import Counter
from collections.abc import Mapping

import numpy as np
from moq_world import World, manufacturer

from huoku.sense.demand import Method, Traits, choose
from huoku.sense.demand.choose import all_methods
from huoku.sense.demand.rolling import LEVELS, log_pinball, trials
from huoku.simulate.choosing import simulated_costs
from huoku.simulate.policies import WeighedLots

FACTORIES, HALF, AHEAD = 20, 30, 8
USED = "activity and sizes"
POLICY = {"weighed": WeighedLots(0.7, evenness=0.0)}


def main() -> None:
    """Print what was chosen how often, and what it brought."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=int, default=200)
    options = parser.parse_args()
    world, chance = manufacturer(None), np.random.default_rng(1)
    active = np.flatnonzero(world.rows("P", HALF))
    told: dict[str, list[tuple[str, float]]] = {"pinball": [], "cost": []}
    for _ in range(FACTORIES):
        rows = np.sort(chance.choice(active, options.parts, replace=False))
        factory = World(world.parts.take(rows), world.use[rows], world.learning, world.periods_per_year)
        by_pinball, by_cost = chosen(factory)
        loss, cost = later(factory)
        told["pinball"].append((by_pinball, loss[by_pinball] - loss[USED]))
        told["cost"].append((by_cost, np.log(cost[by_cost] / cost[USED])))
    for judge, found in told.items():
        gains = np.array([gain for _, gain in found])
        print(f"chosen by {judge}: {dict(Counter(name for name, _ in found))}")
        print(f"  {judge} afterwards: mean {np.expm1(gains.mean()):+.1%}, worst {np.expm1(gains.max()):+.1%}")
        print(f"  better {int((gains < 0).sum())}, worse {int((gains > 0).sum())} of {FACTORIES}")


def chosen(factory: World) -> tuple[str, str]:
    """The model with the least pinball loss, and the one that bought most cheaply, before week 61."""
    methods = methods_from(factory, HALF)
    traits = Traits(factory.parts.unit_cost)
    by_pinball = choose(methods, factory.use[:, : factory.learning], ahead=AHEAD, traits=traits)
    costs = cost_of(methods, factory, HALF, factory.learning)
    return by_pinball, min(costs, key=lambda name: costs[name])


def later(factory: World) -> tuple[dict[str, float], dict[str, float]]:
    """The pinball loss (logarithm) and the cost of each model from week 61 on."""
    methods = methods_from(factory, factory.learning)
    all_moments = trials(factory.use, Traits(factory.parts.unit_cost), AHEAD)
    tried = [trial for trial in all_moments if trial.past.shape[1] >= factory.learning]
    loss = {
        name: log_pinball([method.fit(one.past, one.traits).over(one.ahead).quantile(LEVELS) for one in tried], tried)
        for name, method in methods.items()
    }
    return loss, cost_of(methods, factory, factory.learning, None)


def methods_from(factory: World, first: int) -> dict[str, Method]:
    traits = Traits(factory.parts.unit_cost)
    return all_methods(factory.use[:, :first], ahead=min(AHEAD, first // 3), traits=traits)


def cost_of(methods: Mapping[str, Method], factory: World, first: int, last: int | None) -> dict[str, float]:
    told = simulated_costs(methods, factory.episode("P", first, last), POLICY)
    return {name: costs["weighed"] for name, costs in told.items()}


if __name__ == "__main__":
    main()
