"""One contract for the minimum, delivered in several calls: the rest is paid for when it is called.

What is not called within the contract's time costs a cancellation fee for each unit, which makes
this a wager on future use that is much smaller than the stock itself.
"""

from typing import NamedTuple

from huoku.buy.options.case import Case
from huoku.buy.options.option import Calls, Option


class Contract(NamedTuple):
    """A contract over ``qty`` at ``price`` a unit, called in deliveries of a multiple of ``call`` at ``call_fee`` each.

    Units never called cost ``cancel_fee`` each; the first call arrives after ``days``.
    """

    qty: int
    price: float
    call: int
    call_fee: float
    cancel_fee: float
    days: int
    supplier: str = ""


def split_delivery(case: Case, contract: Contract) -> Option | None:
    """Call what covers the need now, the rest as it is used; None where the contract is smaller than the need."""
    first = -(-case.need // contract.call) * contract.call
    if first > contract.qty:
        return None
    price = contract.price + contract.call_fee / contract.call
    return Option(
        kind="split_delivery",
        qty=first,
        cash=first * contract.price + contract.call_fee,
        leftover=first - case.need,
        day=contract.days,
        extra=case.lateness(contract.days),
        named=contract.supplier,
        calls=Calls(contract.qty - first, price, contract.cancel_fee),
    )
