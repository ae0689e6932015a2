"""What a unit brings that nothing has used by the last day of the plan: by the best outlet that takes any quantity."""

import numpy as np
from numpy.typing import NDArray

from huoku.factory import Factory
from huoku.sense.outlets import MONTH_DAYS, ways_of


def salvage_shares(factory: Factory) -> NDArray[np.float64]:
    """By item: the part of the value that comes back of each unit, at most 1.

    Of the table ``outlets`` count those that take any quantity without a fee and are open on the last day; what they
    fade until then is lost, and closed cases say what they really pay. Scrap at the factory's salvage rate is always
    there, unless the table says what scrap brings. What has a fee or a limit is no price of one unit: ``deadstock``
    weighs it, case by case.
    """
    items = factory.items["item"]
    if factory.outlets.is_empty() and factory.disposals.is_empty():
        return np.full(len(items), factory.settings.salvage_rate)
    _, outlets = ways_of(factory, items, np.zeros(len(items)))
    months = factory.settings.horizon_days / MONTH_DAYS
    takes_any = (outlets.fee == 0) & (outlets.least == 0) & np.isinf(outlets.limit) & (outlets.open_months >= months)
    shares = np.where(takes_any, outlets.share_after(months), 0.0)
    return np.asarray(np.clip(shares.max(axis=1, initial=0.0), 0.0, 1.0))
