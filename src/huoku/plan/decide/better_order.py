"""Where machines are full, a better order in which to serve the claims of one rank, found by trying."""

import numpy as np

from huoku.buy.terms import Ints
from huoku.plan.decide.trials import Trial, Trials
from huoku.plan.decide.urgency import urgent_places
from huoku.plan.model.arrays import Claims

BLOCKS, LEAST_TRIES = 60, 4
"""Losers are moved forward in blocks of one sixtieth of a rank; where any effort is wanted, so many at least."""


def likely(trial: Trial, claims: Claims) -> Ints:
    """A guess at the day of each claim: what it had in a trial."""
    return np.where(trial.promises.day < 0, claims.day, trial.promises.day)


def better_order(trials: Trials, best: Trial, members: Ints, alone: Ints, effort: int) -> Trial:
    """The best of ``best``, the orders of ``urgent_places``, and what moving the worst losers forward makes of them.

    Those who lose most by the others move forward by the days they lose, a block at a time; an order that loses
    less is kept and begun with again. Never worse than ``best``. ``alone``, by member: the day it could have if it
    were served first. Ends after serving ``effort`` claims again, or when no block gains.
    """
    model, claims = trials.model, trials.claims
    own_day = np.zeros(claims.node.size)
    own_day[members] = alone
    place = own_day.copy()
    place[best.order] = np.maximum.accumulate(own_day[best.order])
    for places in urgent_places(model, claims, members, alone):
        trial = trials.serve(members[np.argsort(places, kind="stable")], likely(best, claims))
        if trial is trials.best:
            best = trial
            place[members] = places
    block, begin = -(-members.size // BLOCKS), 0
    for _ in range(max(LEAST_TRIES, effort // members.size) if effort > 0 else 0):
        day = best.promises.day[best.order]
        waits = np.where(day < 0, model.horizon + 1, day) - own_day[best.order]
        lost = waits * claims.loss_per_day[best.order]
        losers = np.argsort(-lost, kind="stable")[: np.count_nonzero(lost > 0)]
        if begin >= losers.size:
            break
        moved = place.copy()
        block_of_losers = losers[begin : begin + block]
        moved[best.order[block_of_losers]] -= waits[block_of_losers]
        begin += block
        trial = trials.serve(best.order[np.argsort(moved[best.order], kind="stable")], likely(best, claims))
        if trial is trials.best:
            best, place, begin = trial, moved, 0
    return best
