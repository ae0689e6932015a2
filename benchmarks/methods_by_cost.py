"""Which demand model buys best, in money: python3 benchmarks/methods_by_cost.py [--later]

Each model is learnt from weeks 1-30 of the manufacturer and buys by the weighed lots in weeks 31-60, at several
prices of shortage; cost brought to a year, set P. With --later weeks 61-105 after learning from 1-60: the check, by
which nothing was chosen.
"""

import argparse

from moq_world import BASE, manufacturer

from huoku.sense.demand import Traits
from huoku.sense.demand.choose import all_methods
from huoku.simulate.choosing import simulated_costs
from huoku.simulate.policies import WeighedLots

HALF, AHEAD = 30, 17
PRICES = (0.5, 0.7, 1.0, 1.5, 2.5)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--later", action="store_true", help="replay weeks 61-105 after learning from 1-60")
    world = manufacturer(None)
    first, last = (world.learning, None) if parser.parse_args().later else (HALF, world.learning)
    past = world.use[:, :first]
    methods = all_methods(past, ahead=min(AHEAD, first // 3), traits=Traits(world.parts.unit_cost))
    policies = {f"{price:g}": WeighedLots(price, evenness=0.0) for price in PRICES}
    costs = simulated_costs(methods, world.episode("P", first, last), {"baseline": BASE, **policies})
    base = next(iter(costs.values()))["baseline"]
    print(f"cost beside the baseline's; price{''.join(f'{price:>9g}' for price in PRICES)}")
    for name, told in costs.items():
        print(f"{name:<34}" + "".join(f"{told[price] / base - 1:>9.1%}" for price in policies))


if __name__ == "__main__":
    main()
