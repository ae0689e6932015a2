"""Levels of activity: what they forget, what they keep, and that they are found again where they are known."""

import itertools

import numpy as np
import pytest

from huoku.sense.demand import Activity

AWAKE_OR_ASLEEP = Activity(
    hit=np.array([0.0, 0.0, 0.6]),
    first=np.array([0.0, 0.3, 0.7]),
    moves=np.array([[1.0, 0, 0], [0, 0.96, 0.04], [0, 0.02, 0.98]]),
)


def play(model: Activity, series: int, periods: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    level = rng.choice(model.hit.size, series, p=model.first)
    is_hit = np.zeros((series, periods), bool)
    for at in range(periods):
        is_hit[:, at] = rng.random(series) < model.hit[level]
        level = (rng.random((series, 1)) > np.cumsum(model.moves[level], axis=1)).sum(1)
    return is_hit


def test_the_longer_a_part_lies_the_less_likely_it_is_used() -> None:
    is_hit = np.zeros((20, 30), bool)
    for idle in range(20):
        is_hit[idle, : 30 - idle] = True
    odds = 1.0 - AWAKE_OR_ASLEEP.hits_to_come(AWAKE_OR_ASLEEP.state(is_hit), np.full(20, 26))[:, 0]
    assert (np.diff(odds) < 0).all()


def test_a_part_just_used_is_awake_and_hit_next_week_with_its_own_chance() -> None:
    now = AWAKE_OR_ASLEEP.state(np.array([[True]]))
    assert now[0] == pytest.approx([0.0, 0.02, 0.98])
    assert AWAKE_OR_ASLEEP.hits_to_come(now, np.array([1]))[0] == pytest.approx([1 - 0.98 * 0.6, 0.98 * 0.6])


def test_the_hits_to_come_agree_with_every_way_through_the_levels() -> None:
    model, periods = AWAKE_OR_ASLEEP, 4
    naive = np.zeros(periods + 1)
    for way in itertools.product(range(3), repeat=periods):
        chance = model.first[way[0]] * np.prod([model.moves[a, b] for a, b in itertools.pairwise(way)])
        for hits in itertools.product((False, True), repeat=periods):
            naive[sum(hits)] += chance * np.prod(np.where(hits, model.hit[list(way)], 1 - model.hit[list(way)]))
    found = model.hits_to_come(model.first[None, :], np.array([periods]))
    assert found[0] == pytest.approx(naive)


def test_series_with_times_of_their_own_are_answered_as_if_alone() -> None:
    now = np.array([[0.0, 0.5, 0.5], [0.0, 0.1, 0.9]])
    together = AWAKE_OR_ASLEEP.hits_to_come(now, np.array([2, 5]))
    assert together[0, :3] == pytest.approx(AWAKE_OR_ASLEEP.hits_to_come(now[:1], np.array([2]))[0])
    assert together[0, 3:].tolist() == [0.0, 0.0, 0.0]
    assert together[1] == pytest.approx(AWAKE_OR_ASLEEP.hits_to_come(now[1:], np.array([5]))[0])


def test_what_is_learnt_from_a_known_world_foretells_it_as_its_own_law_does() -> None:
    is_hit = play(AWAKE_OR_ASLEEP, 2000, 80, seed=3)
    learnt = Activity.learn(is_hit[:, :60])
    ahead = np.full(2000, 20)
    own = 1.0 - learnt.hits_to_come(learnt.state(is_hit[:, :60]), ahead)[:, 0]
    true = 1.0 - AWAKE_OR_ASLEEP.hits_to_come(AWAKE_OR_ASLEEP.state(is_hit[:, :60]), ahead)[:, 0]
    assert np.abs(own - true).mean() < 0.02
    assert own.mean() == pytest.approx(is_hit[:, 60:].any(1).mean(), abs=0.02)


def test_the_order_of_the_parts_does_not_matter() -> None:
    is_hit = play(AWAKE_OR_ASLEEP, 50, 30, seed=1)
    one, other = Activity.learn(is_hit), Activity.learn(is_hit[::-1])
    assert (one.moves == other.moves).all() and (one.hit == other.hit).all()


def test_many_series_say_what_each_of_them_says_alone() -> None:
    """Held against the plain recursion: see the period, then move on."""
    chance = np.random.default_rng(3)
    is_hit = chance.random((2500, 40)) < 0.2
    learnt = Activity.learn(is_hit[:300])
    found = learnt.state(is_hit)
    for row in (0, 2047, 2048, 2499):
        level = learnt.first
        for was_hit in is_hit[row]:
            seen = level * np.maximum(learnt.hit if was_hit else 1.0 - learnt.hit, 1e-12)
            level = seen / seen.sum() @ learnt.moves
        assert found[row] == pytest.approx(level, rel=1e-9)
