"""The decision after a change: what was settled again put in the place of what it was, and all rows numbered anew."""

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Ints
from huoku.plan.decide.netting import Netted
from huoku.plan.decide.small import Small
from huoku.plan.model.floor import ORDER, FloorLog
from huoku.plan.replan.cuts import Cuts, peg_cuts
from huoku.plan.replan.netted_again import Settled
from huoku.plan.replan.ragged import ROOM

ROWS_OF_A_PIECE = 200
"""A frame in pieces of fewer rows than these is made one: to find the rows to keep takes longer than to copy them."""


def spliced(before: np.ndarray, desk: np.ndarray, cuts: Cuts, room: int = 0) -> np.ndarray:
    """A column or table of rows with the cuts made. ``room``: for so many rows behind them, see ``with_room``."""
    whole = np.empty((cuts.height + room, *before.shape[1:]), before.dtype)
    for begin, end, shift in cuts.stretches():
        whole[begin + shift : end + shift] = before[begin:end]
    whole[cuts.place] = desk[cuts.new]
    return whole[: cuts.height]


def spliced_frame(before: pl.DataFrame, now: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """A frame with the cuts made; ``now`` holds the rows of all cuts, one after the other.

    Nothing is copied, until after some changes the frame would be in too many pieces.
    """
    parts, at = list[pl.DataFrame](), 0
    lengths = (cuts.last - cuts.first).tolist()
    for (begin, end), length in zip(cuts.kept(), [*lengths, 0], strict=True):
        parts += (before.slice(begin, end - begin), now.slice(at, length))
        at += length
    whole = pl.concat(parts[:-1])
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


def place_after(settled: Settled, cuts: Cuts) -> Ints:
    """By row of the desk: where the order stands now, -1 where it is gone."""
    position = np.full(settled.desk.book.left.size, -1)
    for begin, end, shift in cuts.stretches():
        position[begin:end] = np.arange(begin + shift, end + shift)
    position[cuts.gone] = -1
    position[cuts.new] = cuts.place
    return position


def renumber_lots(made: FloorLog, position: Ints) -> None:
    """Let the lots that machines make name their orders by where these stand now; ``position``: see ``place_after``."""
    order = made.lots[:, ORDER]
    order[order >= 0] = position[order[order >= 0]]


def netted_after(
    before: Netted, settled: Settled, places: int, orders: Cuts, position: Ints, claim_after: Ints, receipt_after: Ints
) -> Netted:
    """``Netted`` with the families that were settled again in their places.

    ``orders``: the cuts; ``position``: see ``place_after``. ``claim_after``, ``receipt_after``: the number that each
    claim and receipt of ``before`` has now, if it is there.
    """
    desk, pegs = settled.desk, peg_cuts(before, settled, places)
    stays = position[settled.now]  # by row of ``before``: where the order stands now
    return Netted(
        orders=spliced(before.orders, desk.book.orders, orders, room=ROOM),
        money=spliced(before.money, desk.book.money, orders),
        order_first=firsts(before.order_first, settled, desk.order_first, settled.orders[-1], places),
        peg_first=firsts(before.peg_first, settled, desk.peg_first, settled.pegs[-1], places),
        peg_consumer=spliced(
            renumbered(before.peg_consumer, stays, claim_after), _from_desk(desk.pegs.consumer, position, pegs), pegs
        ),
        peg_source=spliced(
            renumbered(before.peg_source, stays, receipt_after), _from_desk(desk.pegs.source, position, pegs), pegs
        ),
        peg_qty=spliced(before.peg_qty, desk.pegs.qty, pegs),
        peg_wish=spliced(before.peg_wish, desk.pegs.wish, pegs) if before.peg_wish.size else before.peg_wish,
        receipt_left=desk.receipt_left,
        order_left=spliced(before.order_left, desk.book.left, orders),
        unit_days=desk.unit_days,
        unserved=settled.unserved,
    )


def renumbered(named: Small, order_at: Ints, other_at: Ints) -> Small:
    """Consumers or sources by their new numbers; those below 0 name others than orders, -1 the first."""
    # What is below 0 is counted from the end.
    return np.concatenate((order_at, -1 - other_at[::-1])).astype(np.int32).take(named, mode="wrap")


def _from_desk(named: Small, position: Ints, cuts: Cuts) -> Small:
    """What was written on the desk names claims and receipts as they are numbered now."""
    written = named[: cuts.new.stop]
    return renumbered(written, position, np.arange(-min(int(written.min(initial=0)), 0)))
