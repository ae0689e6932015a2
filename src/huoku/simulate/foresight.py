"""What even perfect foresight would have left: the opening stock that nobody used, and the rest of the last lot."""

import numpy as np

from huoku.simulate.episode import Episode
from huoku.simulate.parts import Floats


def unavoidable_excess(episode: Episode) -> Floats:
    """Excess of each part (money, shape (parts,)) had it bought once, exactly what it lacked, as a legal order.

    No sequence of legal orders that serves all use leaves less. Where use may be declined, it is what the opening stock
    leaves if nothing is bought.
    """
    needed = episode.came.sum(axis=1)
    lacked = np.maximum(0.0, needed - episode.opening)
    bought = np.zeros_like(lacked) if episode.may_decline else episode.parts.legal(lacked)
    return excess_value(episode, episode.opening + bought - needed)


def excess_value(episode: Episode, position: Floats) -> Floats:
    """What an end position holds beyond the real use of the last year, at cost; shape (parts,)."""
    used = episode.use[:, -episode.periods_per_year :].sum(axis=1)
    return np.asarray(episode.parts.unit_cost * np.maximum(0.0, position - used))
