"""The order of work on machines: rules, set-ups, and what to do when something goes wrong, every minute by hand."""

import importlib.util
from dataclasses import replace

import pytest

from huoku.errors import DataError
from huoku.sequence import (
    Downtime,
    Floor,
    Job,
    Operation,
    Schedule,
    Slot,
    SolverMissing,
    after,
    check_schedule,
    dispatch,
    improve,
    least_disturbance,
    makespan,
    options,
    repair,
    setup_minutes,
    tardiness,
)


def job(code: str, *steps: tuple[str, int], due: int | None = None, weight: int = 1, release: int = 0) -> Job:
    """A job of (machine, minutes) in turn."""
    return Job(code, tuple(Operation((name,), minutes) for name, minutes in steps), release, due, weight)


def slots(*places: tuple[str, int, str, int, int]) -> Schedule:
    return tuple(Slot(*place) for place in places)


def starts(schedule: Schedule) -> dict[tuple[str, int], int]:
    return {(slot.job, slot.operation): slot.start for slot in schedule}


# ---- Rules ----------------------------------------------------------------------------------------------------


def test_the_job_that_is_due_first_goes_first() -> None:
    """A 10 min due 30, B 10 min due 10: B then A, both in time; A then B would be 10 late."""
    answer = dispatch(Floor((job("A", ("M", 10), due=30), job("B", ("M", 10), due=10))))
    assert starts(answer.schedule) == {("B", 0): 0, ("A", 0): 10}
    assert (answer.value, answer.bound, answer.proved) == (0, 0, False)


def test_the_dearer_of_two_late_jobs_goes_first() -> None:
    """Both due at 10. A first: B 10 late x 5 = 50. B first: A 10 late x 1 = 10."""
    floor = Floor((job("A", ("M", 10), due=10), job("B", ("M", 10), due=10, weight=5)))
    assert dispatch(floor).value == 10
    assert "10" in dispatch(floor).told[0].say("zh")


def test_a_machine_does_not_stand_idle_beside_a_job_that_fits_before_the_next_one() -> None:
    """A comes to N at 20; C takes 15 there and is done before."""
    floor = Floor((job("A", ("M", 20), ("N", 10), due=30), job("C", ("N", 15), due=100)))
    assert starts(dispatch(floor).schedule) == {("A", 0): 0, ("C", 0): 0, ("A", 1): 20}


def test_two_machines_that_can_do_it_share_the_work() -> None:
    floor = Floor(tuple(Job(code, (Operation(("M", "N"), 10),)) for code in "AB"))
    answer = dispatch(floor, "makespan")
    assert answer.value == 10
    assert {slot.resource for slot in answer.schedule} == {"M", "N"}


def test_the_order_of_the_jobs_in_the_list_does_not_matter() -> None:
    jobs = tuple(job(f"J{n}", ("M", 5 + n % 3), ("N", 4 + n % 2), due=20 + 3 * n) for n in range(8))
    assert dispatch(Floor(jobs)).schedule == dispatch(Floor(jobs[::-1])).schedule


# ---- Set-ups --------------------------------------------------------------------------------------------------

RED_AND_BLUE = Floor(
    tuple(Job(f"J{n}", (Operation(("M",), 10, family),)) for n, family in enumerate(("red", "blue", "red", "blue"))),
    setups={("red", "blue"): 30, ("blue", "red"): 5},
)


def test_jobs_of_one_family_are_put_together_and_the_shorter_change_over_is_taken() -> None:
    """Blue, blue, 5 minutes of set-up, red, red: 45. Red first would be 70, by turns up to 105."""
    answer = improve(RED_AND_BLUE, 10, "makespan")
    assert (answer.value, answer.proved) == (45, True)
    assert setup_minutes(RED_AND_BLUE, answer.schedule) == 5
    assert makespan(answer.schedule) == 45


def test_the_rules_put_families_together_too() -> None:
    assert dispatch(RED_AND_BLUE, "makespan").value <= 70


def test_a_machine_is_set_up_while_the_material_is_still_coming_and_not_while_it_is_down() -> None:
    """A until 10; B comes at 20, its set-up of 8 could run from 12; down from 15 to 25, so it runs from 25."""
    floor = Floor(
        (Job("A", (Operation(("M",), 10, "red"),)), Job("B", (Operation(("M",), 10, "blue"),), release=20)),
        setups={("red", "blue"): 8, ("blue", "red"): 8},
    )
    assert starts(dispatch(floor, "makespan").schedule)["B", 0] == 20
    stopped = replace(floor, downtimes=(Downtime("M", 15, 25),))
    assert starts(dispatch(stopped, "makespan").schedule)["B", 0] == 33


