"""Share a minimum with others who need the same: one unit price for all, each takes its part of the rest."""

from typing import NamedTuple

import numpy as np

from huoku.buy.options.case import Case
from huoku.buy.options.option import Option, bought
from huoku.buy.sharing import equal_unit_price
from huoku.buy.terms import legal_up


class Partners(NamedTuple):
    """Others who want ``qty`` of it in all, ready to order in ``days``; bringing our part to us costs ``freight``."""

    qty: int
    days: int
    freight: float = 0.0
    name: str = ""


def share(case: Case, partners: Partners) -> Option | None:
    """Our part of a joint purchase from the main offer."""
    source = case.main
    total = case.need + partners.qty
    qty = legal_up(case.terms, source, total) if source >= 0 else 0
    if qty == 0:
        return None
    joint = bought(case, "share", source, qty, wanted=total, wait=partners.days)
    wanted = np.array([case.need, partners.qty])
    cash = float(equal_unit_price(wanted, joint.cash)[0]) + partners.freight
    left = round(joint.leftover * case.need / total)
    return Option(
        "share", case.need + left, cash, left, joint.day, joint.extra, source, partners.name, in_all=joint.qty
    )  # fmt: skip
