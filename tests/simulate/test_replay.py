"""A replay lives through the past as it was: what is ordered arrives after its lead time, backlog goes first."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.simulate.worlds import METHOD, Fixed, parts

from huoku.simulate.episode import Episode
from huoku.simulate.policies import OrderUpTo
from huoku.simulate.replay import Replayed, replay


def lived(use, ordered, *, opening=0, lead=1, may_decline=False, first=0) -> Replayed:
    whole = np.array([[0] * first + list(use)], np.float64)
    policies = {"fixed": Fixed(ordered, first)}
    episode = Episode(parts(lead=lead), whole, first, np.array([opening]), may_decline)
    return replay(episode, policies, METHOD)["fixed"]


def test_an_order_with_a_lead_of_two_weeks_serves_the_week_after_the_next():
    told = lived([0, 5, 5, 0], [7, 0, 0, 0], lead=2)
    assert told.served.tolist() == [[0, 0, 2, 0]]
    assert told.backlog.tolist() == [[0, 5, 3, 3]]
    assert told.position.tolist() == [-3]


def test_who_waited_is_served_before_this_week():
    told = lived([4, 4], [0, 6], opening=0, lead=0)
    assert told.served.tolist() == [[0, 2]]
    assert told.backlog.tolist() == [[4, 2]]


def test_what_is_declined_is_lost_and_nobody_waits():
    told = lived([4, 4], [0, 6], lead=0, may_decline=True)
    assert told.served.tolist() == [[0, 4]]
    assert told.on_hand.tolist() == [[0, 2]]
    assert told.backlog.tolist() == [[0, 0]]


def test_what_is_still_on_order_at_the_end_counts():
    told = lived([1, 1], [0, 10], opening=5, lead=3)
    assert (told.on_hand[0, -1], told.position[0]) == (3, 13)


def test_a_policy_sees_the_past_and_not_this_week():
    seen = []

    class Witness:
        def orders(self, review, position):
            seen.append(int(review.past.sum()))
            return np.zeros(1)

    use = np.array([[1.0, 10, 100, 1000]])
    replay(Episode(parts(), use, 2, np.zeros(1)), {"witness": Witness()}, METHOD)
    assert seen == [11, 111]


def test_policies_replayed_together_do_not_disturb_each_other():
    use = np.array([[3.0, 0, 4, 0, 0, 5, 2, 0, 3, 1]])
    pair = {"low": OrderUpTo(0.5), "high": OrderUpTo(2.0)}
    episode = Episode(parts(moq=4), use, 4, np.array([6.0]))
    together = replay(episode, pair, METHOD)
    for name, policy in pair.items():
        alone = replay(episode, {name: policy}, METHOD)[name]
        assert np.array_equal(alone.on_hand, together[name].on_hand)


weeks = st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0, 0, 5, 8])), min_size=1, max_size=12)


@given(weeks, st.integers(0, 12), st.integers(0, 4))
def test_nothing_is_created_or_lost(week, opening, lead):
    use, ordered = zip(*week, strict=True)
    told = lived(use, ordered, opening=opening, lead=lead)
    assert told.position[0] == opening + sum(ordered) - sum(use)
    declined = lived(use, ordered, opening=opening, lead=lead, may_decline=True)
    assert declined.position[0] == opening + sum(ordered) - declined.served.sum()


@given(weeks, st.integers(0, 12), st.integers(0, 4), st.booleans())
def test_agrees_with_a_shelf_of_single_units(week, opening, lead, may_decline):
    """Every unit on the shelf and everyone who waits as an entry of a list."""
    use, ordered = zip(*week, strict=True)
    told = lived(use, ordered, opening=opening, lead=lead, may_decline=may_decline, first=3)
    shelf, waiting, coming = [0] * opening, [], []
    for now, wanted in enumerate(use):
        coming += [now + lead] * ordered[now]
        shelf += [0 for arrival in coming if arrival == now]
        while shelf and waiting:
            shelf.pop(), waiting.pop()
        at_once = 0
        for _ in range(wanted):
            if shelf:
                shelf.pop()
                at_once += 1
            elif not may_decline:
                waiting.append(now)
        assert (told.served[0, now], told.on_hand[0, now]) == (at_once, len(shelf))
        assert told.backlog[0, now] == len(waiting)
    assert told.position[0] == len(shelf) + sum(arrival >= len(use) for arrival in coming) - len(waiting)


@pytest.mark.parametrize("lead", [1, 16])
def test_a_lead_beyond_the_end_is_no_trouble(lead):
    assert lived([0, 0], [5, 0], lead=lead).position[0] == 5
