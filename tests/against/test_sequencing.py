"""Orders of work against every possible one, and against the best known of the literature's job shops."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.sequence import (
    Downtime,
    Floor,
    Job,
    Objective,
    Operation,
    after,
    check_schedule,
    dispatch,
    improve,
    makespan,
    moved,
    options,
    tardiness,
)

from .small_floors import best_by_enumeration, small_floors

objectives: st.SearchStrategy[Objective] = st.sampled_from(("makespan", "tardiness"))


@settings(max_examples=100, deadline=None)
@given(small_floors(choices=True), objectives)
def test_the_rules_keep_every_rule_of_the_floor_and_their_bound_is_one(floor: Floor, objective: Objective) -> None:
    answer = dispatch(floor, objective)
    check_schedule(floor, answer.schedule)
    assert answer.bound <= best_by_enumeration(floor, objective) <= answer.value
    assert answer == dispatch(floor, objective)


@settings(max_examples=60, deadline=None)
@given(small_floors(), objectives)
def test_no_order_of_work_is_better_than_a_proved_one(floor: Floor, objective: Objective) -> None:
    answer = improve(floor, 20, objective)
    check_schedule(floor, answer.schedule)
    assert answer.proved
    assert answer.value == answer.bound == best_by_enumeration(floor, objective)


@settings(max_examples=15, deadline=None)
@given(small_floors(choices=True), objectives)
def test_no_choice_of_machines_is_better_than_a_proved_one(floor: Floor, objective: Objective) -> None:
    answer = improve(floor, 20, objective)
    check_schedule(floor, answer.schedule)
    assert answer.proved
    assert answer.value == best_by_enumeration(floor, objective)


@settings(max_examples=25, deadline=None)
@given(small_floors(choices=True), st.integers(0, 12), st.integers(0, 8), st.integers(0, 12), st.integers(1, 6))
def test_all_three_ways_on_after_a_disturbance_are_possible(
    floor: Floor, now: int, zone: int, down: int, length: int
) -> None:
    old = dispatch(floor).schedule
    stop = Downtime("A", now + down - 4, now + down - 4 + length)
    late = {floor.jobs[0].code: now + 5}
    new = after(floor, old, now + floor.now, frozen_minutes=zone, downtimes=(stop,), releases=late)
    pushed, little, best = options(new, old, seconds=8)
    for way in (pushed, little, best):
        check_schedule(new, way.schedule)
        assert way.tardiness == tardiness(new, way.schedule)
        assert way.moved == moved(way.schedule, old)
    assert best.tardiness <= pushed.tardiness
    assert little.tardiness <= int(1.05 * best.tardiness)
    assert little.moved <= best.moved
    if pushed.tardiness <= int(1.05 * best.tardiness):
        assert little.moved <= pushed.moved


def literature(shared: Path, name: str) -> tuple[Floor, int]:
    path = shared / "data" / "scheduling" / "jobshop_la_ft.json"
    if not path.is_file():
        pytest.skip(f"the job shops of the literature are not here: {path}")
    shop = json.loads(path.read_text("utf-8"))[name]
    rows = zip(shop["machines_matrix"], shop["duration_matrix"], strict=True)
    jobs = [
        Job(f"J{row}", tuple(Operation((f"M{machine}",), took) for machine, took in zip(*steps, strict=True)))
        for row, steps in enumerate(rows)
    ]
    return Floor(tuple(jobs)), shop["metadata"]["upper_bound"]


@pytest.mark.parametrize("name", ["ft06", "la01", "la05"])
def test_the_optimum_of_a_small_shop_of_the_literature_is_found_and_proved(shared: Path, name: str) -> None:
    floor, optimum = literature(shared, name)
    answer = improve(floor, 20, "makespan")
    check_schedule(floor, answer.schedule)
    assert (answer.value, answer.proved) == (optimum, True)
    assert answer.value == makespan(answer.schedule)


def test_ft10_stopped_after_two_seconds_says_so_and_is_not_worse_than_the_rule(shared: Path) -> None:
    floor, optimum = literature(shared, "ft10")
    answer = improve(floor, 2, "makespan")
    check_schedule(floor, answer.schedule)
    assert optimum <= answer.value <= dispatch(floor, "makespan").value
    assert answer.bound <= optimum
    assert answer.proved == (answer.bound == answer.value)
