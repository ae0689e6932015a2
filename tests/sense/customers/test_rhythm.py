"""The intervals of customers and their silence: by hand, against every way it can go, and found again where known."""

import itertools

import numpy as np
import pytest

from huoku.sense.customers.rhythm import CELLS, INTERVAL, LEAVES, SILENCE, Known, Rhythm

CLOCKS = Rhythm(np.full(CELLS, 1.0 / CELLS))
"""Nothing is usual: all that is known is what a customer did itself."""


def ordered(*weeks_ago: int, known: int = 104) -> np.ndarray:
    row = np.zeros((1, known), np.bool_)
    row[0, known - np.array(weeks_ago)] = True
    return row


def odds(row: np.ndarray, weeks: int) -> float:
    return 1.0 - float(CLOCKS.odds_of_none(CLOCKS.state(row), np.array([weeks]))[0])


def test_who_orders_every_four_weeks_and_was_silent_for_thirty_has_gone() -> None:
    gone = CLOCKS.state(ordered(*range(30, 100, 4)))
    assert gone.idle.tolist() == [29]
    assert gone.odds_active[0] < 0.01
    assert odds(ordered(*range(30, 100, 4)), 52) < 0.01


def test_who_orders_twice_a_year_and_is_due_next_month_has_not() -> None:
    """The same silence of 23 weeks says nothing of one and all of the other."""
    assert CLOCKS.state(ordered(23, 49, 75, 101)).odds_active[0] > 0.85
    assert odds(ordered(23, 49, 75, 101), 8) > 0.5
    assert odds(ordered(23, 27, 31, 35, 39), 8) < 0.05


def test_a_customer_at_random_may_be_silent_for_longer_than_one_like_a_clock() -> None:
    clock = CLOCKS.state(ordered(*range(20, 100, 8)))
    wild = CLOCKS.state(ordered(20, 21, 36, 38, 62, 63, 65, 66, 98, 100))  # a mean of nearly nine
    assert clock.odds_active[0] < 0.5 < wild.odds_active[0]


def test_the_orders_to_come_agree_with_every_way_it_can_go() -> None:
    """One cell: each week may bring the next order, and after each order the customer may leave."""
    weeks, idle, cell, leaving = 5, 3, 10, 2
    interval, silence, leaves = INTERVAL[cell], SILENCE[cell], LEAVES[leaving]
    naive = np.zeros(weeks + 1)
    for came in itertools.product((False, True), repeat=weeks):
        at = [week for week in range(1, weeks + 1) if came[week - 1]]
        chance, last, stays, before = 1.0, 0, 1.0, idle
        for week in at:
            chance *= stays * interval[before + week - last] / (silence[before] if before else 1.0)
            last, stays, before = week, 1.0 - leaves, 0
        rest = silence[before + weeks - last] / (silence[before] if before else 1.0)
        naive[len(at)] += chance * (1.0 - stays + stays * rest)
    still = np.zeros((1, CELLS))
    still[0, cell * len(LEAVES) + leaving] = 1.0
    known = Known(still, np.array([idle]))
    assert CLOCKS.orders_to_come(known, np.array([weeks]))[0] == pytest.approx(naive, abs=1e-12)
    assert CLOCKS.odds_of_none(known, np.array([weeks]))[0] == pytest.approx(naive[0])


def play(customers: int, weeks: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Orders every 10 weeks, deviation 5, 15 of 100 leaving after each; and whether each still orders after 104."""
    chance = np.random.default_rng(seed)
    orders, active = np.zeros((customers, weeks), np.bool_), np.ones(customers, np.bool_)
    for row in range(customers):
        at = chance.uniform(0, 80)
        while at < weeks:
            orders[row, int(at)] = True
            if chance.random() < 0.15:
                active[row] = at >= 104
                break
            at += chance.gamma(4.0, 2.5)
    return orders, active


def test_what_is_learnt_from_a_known_world_finds_its_law_again() -> None:
    orders, active = play(1500, 156, seed=5)
    known, coming = orders[:, :104], orders[:, 104:]
    learnt = Rhythm.learn(known)
    usual = learnt.usual.reshape(-1, 3, len(LEAVES))
    assert usual.sum(axis=(0, 1)) @ LEAVES == pytest.approx(0.15, abs=0.03)
    assert usual.sum(axis=(0, 2)).argmax() == 1  # half of the mean as deviation
    now = learnt.state(known)
    assert now.odds_active.mean() == pytest.approx(active.mean(), abs=0.03)
    assert ((now.odds_active - active) ** 2).mean() < 0.11  # of their share for all: 0.23
    foretold = learnt.orders_to_come(now, np.full(1500, 52)) @ np.arange(53)
    assert foretold.mean() == pytest.approx(coming.sum(axis=1).mean(), rel=0.1)


def test_the_order_of_customers_does_not_matter() -> None:
    orders, _ = play(60, 104, seed=1)
    assert (Rhythm.learn(orders).usual == Rhythm.learn(orders[::-1]).usual).all()
