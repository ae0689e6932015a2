"""What a unit brings that nothing has used by the last day of the plan: by the best outlet that takes any quantity."""

import numpy as np
from numpy.typing import NDArray

from huoku.factory import Factory
from huoku.sense.ways_out import MONTH_DAYS, SCRAP, Way, outlets_of


def salvage_shares(factory: Factory) -> NDArray[np.float64]:
    """By item: the part of the value that comes back of each unit, at most 1.

    Of the table ``outlets`` count those that take any quantity without a fee and are open on the last day; what they
    fade until then is lost. Scrap at the factory's salvage rate is always there, unless the table says what scrap
    brings. What has a fee or a limit is no price of one unit: ``deadstock`` weighs it, case by case.
    """
    settings = factory.settings
    if factory.outlets.is_empty():
        return np.full(factory.items.height, settings.salvage_rate)
    general, special = outlets_of(factory)
    months = settings.horizon_days / MONTH_DAYS

    def share(ways: dict[str, Way]) -> float:
        found = [_for_each(way, months) for way in ways.values()]
        if not any(way.kind == SCRAP for way in ways.values()):
            found.append(settings.salvage_rate)
        return min(1.0, max(found))

    usual = share(general)
    shares = [share({**general, **special[item]}) if item in special else usual for item in factory.items["item"]]
    return np.array(shares)


def _for_each(way: Way, months: float) -> float:
    outlet = way.outlet
    takes_any = outlet.fee == 0 and outlet.least == 0 and outlet.limit == float("inf")
    return max(0.0, outlet.share_after(months)) if takes_any and outlet.open_months >= months else 0.0
