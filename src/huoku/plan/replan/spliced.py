"""The decision after a change: what was settled again put in the place of what it was, and all rows numbered anew."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Ints
from huoku.plan.decide.netting import Netted
from huoku.plan.decide.small import Small
from huoku.plan.model.floor import ORDER, FloorLog
from huoku.plan.replan.netted_again import Settled
from huoku.plan.replan.ragged import ROOM

ROWS_OF_A_PIECE = 200
"""A frame in pieces of fewer rows than these is made one: to find the rows to keep takes longer than to copy them."""


class Cut(NamedTuple):
    """Rows ``begin`` to ``end - 1`` give way to the rows ``first`` to ``last - 1`` of the desk."""

    begin: int
    end: int
    first: int
    last: int


def order_cuts(before: Netted, settled: Settled, places: int) -> list[Cut]:
    """Where orders are replaced."""
    return _cuts(before.order_first, settled, places, settled.orders)


def peg_cuts(before: Netted, settled: Settled, places: int) -> list[Cut]:
    """Where pegs are replaced."""
    return _cuts(before.peg_first, settled, places, settled.pegs)


def _cuts(first: Ints, settled: Settled, places: int, desk: Ints) -> list[Cut]:
    """Families that stand side by side make one cut: the desk holds them one after the other, too."""
    if settled.begin.size == 0:
        return []
    begins, ends = first[settled.begin * places], first[settled.end * places]
    apart = np.flatnonzero(begins[1:] != ends[:-1]) + 1
    opens, closes = np.append(0, apart), np.append(apart, begins.size) - 1
    sides = (begins[opens], ends[closes], desk[opens], desk[closes + 1])
    return [Cut(*cut) for cut in zip(*(side.tolist() for side in sides), strict=True)]


def kept_parts(cuts: list[Cut], rows: int) -> list[tuple[int, int]]:
    """Begin and end of the rows of a table that no cut replaces: one part before each cut, and one after the last."""
    return list(zip([0, *(cut.end for cut in cuts)], [*(cut.begin for cut in cuts), rows], strict=True))


def spliced(
    before: np.ndarray,
    desk: np.ndarray,
    cuts: list[Cut],
    renewed: Callable[[np.ndarray], np.ndarray] = lambda rows: rows,
    room: int = 0,
) -> np.ndarray:
    """A column or table of rows with the cuts made. ``renewed``: what the rows of ``before`` are called now.

    ``room``: for so many rows behind them, see ``with_room``.
    """
    parts = []
    for (begin, end), cut in zip(kept_parts(cuts, before.shape[0]), [*cuts, None], strict=True):
        parts.append(renewed(before[begin:end]))
        if cut is not None:
            parts.append(desk[cut.first : cut.last])
    rows = sum(len(part) for part in parts)
    whole = np.empty((rows + room, *before.shape[1:]), before.dtype)
    return np.concatenate(parts, out=whole[:rows])


def spliced_frame(before: pl.DataFrame, now: pl.DataFrame, cuts: list[Cut]) -> pl.DataFrame:
    """A frame with the cuts made; ``now`` holds the rows of all cuts, one after the other.

    Nothing is copied, until after some changes the frame would be in too many pieces.
    """
    parts, at = [], 0
    for (begin, end), cut in zip(kept_parts(cuts, before.height), [*cuts, None], strict=True):
        parts.append(before.slice(begin, end - begin))
        if cut is not None:
            parts.append(now.slice(at, cut.last - cut.first))
            at += cut.last - cut.first
    whole = pl.concat(parts)
    return whole.rechunk() if whole.height < ROWS_OF_A_PIECE * whole.n_chunks() else whole


def nodes_again(settled: Settled, places: int, nodes: int) -> Flags:
    """By node: was it settled again?"""
    change = np.zeros(nodes + 1, np.int64)
    change[settled.begin * places] += 1
    change[settled.end * places] -= 1
    return np.cumsum(change[:-1]) > 0


def firsts(before: Ints, settled: Settled, desk_first: Ints, last: int, places: int) -> Ints:
    """Where the rows of each node begin, by node, and the end. ``last``: where they end on the desk."""
    count = np.diff(before)
    node = np.flatnonzero(nodes_again(settled, places, count.size))
    count[node] = np.diff(desk_first[node], append=last)
    return np.concatenate(([0], np.cumsum(count)))


def place_after(before: Netted, settled: Settled, places: int) -> Ints:
    """By row of the desk: where the order stands now, -1 where it is gone."""
    rows = settled.desk.book.left.size
    row = spliced(np.arange(before.orders.shape[0]), np.arange(rows), order_cuts(before, settled, places))
    position = np.full(rows, -1)
    position[row] = np.arange(row.size)
    return position


def renumber_lots(made: FloorLog, position: Ints) -> None:
    """Let the lots that machines make name their orders by where these stand now; ``position``: see ``place_after``."""
    order = made.lots[:, ORDER]
    order[order >= 0] = position[order[order >= 0]]


def netted_after(
    before: Netted, settled: Settled, places: int, position: Ints, claim_after: Ints, receipt_after: Ints
) -> Netted:
    """``Netted`` with the families that were settled again in their places.

    ``position``: see ``place_after``. ``claim_after``, ``receipt_after``: the number that each claim and receipt of
    ``before`` has now, if it is there.
    """
    desk = settled.desk
    orders, pegs = order_cuts(before, settled, places), peg_cuts(before, settled, places)
    stays = position[settled.now]  # by row of ``before``: where the order stands now
    return Netted(
        orders=spliced(before.orders, desk.book.orders, orders, room=ROOM),
        money=spliced(before.money, desk.book.money, orders),
        order_first=firsts(before.order_first, settled, desk.order_first, settled.orders[-1], places),
        peg_first=firsts(before.peg_first, settled, desk.peg_first, settled.pegs[-1], places),
        peg_consumer=spliced(
            before.peg_consumer, _from_desk(desk.pegs.consumer, position, pegs), pegs, renumbering(stays, claim_after)
        ),
        peg_source=spliced(
            before.peg_source, _from_desk(desk.pegs.source, position, pegs), pegs, renumbering(stays, receipt_after)
        ),
        peg_qty=spliced(before.peg_qty, desk.pegs.qty, pegs),
        peg_wish=spliced(before.peg_wish, desk.pegs.wish, pegs) if before.peg_wish.size else before.peg_wish,
        receipt_left=desk.receipt_left,
        order_left=spliced(before.order_left, desk.book.left, orders),
        unit_days=desk.unit_days,
        unserved=settled.unserved,
    )


def renumbering(order_at: Ints, other_at: Ints) -> Callable[[Small], Small]:
    """Gives consumers or sources their new numbers; those below 0 name others than orders, -1 the first."""
    # What is below 0 is counted from the end.
    numbers = np.concatenate((order_at, -1 - other_at[::-1])).astype(np.int32)
    return lambda named: numbers.take(named, mode="wrap")


def _from_desk(named: Small, position: Ints, cuts: list[Cut]) -> Small:
    """What was written on the desk names claims and receipts as they are numbered now."""
    written = named[: max((cut.last for cut in cuts), default=0)]
    return renumbering(position, np.arange(-min(int(written.min(initial=0)), 0)))(written)
