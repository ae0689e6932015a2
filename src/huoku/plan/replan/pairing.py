"""Which of the new orders of a node is which of its old ones."""

from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Ints
from huoku.compiled import kernel
from huoku.plan.decide.columns import DUE, NODE, QTY, SOURCE, START

SAME = [NODE, SOURCE, START, DUE, QTY]
"""An order that agrees in all of these is the same; one that agrees in source and node has been changed."""


class Paired(NamedTuple):
    """Rows of one table by rows of the other, -1 where there is none.

    ``was``, by new order: the old one that it is, changed perhaps; ``now``, by old order: the new one that it is.
    """

    was: Ints
    now: Ints


def paired(old: Ints, new: Ints) -> Paired:
    """Pair two tables of orders of the same nodes: see ``pair``."""
    pairs = Paired(np.empty(len(new), np.int64), np.empty(len(old), np.int64))
    pair(old, 0, len(old), new, 0, len(new), pairs)
    return pairs


@kernel
def pair(old: Ints, old_begin: int, old_end: int, new: Ints, new_begin: int, new_end: int, pairs: Paired) -> None:
    """Pair the old orders of some nodes with their new ones, which stand in the given rows.

    Equal ones first, then those of one node, source, start and due day, then those of one node and source, in turn.
    """
    # Most orders are what they were: from the first and from the last row on, up to where the change is.
    while old_begin < old_end and new_begin < new_end and agree(old, old_begin, new, new_begin, 5):
        pairs.was[new_begin], pairs.now[old_begin] = old_begin, new_begin
        old_begin += 1
        new_begin += 1
    while old_begin < old_end and new_begin < new_end and agree(old, old_end - 1, new, new_end - 1, 5):
        old_end -= 1
        new_end -= 1
        pairs.was[new_end], pairs.now[old_end] = old_end, new_end
    for row in range(old_begin, old_end):
        pairs.now[row] = -1
    for row in range(new_begin, new_end):
        pairs.was[row] = -1
    for columns in (5, 4, 2):
        first_open = new_begin
        for row in range(old_begin, old_end):
            while first_open < new_end and pairs.was[first_open] >= 0:
                first_open += 1
            if pairs.now[row] >= 0:
                continue
            for other in range(first_open, new_end):
                if pairs.was[other] < 0 and agree(old, row, new, other, columns):
                    pairs.was[other], pairs.now[row] = row, other
                    break


@kernel
def agree(old: Ints, row: int, new: Ints, other: int, columns: int) -> bool:
    """Do two orders agree in the first ``columns`` of ``SAME``: 2, 4 or all 5?"""
    if old[row, SOURCE] != new[other, SOURCE] or old[row, NODE] != new[other, NODE]:
        return False
    if columns > 2 and (old[row, START] != new[other, START] or old[row, DUE] != new[other, DUE]):
        return False
    return columns < 5 or old[row, QTY] == new[other, QTY]
