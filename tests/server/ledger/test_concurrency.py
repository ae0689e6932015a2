"""Many at once, with real processes and real commits: nothing is sold twice, nobody sees half of anything."""

from collections import Counter

import pytest

pytestmark = pytest.mark.slow


def sold_out(left, asked, stock):
    """The invariants of a rush: everything that there was is sold, and not a piece more."""
    became = Counter(left["answers"])
    assert set(became) <= {"done", "insufficient_stock"}, became
    assert became["done"] == left["kept"] == left["reserved"] == min(asked, stock)
    assert left["findings"] == []


@pytest.mark.parametrize("items", [1, 50])
def test_in_a_rush_exactly_what_is_there_is_sold(scenario, items):
    left = scenario("rush", clients=4, each=300, stock=900 // items, items=items)
    became = Counter(left["answers"])
    assert set(became) <= {"done", "insufficient_stock"}, became
    assert became["done"] == left["kept"] == left["reserved"] <= 900
    assert items > 1 or left["reserved"] == 900
    assert left["findings"] == []


def test_a_build_that_reads_and_then_writes_is_seen_through(scenario):
    left = scenario("rush", clients=4, each=100, stock=200, items=1, fault=True)
    assert Counter(left["answers"])["done"] != left["reserved"]
    assert any(finding.startswith("I3") for finding in left["findings"])


def test_orders_of_many_lines_never_cross(scenario):
    left = scenario("orders", clients=4, each=100, lines=10, items=50, stock=60)
    became = dict(left["answers"])
    assert set(became.values()) == {"done", "insufficient_stock"}
    lines = Counter(left["demands"])
    assert set(lines.values()) == {10}
    assert set(lines) == {key for key, what in became.items() if what == "done"}
    assert left["on_hand"] == 50 * 60
    assert left["findings"] == []


def test_the_total_is_the_same_in_every_read(scenario):
    left = scenario("bank", clients=3, each=75, items=5, stock=100)
    reads = [answer["total"] for answer in left["answers"] if isinstance(answer, dict)]
    assert len(reads) == 75 and all(read == [500, 500] for read in reads)
    done = [answer[0] for answer in left["answers"] if isinstance(answer, list) and answer[1] == "done"]
    moved = Counter(left["keys"])
    assert all(moved[key] == 1 for key in done)
    assert left["findings"] == []


def test_whoever_is_killed_loses_nothing_that_was_answered(scenario):
    left = scenario("killed", kills=20)
    keys = Counter(left["keys"])
    assert set(left["acknowledged"]) <= set(keys)
    assert max(keys.values()) == 1
    assert left["on_hand"] == len(keys)
    assert left["longest_pause"] < 10
    assert left["findings"] == []


def test_requests_sent_again_and_in_another_order_count_once(scenario):
    left = scenario("shuffled", clients=4, requests=60, copies=3, stock=40)
    became = {}
    for call, what in left["answers"]:
        assert became.setdefault(call, what) == what
    assert Counter(became.values()) == {"done": 40, "insufficient_stock": 20}
    assert (left["reserved"], len(set(left["demands"])), left["findings"]) == (40, 40, [])


KNOWN_SEEDS: list[int] = []
"""Orders of statements that were wrong once."""


def test_in_whatever_order_statements_come_nothing_is_given_twice(scenario):
    left = scenario("stepped", seeds=[*KNOWN_SEEDS, *range(200)])
    assert (left["wrong"], left["findings"]) == ({}, [])


def test_of_two_who_do_the_same_at_once_one_is_told_that_it_is_done(scenario):
    left = scenario("twins", seeds=list(range(60)))
    told = ("already_reversed", "movement_exists", "code_taken")
    assert left["became"] == [sorted([told[seed % 3], "done"]) for seed in range(60)]
    assert left["findings"] == []


def test_what_closed_books_hold_stays_whatever_was_under_way(scenario):
    left = scenario("closing", seeds=list(range(6)))
    assert {closing for _, closing in left["became"]} == {"done"}
    assert {moved for moved, _ in left["became"]} <= {"done", "period_is_locked"}
    assert (left["changed"], left["findings"]) == ([False] * 6, [])


def test_of_one_order_two_parts_arrive_at_once_and_what_was_promised_is_kept(scenario):
    seeds = list(range(30))
    left = scenario("arrivals", seeds=seeds)
    assert left["findings"] == []
    for seed, became, (coming, promised, kept) in zip(seeds, left["became"], left["left"], strict=True):
        other = (*became, "")[2]
        assert became[:2] == ["done", "done"], (seed, became)
        assert (coming, promised) == (0, 0), (seed, became)
        assert kept == 5 - (2 if seed % 3 == 1 and other == "done" else 0) + (seed % 3 == 2 and other == "done"), seed


@pytest.mark.stress
@pytest.mark.parametrize("thousand", range(1, 51))
def test_in_fifty_thousand_orders_of_statements_nothing_is_given_twice(scenario, thousand):
    left = scenario("stepped", seeds=list(range(1000 * thousand, 1000 * thousand + 1000)))
    assert (left["wrong"], left["findings"]) == ({}, [])


@pytest.mark.stress
@pytest.mark.parametrize("seed", range(100))
def test_in_a_long_rush_exactly_what_is_there_is_sold(scenario, seed):
    left = scenario("rush", clients=16, each=2000, stock=12_000, items=1, seed=seed)
    sold_out(left, 32_000, 12_000)


@pytest.mark.stress
def test_many_orders_of_many_lines_never_cross(scenario):
    left = scenario("orders", clients=16, each=2000, lines=10, items=200, stock=1000)
    assert set(Counter(left["demands"]).values()) == {10}
    assert left["findings"] == []


@pytest.mark.stress
def test_a_thousand_kills_lose_nothing_that_was_answered(scenario):
    left = scenario("killed", kills=1000)
    assert set(left["acknowledged"]) <= set(left["keys"])
    assert left["findings"] == []
