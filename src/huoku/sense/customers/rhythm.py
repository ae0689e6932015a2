"""How many orders of a customer are to come: it orders at its own intervals, and one day no more.

Intervals are gamma distributed, which tells a customer that orders like a clock from one that orders at random; after
each order it leaves for good with a chance of its own (Platzer & Reutterer, "Ticking away the moments", 2016, over
Schmittlein, Morrison & Colombo 1987). So the silence of a clock says soon that a customer has gone, and that of a
random one late. Here intervals are whole weeks, and what is usual among customers is not a formula but weights on a
grid of ``CELLS``, learnt from all of them together by expectation maximisation (Laird 1978).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincc

from huoku.sense.demand.spread import Floats, Ints

LONGEST = 416
"""Weeks: an interval may have lasted for four years, and another four are foretold at most."""
MEANS = np.geomspace(1.0, 104.0, 22)
"""Mean intervals in weeks."""
SHAPES = np.array([1.0, 4.0, 24.0])
"""Of the gamma distribution: at random, with half of the mean as deviation, with a fifth."""
LEAVES = np.array([0.01, 0.05, 0.15, 0.4])
"""Chances to leave after an order."""
CELLS = len(MEANS) * len(SHAPES) * len(LEAVES)

BELIEF = 5.0
"""That all cells are equally likely weighs as much as so many customers."""
ROUNDS = 100
CUSTOMERS = 600
"""What is usual is learnt from so many different customers at most, taken evenly from all."""
UNLIKELY, TINY = 1e-12, 1e-300
ROWS = 512
"""So many customers at once, to stay in the processor's cache."""


def _silence() -> Floats:
    """The chance that an interval lasts longer than so many weeks, shape (MEANS x SHAPES, LONGEST + 1)."""
    mean, shape = (grid.ravel()[:, None] for grid in np.meshgrid(MEANS, SHAPES, indexing="ij"))
    weeks = np.arange(LONGEST + 1) + 0.5
    longer = gammaincc(shape, shape * weeks / mean)
    longer[:, 0] = 1.0  # two orders of one week are one
    return np.asarray(longer)


class Known(NamedTuple):
    """What is known of customers: how often each is in a cell and still orders, and for how long it has been silent."""

    still: Floats  # (customers, CELLS); what lacks of 1 is the chance that it has gone
    idle: Ints  # (customers,): weeks since the last order; 0 where it was in the last one

    @property
    def odds_active(self) -> Floats:
        """The chance that each still orders; shape (customers,)."""
        return np.asarray(np.minimum(1.0, self.still.sum(axis=1)))


