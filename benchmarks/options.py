"""All options of many needs: python3 benchmarks/options.py [--needs 1000]

Needs with an MOQ, a price break, one to three suppliers, 33 futures of use, and one of each further option:
small lot, contract in calls, substitute, a later need (wait, pull forward), partners, another design, a charge to the
customer.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.buy.offers import Offer, case_of

from huoku.buy.options import (
    Case,
    Charge,
    Contract,
    Design,
    Later,
    Partners,
    Possible,
    SmallLot,
    StandIn,
    compare_options,
    use_of_quantiles,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--needs", type=int, default=1000)
    needs = [need_of(number) for number in range(parser.parse_args().needs)]
    begun = time.process_time()
    compared = [compare_options(case, possible, risk_limit=500.0) for case, possible in needs]
    seconds = time.process_time() - begun
    print(f"{len(needs)} needs, {sum(len(one.options) for one in compared)} options: {seconds:.2f} CPU s")


def need_of(number: int) -> tuple[Case, Possible]:
    """One need of a shop, drawn from its number."""
    draw = np.random.default_rng(number)
    need, moq, price = int(draw.integers(20, 300)), int(draw.integers(100, 1000)), float(draw.uniform(0.5, 20))
    offers = [Offer(price, moq=moq, fee=20.0, breaks=((2 * moq, 0.9 * price),))]
    offers += [Offer(price * draw.uniform(1.1, 1.6), multiple=10) for _ in range(draw.integers(0, 3))]
    use = use_of_quantiles((np.arange(33) + 0.5) / 33, np.sort(draw.gamma(0.5, 2.0 * moq, 33)))
    possible = Possible(
        small_lots=(SmallLot(1.3 * price, 50.0, 50, 10),),
        contracts=(Contract(10 * moq, price, 10, 5.0, 0.1 * price, 10),),
        stand_ins=(StandIn("OTHER", need / 2, 1.0, price),),
        later=(Later(need, 60, 0.5),),
        partners=(Partners(moq, 10, 30.0),),
        designs=(Design(500.0, price, 20),),
        charges=(Charge(0.5, 0.4),),
    )
    return case_of(need, *offers, use=use, holding=0.2 * price, late=price, forgone=need * price), possible


if __name__ == "__main__":
    main()
