"""Where rows of a table give way to those that were settled again."""

from functools import cached_property

import numpy as np

from huoku.buy.terms import Ints
from huoku.plan.decide.netting import Netted
from huoku.plan.replan.netted_again import Settled


class Cuts:
    """By cut: rows ``begin`` to ``end - 1`` of a table of so many ``rows`` give way to ``first`` to ``last - 1``.

    The cuts stand in the order of the table, and so does what is put in: one cut's rows behind the other's.
    """

    def __init__(self, begin: Ints, end: Ints, first: Ints, last: Ints, rows: int):
        self.begin, self.end, self.first, self.last, self.rows = begin, end, first, last, rows

    @cached_property
    def shift(self) -> Ints:
        """By cut: how many rows further on what is behind it stands now."""
        return np.cumsum(self.last - self.first - self.end + self.begin)

    @property
    def height(self) -> int:
        """How many rows the table has now."""
        return self.rows + int(self.shift[-1]) if self.shift.size else self.rows

    @property
    def new(self) -> slice:
        """All rows that are put in, where they come from."""
        return slice(int(self.first[0]), int(self.last[-1])) if self.first.size else slice(0, 0)

    @cached_property
    def place(self) -> Ints:
        """By row that is put in: where it stands now."""
        return numbered(self.end + self.shift - (self.last - self.first), self.last - self.first)

    @cached_property
    def gone(self) -> Ints:
        """The rows that give way."""
        return numbered(self.begin, self.end - self.begin)

    def kept(self) -> list[tuple[int, int]]:
        """Begin and end of the rows that stay: before the first cut, before the second, ..., after the last."""
        return list(zip([0, *self.end.tolist()], [*self.begin.tolist(), self.rows], strict=True))

    def stretches(self) -> list[tuple[int, int, int]]:
        """Begin, end and shift of the rows that move together, those that give way to as many others among them."""
        apart = np.flatnonzero(np.diff(self.shift, prepend=0))
        begin, end = np.append(0, self.end[apart]), np.append(self.begin[apart], self.rows)
        return list(zip(begin.tolist(), end.tolist(), np.append(0, self.shift[apart]).tolist(), strict=True))


def numbered(begin: Ints, length: Ints) -> Ints:
    """``begin``, ``begin + 1``, ... of each, so many of them, one behind the other."""
    return np.arange(length.sum()) + np.repeat(begin - np.cumsum(length) + length, length)


def order_cuts(before: Netted, settled: Settled, places: int) -> Cuts:
    """Where orders are replaced."""
    return _cuts(before.order_first, settled, places, settled.orders)


def peg_cuts(before: Netted, settled: Settled, places: int) -> Cuts:
    """Where pegs are replaced."""
    return _cuts(before.peg_first, settled, places, settled.pegs)


def _cuts(first: Ints, settled: Settled, places: int, desk: Ints) -> Cuts:
    """Families that stand side by side make one cut: the desk holds them one after the other, too."""
    begins, ends = first[settled.begin * places], first[settled.end * places]
    opens = np.flatnonzero(begins != np.append(-1, ends[:-1]))
    closes = np.append(opens[1:], begins.size)[: opens.size] - 1
    return Cuts(begins[opens], ends[closes], desk[opens], desk[closes + 1], int(first[-1]))
