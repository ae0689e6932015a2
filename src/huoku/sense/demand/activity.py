"""How many periods with use are to come: a series is more or less active, falls asleep and wakes again.

A hidden Markov model (Rabiner 1989). At any time a series is at one of a few levels of activity, each with its chance
of a hit (a period with use): not begun yet, asleep, hardly used ... used in almost every period. The chances of going
from one level to another are the same for all series and are learnt from all of them together by expectation
maximisation (Baum et al. 1970); so all of them tell how fast a part dies, and how often one that sleeps is used again.
Where a series is now follows from its own hits. It generalises the discrete-time model of Fader, Hardie & Shang (2010),
in which what is used is alive or dead and never wakes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand.spread import Floats, Ints

LEVELS = 8
ROUNDS = 20
"""Rounds of expectation maximisation; more change the chances of what comes next by less than a thousandth."""
SERIES = 1500
"""The levels are learnt from so many different series at most, taken evenly from all."""
BELIEF = 2.0
"""Periods that the first guess of the moves weighs for each level: one that is never left is not thought eternal."""

SCALED = 16
"""After so many periods chances are made to add up to 1 again, before they get too small for a number."""

ROWS = 2048
"""So many series at once, to stay in the processor's cache."""


@dataclass(frozen=True)
class Activity:
    """The levels that all series share. Level 0 is "not begun": without hits, and never entered again."""

    hit: Floats  # (levels,): chance of a hit in a period
    first: Floats  # (levels,): where a series is in the oldest period
    moves: Floats  # (levels, levels): from row to column, from one period to the next

    @classmethod
    def learn(cls, is_hit: NDArray[np.bool_], series: int = SERIES) -> "Activity":
        """The most likely levels and moves; ``is_hit`` has shape (series, periods), the oldest period first."""
        rows, weight = np.unique(is_hit, axis=0, return_counts=True)
        if len(rows) > series:
            taken = np.linspace(0, len(rows) - 1, series).astype(int)
            rows, weight = rows[taken], weight[taken]
        found = cls._guess()
        for _ in range(ROUNDS):
            found = found._likelier(rows, weight.astype(np.float64))
        return found

    @classmethod
    def _guess(cls) -> "Activity":
        level = np.arange(LEVELS)
        near = np.exp(-np.abs(level[:, None] - level))
        moves = 0.9 * np.eye(LEVELS) + 0.1 * near / near.sum(1, keepdims=True)
        moves[:, 0] = 0.0
        moves[0] = 0.01 / (LEVELS - 1)
        moves[0, 0] = 0.99
        hit = np.concatenate(([0.0], np.geomspace(0.01, 0.95, LEVELS - 1)))
        return cls(hit, np.full(LEVELS, 1.0 / LEVELS), moves / moves.sum(1, keepdims=True))

    def _likelier(self, is_hit: NDArray[np.bool_], weight: Floats) -> "Activity":
        """One round: where each series probably was in each period, and the levels and moves which that implies."""
        periods = is_hit.shape[1]
        seen = self._seen(is_hit)
        forward, scale = [], []
        coming = np.broadcast_to(self.first, (len(is_hit), LEVELS))
        for at in range(periods):
            joint = coming * seen[at]
            scale.append(joint.sum(1, keepdims=True))
            forward.append(joint / scale[at])
            coming = forward[at] @ self.moves
        guess = Activity._guess().moves
        moved, hits, stays = BELIEF * guess, np.zeros(LEVELS), np.zeros(LEVELS)
        after = np.broadcast_to(weight[:, None], coming.shape)
        for at in range(periods - 1, -1, -1):
            was = forward[at] * after
            hits += was[is_hit[:, at]].sum(0)
            stays += was.sum(0)
            if at > 0:
                likely = seen[at] * after / scale[at]
                moved = moved + self.moves * (forward[at - 1].T @ likely)
                after = likely @ self.moves.T
        # The small numbers stand for one more series at each level, and keep a level that nobody has from vanishing.
        hit = (hits + 0.01) / (stays + 0.1)
        hit[0] = 0.0
        first = was.sum(0) + 1.0
        return Activity(hit, first / first.sum(), moved / moved.sum(1, keepdims=True))

    def state(self, is_hit: NDArray[np.bool_]) -> Floats:
        """The chances of each level in the coming period (series, levels), after ``is_hit`` (series, periods)."""
        blocks = [self._state(is_hit[at : at + ROWS]) for at in range(0, len(is_hit), ROWS)]
        return np.concatenate(blocks) if blocks else np.zeros((0, self.first.size))

    def _state(self, is_hit: NDArray[np.bool_]) -> Floats:
        level = np.tile(self.first, (len(is_hit), 1))
        later = np.empty_like(level)
        quiet, busy = (self._chance(was_hit)[:, None] * self.moves for was_hit in (False, True))
        for at, hits in enumerate(map(np.flatnonzero, is_hit.T), 1):
            np.matmul(level, quiet, out=later)
            later[hits] = level[hits] @ busy
            level, later = later, level
            if at % SCALED == 0:
                level /= level.sum(1, keepdims=True)
        return np.asarray(level / level.sum(1, keepdims=True))

    def _seen(self, is_hit: NDArray[np.bool_]) -> Floats:
        """The chance of what was seen, shape (periods, series, levels)."""
        return np.where(is_hit.T[:, :, None], self._chance(True), self._chance(False))

    def _chance(self, was_hit: bool) -> Floats:
        """The chance of a hit, or of none, at each level; shape (levels,)."""
        # A hit before the beginning is not possible, only ever so unlikely: levels must not vanish altogether.
        return np.maximum(self.hit if was_hit else 1.0 - self.hit, 1e-12)

    def hits_to_come(self, level: Floats, ahead: Ints) -> Floats:
        """The chance of 0, 1, 2 ... hits in ``ahead`` (series,) periods; shape (series, most periods + 1)."""
        most = int(ahead.max(initial=0))
        chances = np.zeros((len(level), most + 1))
        table = np.zeros((self.hit.size, most + 1))  # from each level, so many hits in the periods counted so far
        table[:, 0] = 1.0
        for periods in range(most + 1):
            mine = ahead == periods
            chances[mine] = level[mine] @ table
            later = self.moves @ table if periods else table
            table = (1.0 - self.hit)[:, None] * later
            table[:, 1:] += self.hit[:, None] * later[:, :-1]
        return chances
