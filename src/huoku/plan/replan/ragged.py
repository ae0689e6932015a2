"""Two tables in rows of different lengths: which rows differ, and where the others went."""

import numpy as np

from huoku.buy.terms import Flags, Ints

ROOM = 4096
"""So many orders more than there were fit behind those of a plan."""


def with_room(rows: np.ndarray, room: int) -> np.ndarray:
    """These rows and so many more behind them, which are free to be written.

    Where the rows begin a longer array, as the orders of a plan mostly do, nothing is copied: what is behind them is
    the work space of whoever works on that plan, one at a time.
    """
    whole, wanted = rows.base, rows.shape[0] + room
    if (
        isinstance(whole, np.ndarray)
        and (whole.dtype, whole.ndim, whole.shape[1:]) == (rows.dtype, rows.ndim, rows.shape[1:])
        and len(whole) >= wanted
        and whole.ctypes.data == rows.ctypes.data
    ):
        longer: np.ndarray = whole[:wanted]
        return longer
    copy = np.empty((wanted, *rows.shape[1:]), rows.dtype)
    copy[: rows.shape[0]] = rows
    return copy


def differing(first: Ints, before: tuple[np.ndarray, ...], later: Ints, after: tuple[np.ndarray, ...]) -> Flags:
    """By row: does anything in it differ?

    Row ``r`` stands at ``first[r]`` to ``first[r + 1] - 1`` of each array of ``before``, and at ``later[r]`` to
    ``later[r + 1] - 1`` of the array of ``after`` in the same place. Shape (rows,).
    """
    differs: Flags
    if np.array_equal(first, later):
        differs = np.zeros(first.size - 1, np.bool_)
        for ours, theirs in zip(before, after, strict=True):
            differs[np.searchsorted(first, np.flatnonzero(ours != theirs), side="right") - 1] = True
        return differs
    length, now = np.diff(first), np.diff(later)
    differs = length != now
    same = ~differs
    left, right = np.repeat(same, length), np.repeat(same, now)
    row = np.repeat(np.flatnonzero(same), length[same])
    for ours, theirs in zip(before, after, strict=True):
        differs[row[ours[left] != theirs[right]]] = True
    return differs


def counted(row: Ints, rows: int) -> Ints:
    """Where each row begins in a table that is sorted by row, and where the last one ends; shape (rows + 1,)."""
    return np.append(0, np.cumsum(np.bincount(row, minlength=rows)))
