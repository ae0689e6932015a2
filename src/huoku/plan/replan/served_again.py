"""The first pass after a change: the claims are served in the order in which they were, what is new behind its rank.

So nobody who was promised a day loses it to a newcomer of the same rank, unless the money says so: where a claim that
is new, or wants something else, has to wait, it is also tried in its own place by due day, and in a small rank the
orders that a plan made anew tries. The order that loses least stands; a promise that moves to a later day loses a
part of its value, too: see ``steadiness``.
"""

from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Flags, Floats, Ints
from huoku.plan.decide.better_order import better_order, likely
from huoku.plan.decide.decided import Decided
from huoku.plan.decide.promise import Promises
from huoku.plan.decide.service import Service, days_alone, rule_orders
from huoku.plan.decide.trials import Trial, Trials
from huoku.plan.model.build import Case

FEW_CLAIMS = 500
"""In a rank of so few claims the orders that a plan made anew tries are tried too: it takes no time."""


class Earlier(NamedTuple):
    """By claim: what the plan that stands promised it.

    ``place`` in the order of service, a large number for what is new; ``day`` -1 where none was promised;
    ``is_changed``: is it new, or does it want something else? ``value``: what moving it to a later day costs.
    """

    place: Ints
    day: Ints
    is_changed: Flags
    value: Floats

    def moved(self, promises: Promises) -> float:
        """What it costs that promises come later than they were told."""
        later = (self.day >= 0) & ~self.is_changed & ((promises.day < 0) | (promises.day > self.day))
        return float(self.value[later].sum())


def earlier_promises(decided: Decided, built: Case, claim_after: Ints) -> Earlier:
    """See ``Earlier``. ``claim_after``: the number that each claim had when ``decided`` was built has in ``built``."""
    before, claims = decided.built.claiming.claims, built.claiming.claims
    there = np.flatnonzero(claim_after >= 0)
    now, size = claim_after[there], claims.node.size
    place, day = np.full(size, before.node.size), np.full(size, -1)
    place_before = np.empty(before.node.size, np.int64)
    place_before[decided.promised.order] = np.arange(before.node.size)
    place[now], day[now] = place_before[there], decided.promised.promises.day[there]
    is_changed = np.ones(size, np.bool_)
    is_changed[now] = (
        (before.node[there] != claims.node[now])
        | (before.qty[there] != claims.qty[now])
        | (before.day[there] != claims.day[now])
    )
    return Earlier(place, day, is_changed, claims.loss_if_never * built.factory.settings.change_rate)


def in_the_order_before(earlier: Earlier) -> Service:
    """Serve the claims of one rank as they were served before."""

    def serve(trials: Trials, members: Ints, effort: int) -> Trial:
        claims, trials.disturbance = trials.claims, earlier.moved
        order = members[np.argsort(earlier.place[members], kind="stable")]
        best = trials.serve(order, np.where(earlier.day < 0, claims.day, np.maximum(earlier.day, claims.day)))
        changed = members[earlier.is_changed[members]]
        if (best.promises.day[changed] != claims.day[changed]).any():
            trials.serve(by_due_day(order, changed, earlier.place, claims.day), likely(best, claims))
        if members.size <= FEW_CLAIMS and (best.promises.day[members] != claims.day[members]).any():
            alone = days_alone(trials, members)[members]
            for other in rule_orders(claims, members, alone):
                trials.serve(other, likely(best, claims))
            if trials.model.shop.resource.size > 0 and trials.best is not None:
                better_order(trials, trials.best, members, alone, effort)
        return trials.best or best

    return serve


def ranks_as_before(decided: Decided, built: Case, claim_after: Ints) -> tuple[Trial, ...]:
    """The first ranks, where nothing in them or in what comes has changed: see ``Promised.ahead``."""
    ahead, before, after = decided.promised.ahead, decided.built.claiming, built.claiming
    end = sum(trial.order.size for trial in ahead)
    if built.incoming is not decided.built.incoming or after.claims.node.size < end:
        return ()
    ours, theirs = (
        (*claiming.claims, claiming.table["rank"].to_numpy(), np.diff(claiming.table["rank"].to_numpy(), append=-1))
        for claiming in (before, after)
    )
    stays = np.array_equal(claim_after[:end], np.arange(end)) and all(
        np.array_equal(was[:end], now[:end]) for was, now in zip(ours, theirs, strict=True)
    )
    return ahead if stays else ()


def by_due_day(order: Ints, changed: Ints, place: Ints, day: Ints) -> Ints:
    """The order of service with the ``changed`` claims before the first other one that is wanted later."""
    others = order[~np.isin(order, changed)]
    at = {}
    for claim in changed.tolist():
        later = np.flatnonzero(day[others] > day[claim])
        at[claim] = (int(later[0]) if later.size else others.size, int(day[claim]), int(place[claim]), claim)
    return np.insert(others, [at[claim][0] for claim in sorted(at, key=at.__getitem__)], sorted(at, key=at.__getitem__))
