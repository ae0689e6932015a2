"""Pay a premium for a small lot: the supplier delivers just the need, dearer."""

from typing import NamedTuple

from huoku.buy.options.case import Case
from huoku.buy.options.option import Option


class SmallLot(NamedTuple):
    """The supplier's offer of a small lot: price a unit, a fee for the set-up, its own smallest lot, days."""

    price: float
    fee: float
    least: int
    days: int
    supplier: str = ""


def small_lot(case: Case, offer: SmallLot) -> Option:
    """The need, or the small lot where that is more."""
    qty = max(case.need, offer.least)
    cash = qty * offer.price + offer.fee
    return Option(
        "small_lot", qty, cash, qty - case.need, offer.days, case.lateness(offer.days), named=offer.supplier
    )  # fmt: skip