# ---- After a disturbance --------------------------------------------------------------------------------------

THREE = Floor((job("A", ("M", 10), ("N", 10), due=20), job("B", ("M", 10), due=20), job("C", ("M", 10), due=30)))
OLD = slots(("A", 0, "M", 0, 10), ("A", 1, "N", 10, 20), ("B", 0, "M", 10, 20), ("C", 0, "M", 20, 30))


def test_a_machine_that_is_down_pushes_back_what_stands_on_it_and_nothing_else() -> None:
    """M is down from 10 to 25: B 25 to 35, C 35 to 45. 15 + 15 minutes late."""
    floor = after(THREE, OLD, 10, downtimes=(Downtime("M", 10, 25),))
    pushed = repair(floor, OLD)
    assert starts(pushed) == {("A", 0): 0, ("A", 1): 10, ("B", 0): 25, ("C", 0): 35}
    assert tardiness(floor, pushed) == 30


def test_what_can_be_built_is_built_and_what_waits_for_material_goes_later() -> None:
    """B's material comes at 20: C takes its turn. Pushed back B and C would be 10 + 10 late, so only B, by 10."""
    floor = after(THREE, OLD, 5, releases={"B": 20})
    pushed, little, best = options(floor, OLD, seconds=10)
    assert (pushed.tardiness, pushed.moved) == (20, 2)
    assert (best.tardiness, little.tardiness, little.moved) == (10, 10, 2)
    assert starts(little.schedule) == {("A", 0): 0, ("A", 1): 10, ("C", 0): 10, ("B", 0): 20}


def test_the_old_order_is_kept_where_changing_it_gains_nothing() -> None:
    """Nothing has happened: nothing moves."""
    floor = after(THREE, OLD, 5)
    pushed, little, _ = options(floor, OLD, seconds=10)
    assert pushed.moved == little.moved == 0
    assert starts(pushed.schedule) == starts(OLD)


def test_interrupted_work_goes_on_after_the_downtime() -> None:
    """A has run 4 of 10 minutes; M is down from 4 to 14: done at 20. B has not begun and waits."""
    floor = after(THREE, OLD, 4, frozen_minutes=10, downtimes=(Downtime("M", 4, 14),))
    assert floor.frozen == slots(("A", 0, "M", 0, 20))
    assert starts(repair(floor, OLD)) == {("A", 0): 0, ("A", 1): 20, ("B", 0): 20, ("C", 0): 30}


def test_what_is_about_to_begin_keeps_its_place() -> None:
    """At 5, with 10 minutes frozen: B at 10 stays although C, weighing 9, has become due at 20."""
    jobs = (*THREE.jobs[:2], job("C", ("M", 10), due=20, weight=9))
    free, fixed = (after(replace(THREE, jobs=jobs), OLD, 5, frozen_minutes=minutes) for minutes in (0, 10))
    assert improve(free, 10, "tardiness").value == 10
    assert improve(fixed, 10, "tardiness").value == 90


def test_a_rush_order_is_put_into_the_first_gap_and_the_solver_may_put_it_first() -> None:
    rush = job("R", ("M", 5), due=15, weight=10)
    floor = after(THREE, OLD, 8, jobs=(rush,))
    pushed, _, best = options(floor, OLD, seconds=10)
    assert starts(pushed.schedule)["R", 0] == 30
    assert pushed.tardiness == 200
    assert starts(best.schedule)["R", 0] == 10
    assert best.tardiness == 10  # B and C, 5 minutes each


def test_little_change_stays_with_the_old_machine() -> None:
    """Two machines can do either job; swapping them would gain nothing."""
    floor = Floor(tuple(Job(code, (Operation(("M", "N"), 10),), due=10) for code in "AB"), now=0)
    old = slots(("A", 0, "N", 0, 10), ("B", 0, "M", 0, 10))
    answer = least_disturbance(floor, old, improve(floor, 10, "tardiness").schedule)
    assert (answer.value, answer.proved, answer.schedule) == (0, True, repair(floor, old))


def test_an_old_order_with_long_gaps_is_kept_too() -> None:
    """C was to wait until 5,000, and so it does where it is due after that."""
    floor = replace(THREE, jobs=(*THREE.jobs[:2], job("C", ("M", 10), due=6_000)))
    old = slots(*OLD[:3], ("C", 0, "M", 5_000, 5_010))
    answer = least_disturbance(floor, old, improve(floor, 10, "tardiness").schedule)
    assert (answer.value, answer.proved) == (0, True)
    assert improve(floor, 10, "tardiness", start=repair(floor, old)).proved


