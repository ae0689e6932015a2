"""Quantities as people give them, within what the ledger can hold."""

from decimal import Decimal

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.platform.exact import plain, whole
from huoku.server.platform.refusals import Refused

MOST = 10**14
"""In smallest steps, and in millionths of the currency: the ledger holds ten times as much."""


class TooMuch(Refused):
    code = "too_much"
    words = Sentence("{value} 太大了，最多 {most}。", "{value} is too much; {most} is the most.")


def steps_of(item: Item, quantity: Decimal, field: str = "qty", row: int | None = None) -> int:
    """A quantity in the item's unit as whole steps. Raises NotWholeSteps, TooMuch."""
    steps = whole(quantity, item.decimals, field)
    must_be_at_most(steps, item.decimals, field, row)
    return steps


def must_be_at_most(value: int, digits: int, field: str, row: int | None = None) -> None:
    """Raises TooMuch where ``value``, in 10^-digits, is more than the ledger can hold."""
    if value > MOST:
        raise TooMuch(row=row, field=field, value=plain(value, digits), most=plain(MOST, digits))
