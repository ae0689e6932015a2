"""Change the design so that another part does it, one that is in use anyway or has no minimum."""

from typing import NamedTuple

from huoku.buy.options.case import Case
from huoku.buy.options.option import Option


class Design(NamedTuple):
    """Another design: engineering and approval cost ``once``, its part ``price`` a unit of the need; after ``days``."""

    once: float
    price: float
    days: int
    name: str = ""


def redesign(case: Case, design: Design) -> Option:
    """The need met by the other design; nothing is left over."""
    cash = design.once + case.need * design.price
    return Option(
        "redesign", case.need, cash, 0, design.days, case.lateness(design.days), named=design.name
    )  # fmt: skip
