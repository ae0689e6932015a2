"""How often one may call."""

import pytest

from huoku.server.platform.limits import Buckets, TooManyCalls


def test_three_hundred_calls_go_through_and_the_next_waits_a_fifth_of_a_second():
    buckets = Buckets(per_minute=300)
    for _ in range(300):
        buckets.take("user:1", now=0.0)
    with pytest.raises(TooManyCalls) as refusal:
        buckets.take("user:1", now=0.0)
    assert (refusal.value.status, refusal.value.facts["retry_after"]) == (429, 1)
    buckets.take("user:1", now=0.2)
    with pytest.raises(TooManyCalls):
        buckets.take("user:1", now=0.3)


def test_one_who_calls_too_much_takes_nothing_from_the_others():
    buckets = Buckets(per_minute=1)
    buckets.take("user:1", now=0.0)
    with pytest.raises(TooManyCalls):
        buckets.take("user:1", now=0.0)
    buckets.take("user:2", now=0.0)


def test_a_rest_of_a_day_saves_up_no_more_than_a_minute():
    buckets = Buckets(per_minute=2)
    buckets.take("user:1", now=0.0)
    for _ in range(2):
        buckets.take("user:1", now=86_400.0)
    with pytest.raises(TooManyCalls):
        buckets.take("user:1", now=86_400.0)


def test_callers_who_rest_are_forgotten():
    buckets = Buckets(per_minute=60)
    for caller in range(10_001):
        buckets.take(f"user:{caller}", now=float(caller))
    assert len(buckets._levels) < 10
