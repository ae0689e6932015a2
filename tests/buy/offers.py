"""Offers of one item in the form the library takes, and the case of one need."""

from typing import Any, NamedTuple

import numpy as np

from huoku.buy.options import Case, no_use
from huoku.buy.terms import NO_LIMIT, Terms


class Offer(NamedTuple):
    """One supplier's offer: breaks as (smallest quantity, price) beyond the first price."""

    price: float
    moq: int = 1
    multiple: int = 1
    fee: float = 0.0
    lead: int = 5
    breaks: tuple[tuple[int, float], ...] = ()


def terms_of(*offers: Offer) -> Terms:
    """The terms of one item, number 0."""
    tiers = []
    for number, offer in enumerate(offers):
        ladder = [(offer.moq, offer.price), *offer.breaks]
        ends = [least - 1 for least, _ in ladder[1:]] + [NO_LIMIT]
        tiers += [(number, low, high, price) for (low, price), high in zip(ladder, ends, strict=True)]
    row, low, high, price = (np.array(column) for column in zip(*tiers, strict=True))
    count = len(offers)
    return Terms(
        first=np.array([0, count]),
        is_make=np.zeros(count, bool),
        lead=np.array([offer.lead for offer in offers]),
        start_from=np.full(count, -NO_LIMIT),
        start_to=np.full(count, NO_LIMIT),
        fee=np.array([offer.fee for offer in offers], float),
        multiple=np.array([offer.multiple for offer in offers]),
        lot_max=np.full(count, NO_LIMIT),
        tier_first=np.searchsorted(row, np.arange(count + 1)),
        tier_low=low,
        tier_high=high,
        tier_price=price.astype(float),
        dominated=np.zeros(count, bool),
    )


def case_of(need: int, *offers: Offer, **more: Any) -> Case:
    """A need in 30 days; a unit is worth its lowest price, 10 % of that as salvage, nothing is held for money."""
    value = more.pop("value", min([offer.price for offer in offers] or [1.0]))
    plain = {"due": 30, "salvage": 0.1 * value, "holding": 0.0, "late": 0.0, "forgone": 1e6, "use": no_use()}
    return Case(need=need, terms=terms_of(*offers), item=0, value=value, **{**plain, **more})
