"""Buy it with other parts of the same vendors: fees are paid once, minimum order values are reached together."""

import numpy as np

from huoku.buy.joint import Board, choose_together
from huoku.buy.options.case import Case
from huoku.buy.options.option import Option


def together(case: Case, board: Board, part: int, days: int, vendor: str = "") -> Option | None:
    """What the need adds to a joint purchase of other needs; None where it makes nothing cheaper to share.

    ``board`` holds the other needs, and the need itself as number ``part``; all of it is there after ``days``. The
    money is the joint purchase with the need less the one without it.
    """
    others = np.delete(np.arange(board.need.size), part)
    if not (board.need[others] > 0).any():
        return None
    without = board._replace(need=np.where(np.arange(board.need.size) == part, 0, board.need))
    # A difference of two sums must not drown in the gap that each is allowed.
    whole, rest = choose_together(board, gap=0.0), choose_together(without, gap=0.0)
    rows = board.offers.part == part
    qty = int(whole.qty[rows].sum())
    left = qty - int(board.need[part])
    goods = whole.money.goods + whole.money.fees - rest.money.goods - rest.money.fees
    # What else is left over of the other parts, because of this purchase, gives back its salvage.
    other = rest.money.salvage - (whole.money.salvage - left * float(board.salvage[part]))
    return Option("together", qty, goods, left, days, other + case.lateness(days), named=vendor)