@dataclass(frozen=True)
class Rhythm:
    """What is usual: ``usual`` (CELLS,) is the chance of each cell; mean, shape and chance to leave, in this order."""

    usual: Floats

    @classmethod
    def learn(cls, ordered: NDArray[np.bool_]) -> "Rhythm":
        """The most likely weights; ``ordered`` has shape (customers, weeks), the oldest first, an order in each row."""
        rows, times = _different(ordered)
        if len(rows) > CUSTOMERS:
            taken = np.linspace(0, len(rows) - 1, CUSTOMERS).astype(int)
            rows, times = rows[taken], times[taken]
        log = cls._log_likelihood(rows)
        likely = np.exp(log - log.max(axis=1, keepdims=True))
        usual = np.full(CELLS, 1.0 / CELLS)
        for _ in range(ROUNDS):
            joint = likely * usual
            usual = times @ (joint / joint.sum(axis=1, keepdims=True)) + BELIEF / CELLS
            usual /= usual.sum()
        return cls(usual)

    def state(self, ordered: NDArray[np.bool_]) -> Known:
        """What the orders so far tell of each customer; shape (customers, weeks), an order in each row."""
        still = np.empty((len(ordered), CELLS))
        for at in range(0, len(ordered), ROWS):
            still[at : at + ROWS] = self._still(ordered[at : at + ROWS])
        return Known(still, _idle(ordered))

    def _still(self, ordered: NDArray[np.bool_]) -> Floats:
        log = self._log_likelihood(ordered) + np.log(self.usual)
        joint = np.exp(log - log.max(axis=1, keepdims=True))
        stays = (1.0 - LEAVES) * SILENCE[:, _idle(ordered)].T[:, :, None]
        active = (stays / (LEAVES + stays)).reshape(len(ordered), CELLS)
        return np.asarray(joint / joint.sum(axis=1, keepdims=True) * active)

    def orders_to_come(self, known: Known, ahead: Ints) -> Floats:
        """The chance of 0, 1, 2 ... weeks with an order in ``ahead`` (customers,); shape (customers, most + 1)."""
        most = int(ahead.max(initial=0))
        chances = np.zeros((len(ahead), most + 1))
        after = _after_an_order(most)
        alike, which = np.unique(known.idle * (most + 1) + ahead, return_inverse=True)
        order = np.argsort(which, kind="stable")
        for at, mine in zip(alike, np.split(order, np.cumsum(np.bincount(which))[:-1]), strict=True):
            idle, weeks = divmod(int(at), most + 1)
            chances[mine] = known.still[mine] @ _from_silence(after, idle, weeks, most)
        chances[:, 0] += 1.0 - chances.sum(axis=1)  # who has gone orders nothing
        return chances

    def odds_of_none(self, known: Known, ahead: Ints) -> Floats:
        """The chance of no order in ``ahead`` (customers,) weeks; shape (customers,)."""
        longer = SILENCE[:, known.idle + ahead] / np.maximum(SILENCE[:, known.idle], TINY)
        ordering = known.still.reshape(-1, len(SILENCE), len(LEAVES)).sum(axis=2)
        return np.asarray(1.0 - (ordering * (1.0 - longer.T)).sum(axis=1))

    @staticmethod
    def _log_likelihood(ordered: NDArray[np.bool_]) -> Floats:
        """Of what was seen since the first order, in each cell; shape (customers, CELLS)."""
        customers = len(ordered)
        row, week = np.nonzero(ordered)
        is_same = np.diff(row) == 0
        lasted = np.zeros((customers, LONGEST + 1))
        np.add.at(lasted, (row[1:][is_same], np.diff(week)[is_same]), 1.0)
        again = lasted @ np.log(np.maximum(INTERVAL, UNLIKELY)).T
        stayed = lasted.sum(axis=1)[:, None] * np.log(1.0 - LEAVES)
        silent = LEAVES + (1.0 - LEAVES) * SILENCE[:, _idle(ordered)].T[:, :, None]
        log = again[:, :, None] + stayed[:, None, :] + np.log(silent)
        return np.asarray(log.reshape(customers, CELLS))


SILENCE = _silence()
INTERVAL = np.concatenate((np.zeros((len(SILENCE), 1)), -np.diff(SILENCE, axis=1)), axis=1)
"""The chance that an interval lasts so many weeks, from 0 to ``LONGEST``."""


def _different(ordered: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], Ints]:
    """The different rows in their order, and how often each is there. Bits are compared, eight weeks at once."""
    bits = np.packbits(ordered, axis=1)
    keys = np.ascontiguousarray(bits).view(f"V{bits.shape[1]}").ravel()
    _, first, times = np.unique(keys, return_index=True, return_counts=True)
    return ordered[first], times


def _idle(ordered: NDArray[np.bool_]) -> Ints:
    return np.asarray(np.argmax(ordered[:, ::-1], axis=1))


def _after_an_order(most: int) -> Floats:
    """The chance of 0, 1, 2 ... orders in the ``h`` weeks after an order, shape (most + 1 for h, most + 1, CELLS)."""
    cells, leaves = len(SILENCE), LEAVES[None, None, :]
    after = np.zeros((most + 1, most + 1, cells, len(LEAVES)))
    for weeks in range(most + 1):
        after[weeks, 0] = leaves[0] + (1.0 - leaves[0]) * SILENCE[:, weeks, None]
        if weeks:
            first = INTERVAL[:, 1 : weeks + 1].T
            more = np.einsum("jc,jncl->ncl", first, after[weeks - 1 :: -1, :weeks])
            after[weeks, 1 : weeks + 1] = (1.0 - leaves) * more
    return after.reshape(most + 1, most + 1, CELLS)


def _from_silence(after: Floats, idle: int, weeks: int, most: int) -> Floats:
    """The chance of 0, 1, 2 ... orders in the coming ``weeks`` of one that still orders; shape (CELLS, most + 1)."""
    chances = np.zeros((most + 1, len(SILENCE), len(LEAVES)))
    silent = np.maximum(SILENCE[:, idle], TINY)
    chances[0] = (SILENCE[:, idle + weeks] / silent)[:, None]
    if weeks:
        first = (INTERVAL[:, idle + 1 : idle + weeks + 1] / silent[:, None]).T
        by_cell = after.reshape(*after.shape[:2], len(SILENCE), len(LEAVES))
        chances[1:] = np.einsum("jc,jncl->ncl", first, by_cell[weeks - 1 :: -1, :most])
    return chances.reshape(most + 1, CELLS).T
