"""The MOQ-excess card of a purchase: how much of it is not needed, the money tied up in it, and how bad that is."""

from typing import Literal, NamedTuple

from huoku.buy.options.option import Option
from huoku.buy.options.weigh import Weighed
from huoku.metrics.lines import USUAL_LINES, Level, Lines

Grade = Literal["low", "raised", "high"]

GRADES: dict[Level, Grade] = {"ok": "low", "warn": "raised", "alarm": "high"}
"""The part of a purchase's money that is expected to die is graded by the lines at which dead stock marks a shop."""


class Card(NamedTuple):
    """Quantities in the purchase unit, loss in making included in ``need``.

    ``excess_share`` = (bought - need) / bought, of this one purchase. ``cash_tied_up``: what the excess costs.
    ``expected_loss``: the part of it that is expected never to be used, less what it fetches. ``grade``: by the
    expected loss as a part of the purchase's money, ``loss_share``.
    """

    need: float
    minimum: float
    bought: float
    excess: float
    excess_share: float
    cash_tied_up: float
    expected_loss: float
    loss_share: float
    grade: Grade


def card(need: float, minimum: float, weighed: Weighed, salvage: float, lines: Lines = USUAL_LINES) -> Card:
    """The card of one option; ``salvage`` is money that an unused unit gives back, ``lines`` are those of its grade."""
    option: Option = weighed.option
    excess = option.leftover
    tied = excess * option.unit_price
    loss = max(0.0, weighed.dies * excess * (option.unit_price - salvage))
    part = loss / option.cash if option.cash else 0.0
    share = excess / option.qty if option.qty else 0.0
    return Card(need, minimum, option.qty, excess, share, tied, loss, part, GRADES[lines.level(part)])