def test_a_cancelled_job_leaves_its_place_and_a_machine_that_can_do_no_more_is_left() -> None:
    """A is cancelled; C can now be done on P alone, still not before its old minute 20."""
    floor = after(Floor((THREE.jobs[1], job("C", ("P", 10), due=30))), OLD, 5, frozen_minutes=10)
    assert floor.frozen == slots(("B", 0, "M", 10, 20))
    pushed = repair(floor, OLD)
    check_schedule(floor, pushed)
    assert pushed[1] == Slot("C", 0, "P", 20, 30)


# ---- What is said, and what is refused ------------------------------------------------------------------------


def test_a_proof_is_told_in_both_languages() -> None:
    answer = improve(RED_AND_BLUE, 10, "makespan")
    assert answer.told[0].say("zh") == "求解器：全部完工于第 45 分钟，已证明不能更好"
    assert answer.told[0].say("en") == "Solver: all done by minute 45; proved that nothing is better"
    assert answer.gap == 0


def test_without_a_solver_the_rules_answer_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    floor = after(THREE, OLD, 5, releases={"B": 20})
    for answer in (improve(floor, 10, "tardiness"), least_disturbance(floor, OLD, repair(floor, OLD))):
        check_schedule(floor, answer.schedule)
        assert not answer.proved
        assert "pip install 'huoku[solve]'" in answer.told[0].say("zh")
    with pytest.raises(SolverMissing, match=r"huoku\[solve\]"):
        improve(floor, 10, "tardiness", rule_will_do=False)


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (OLD[:3], "not_once"),
        ((*OLD, Slot("D", 0, "M", 50, 60)), "unknown_operation"),
        (slots(("A", 0, "N", 0, 10), *OLD[1:]), "wrong_machine"),
        (slots(("A", 0, "M", 0, 9), *OLD[1:]), "wrong_minutes"),
        (slots(("A", 0, "M", -1, 9), *OLD[1:]), "too_early"),
        (slots(*OLD[:1], ("A", 1, "N", 9, 19), *OLD[2:]), "not_done"),
        (slots(*OLD[:2], ("B", 0, "M", 9, 19), *OLD[3:]), "machine_clash"),
    ],
)
def test_a_schedule_that_breaks_a_rule_is_refused_with_the_rule(broken: Schedule, rule: str) -> None:
    with pytest.raises(DataError) as refused:
        check_schedule(THREE, broken)
    assert [problem.rule for problem in refused.value.problems] == [rule]
    for problem in refused.value.problems:
        assert problem.text("zh") and problem.text("en")


def test_work_in_a_downtime_and_frozen_work_that_moved_are_refused() -> None:
    down = replace(THREE, downtimes=(Downtime("M", 12, 13),))
    with pytest.raises(DataError, match="downtime of M"):
        check_schedule(down, OLD)
    frozen = replace(THREE, frozen=slots(("A", 0, "M", 2, 12)))
    with pytest.raises(DataError, match="frozen and was moved"):
        check_schedule(frozen, OLD)


def test_everything_that_is_wrong_with_a_floor_is_told_at_once() -> None:
    floor = Floor(
        (Job("A", (Operation((), 5),), weight=-1), Job("A", (Operation(("M",), 0),))),
        setups={("red", "blue"): -2},
        downtimes=(Downtime("M", 5, 3),),
        frozen=slots(("A", 7, "M", 0, 5)),
    )
    with pytest.raises(DataError) as refused:
        dispatch(floor)
    told = [problem.rule for problem in refused.value.problems]
    assert told == [
        "job_twice",
        "negative_weight",
        "no_machine",
        "no_minutes",
        "negative_setup",
        "downtime_backwards",
        "unknown_operation",
    ]


def test_only_the_first_operations_of_a_job_can_be_frozen_and_they_may_not_overlap() -> None:
    for frozen, rule in (
        (slots(("A", 1, "N", 10, 20)), "frozen_gap"),
        (slots(("A", 0, "M", 0, 10), ("B", 0, "M", 5, 15)), "machine_clash"),
    ):
        with pytest.raises(DataError) as refused:
            dispatch(replace(THREE, frozen=frozen))
        assert [problem.rule for problem in refused.value.problems] == [rule]
