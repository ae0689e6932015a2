"""Which method foretells best: tried on the past alone, by the pinball loss. Never by MAPE or MAE."""

from collections.abc import Mapping

from huoku.sense.demand.activity import Activity
from huoku.sense.demand.discounted import Discounted
from huoku.sense.demand.hits_and_sizes import HitsAndSizes
from huoku.sense.demand.mean import Mean
from huoku.sense.demand.method import Method
from huoku.sense.demand.negative_binomial import NegativeBinomial
from huoku.sense.demand.rolling import LEVELS, log_pinball, sample, trials
from huoku.sense.demand.sba import Sba
from huoku.sense.demand.spread import Floats
from huoku.sense.demand.traits import NOTHING_KNOWN, Traits
from huoku.sense.demand.tsb import Tsb
from huoku.sense.demand.windows import Windows


def all_methods(past: Floats, *, ahead: int, traits: Traits = NOTHING_KNOWN) -> dict[str, Method]:
    """Every method by its name, with constants learnt from ``past`` (series, periods) for ``ahead`` periods."""
    is_hit = past > 0
    return {
        "activity and sizes": HitsAndSizes.learn(past, ahead=ahead, traits=traits, hits=Activity.learn(is_hit)),
        "discounted hits and sizes": HitsAndSizes.learn(
            past, ahead=ahead, traits=traits, hits=Discounted.learn(is_hit, ahead)
        ),
        "negative binomial": NegativeBinomial.learn(past, ahead=ahead, traits=traits),
        "past windows": Windows(),
        "mean + normal": Mean(),
        "SBA + normal": Sba(),
        "TSB + normal": Tsb(),
    }


def choose(methods: Mapping[str, Method], past: Floats, *, ahead: int, traits: Traits = NOTHING_KNOWN) -> str:
    """The name of the method with the least pinball loss at several moments of ``past``; of equals the first.

    Parameters
    ----------
    methods : their constants should come from a past that ends before the younger half of this one, else those
        with many constants have seen what they foretell
    past : shape (series, periods), the oldest period first
    ahead : periods that are foretold
    """
    tried = trials(*sample(past, traits), ahead)

    def loss(name: str) -> float:
        method = methods[name]
        spreads = [method.fit(trial.past, trial.traits).over(trial.ahead) for trial in tried]
        return log_pinball([spread.quantile(LEVELS) for spread in spreads], tried)

    return min(methods, key=loss)
