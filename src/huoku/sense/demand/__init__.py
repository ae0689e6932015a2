"""How much will be used over some time, for many items at once: from their past use, as chances of amounts.

>>> import numpy as np
>>> past = np.array([[0.0, 4, 0, 0, 4, 0, 4, 0, 0, 4], [0, 0, 0, 0, 0, 0, 9, 0, 0, 0]])
>>> method = HitsAndSizes.learn(past, ahead=2)
>>> coming = method.fit(past).over(2)
>>> coming.quantile([0.5, 0.95]).shape, coming.at_most(0).shape
((2, 2), (2,))
"""

from huoku.sense.demand.activity import Activity
from huoku.sense.demand.choose import choose
from huoku.sense.demand.discounted import Discounted
from huoku.sense.demand.hits_and_sizes import HitsAndSizes
from huoku.sense.demand.mean import Mean
from huoku.sense.demand.method import DemandModel, Method, Periods
from huoku.sense.demand.negative_binomial import NegativeBinomial
from huoku.sense.demand.sba import Sba
from huoku.sense.demand.season import Seasonal
from huoku.sense.demand.spread import Amounts, Spread
from huoku.sense.demand.traits import Traits
from huoku.sense.demand.tsb import Tsb
from huoku.sense.demand.windows import Windows

__all__ = [
    "Activity",
    "Amounts",
    "DemandModel",
    "Discounted",
    "HitsAndSizes",
    "Mean",
    "Method",
    "NegativeBinomial",
    "Periods",
    "Sba",
    "Seasonal",
    "Spread",
    "Traits",
    "Tsb",
    "Windows",
    "choose",
]
