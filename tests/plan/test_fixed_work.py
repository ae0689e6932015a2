"""Work that somebody has put on a day by hand: the plan leaves it there and lays the rest around it.

Cups are thrown on the wheel, 24 minutes each, then fired in the kiln, 48 minutes each; both work 480 minutes a day, so
that ten cups take half a day on the wheel and a day in the kiln. Work order WO-1 makes ten cups by day 10. There is
clay enough unless said otherwise. Today is Monday 2026-01-05, day 0.
"""

from datetime import date, timedelta
from typing import Any

import polars as pl

from huoku.errors import DataError
from huoku.factory import Factory, build
from huoku.judge import judge
from huoku.plan import Plan, plan
from huoku.plan.replan.replan import replan

TODAY = date(2026, 1, 5)

Row = dict[str, Any]


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def pottery(*fixed: Row, **changes: Any) -> Factory:
    world: Row = {
        "today": TODAY,
        "horizon_days": 60,
        "items": [{"item": "CUP", "kind": "make", "price": 10}, {"item": "CLAY", "unit_cost": 1}],
        "bom": [{"parent": "CUP", "component": "CLAY", "qty": 1}],
        "sources": [{"item": "CLAY", "supplier": "S", "lead_time_days": 4, "price": 1}],
        "stock": [{"item": "CLAY", "qty": 1000}],
        "operations": [
            {"parent": "CUP", "seq": 10, "resource": "WHEEL", "run_minutes": 24},
            {"parent": "CUP", "seq": 20, "resource": "KILN", "run_minutes": 48},
        ],
        "resources": [
            {"resource": "WHEEL", "minutes_per_day": 480},
            {"resource": "KILN", "minutes_per_day": 480},
            {"resource": "OLD-KILN", "minutes_per_day": 240},
        ],
        "supplies": [order("WO-1", 10, 10)],
        "fixed_work": list(fixed),
    }
    return build(**(world | changes))


def order(name: str, qty: int, due: int, **more: Any) -> Row:
    return {"supply": name, "item": "CUP", "qty": qty, "due": day(due), "kind": "make", **more}


def fixed(seq: int, on: int, supply: str = "WO-1", **more: Any) -> Row:
    return {"supply": supply, "seq": seq, "date": day(on), **more}


def planned(factory: Factory) -> Plan:
    made = plan(factory, lang="en")
    assert [violation.message("en") for violation in judge(factory, made).violations] == []
    return made


def work(made: Plan, supply: str = "WO-1") -> list[tuple[int, str, int, float]]:
    """Operation, resource, day and minutes of an open order."""
    rows = made.open_work.filter(pl.col("supply") == supply).select("seq", "resource", "date", "minutes").rows()
    return [(seq, resource, (on - TODAY).days, minutes) for seq, resource, on, minutes in rows]


def told(made: Plan) -> dict[str, str]:
    return {code: message for code, message in made.exceptions["code", "message"].rows()}


def test_without_a_hand_an_order_is_worked_as_late_as_its_day_allows() -> None:
    assert work(planned(pottery())) == [(10, "WHEEL", 10, 240.0), (20, "KILN", 10, 480.0)]


def test_what_is_fixed_stands_on_its_day_and_what_follows_comes_at_once() -> None:
    assert work(planned(pottery(fixed(10, 3)))) == [(10, "WHEEL", 3, 240.0), (20, "KILN", 3, 480.0)]


def test_what_comes_before_what_is_fixed_is_done_as_late_as_it_can_be() -> None:
    assert work(planned(pottery(fixed(20, 5)))) == [(10, "WHEEL", 5, 240.0), (20, "KILN", 5, 480.0)]


def test_each_operation_can_have_its_own_day() -> None:
    made = planned(pottery(fixed(10, 2), fixed(20, 6)))
    assert work(made) == [(10, "WHEEL", 2, 240.0), (20, "KILN", 6, 480.0)]


def test_work_is_moved_to_another_resource_which_takes_as_long_as_its_day_is() -> None:
    made = planned(pottery(fixed(20, 5, resource="OLD-KILN")))
    assert work(made) == [(10, "WHEEL", 5, 240.0), (20, "OLD-KILN", 5, 240.0), (20, "OLD-KILN", 6, 240.0)]


def test_other_orders_make_room() -> None:
    two = [order("WO-1", 10, 10), order("WO-2", 10, 5)]
    assert work(planned(pottery(supplies=two)), "WO-2")[-1] == (20, "KILN", 5, 480.0)
    made = planned(pottery(fixed(20, 5), supplies=two))
    assert work(made)[-1] == (20, "KILN", 5, 480.0)
    assert work(made, "WO-2")[-1] == (20, "KILN", 4, 480.0)


def test_a_new_order_is_promised_around_it() -> None:
    demand = {
        "demands": [{"demand": "SO-1", "item": "CUP", "qty": 20, "due": day(3)}],
        "supplies": [order("WO-1", 10, 30)],
    }
    assert planned(pottery(**demand)).promises["date"].to_list() == [day(3)]
    late = planned(pottery(fixed(20, 0), **demand)).promises["date"].to_list()
    assert late == [day(3)]
    full = [fixed(20, 0), fixed(20, 1, "WO-2")]
    orders = [order("WO-1", 10, 30), order("WO-2", 30, 30)]
    # The kiln has day 0 for WO-1 and days 1 to 3 for WO-2; the twenty cups, or what WO-2 gives, come no earlier.
    made = planned(pottery(*full, **(demand | {"supplies": orders})))
    assert made.promises["date"].to_list() == [day(5)]


def test_two_that_want_the_same_minutes_stand_one_after_the_other_and_it_is_said() -> None:
    two = [order("WO-1", 10, 10), order("WO-2", 10, 10)]
    made = planned(pottery(fixed(20, 4), fixed(20, 4, "WO-2"), supplies=two))
    assert (work(made)[-1][2], work(made, "WO-2")[-1][2]) == (4, 5)
    assert told(made)["fixed_work_moved"] == (
        "operation 20 of CUP is fixed on 2026-01-09, but begins on 2026-01-10: before it KILN has no minutes free, "
        "the operation before it is not done, or components are missing"
    )


def test_a_day_that_is_past_is_today() -> None:
    assert work(planned(pottery(fixed(10, -4)))) == [(10, "WHEEL", 0, 240.0), (20, "KILN", 0, 480.0)]


def test_work_that_is_fixed_after_the_orders_day_makes_it_late_and_says_so() -> None:
    made = planned(pottery(fixed(20, 12), supplies=[order("WO-1", 10, 10, status="planned")]))
    assert work(made)[-1] == (20, "KILN", 12, 480.0)
    assert told(made)["open_work_late"] == (
        "10 of CUP is due on 2026-01-15, but some of its work is fixed by hand so that it is done on 2026-01-17; "
        "it is counted on 2026-01-17"
    )


def test_clay_that_comes_too_late_puts_the_order_off_all_the_same() -> None:
    made = planned(pottery(fixed(10, 1), supplies=[order("WO-1", 10, 10, status="planned")], stock=[]))
    assert work(made) == [(10, "WHEEL", 10, 240.0), (20, "KILN", 10, 480.0)]
    assert told(made)["fixed_work_moved"].startswith(
        "operation 10 of CUP is fixed on 2026-01-06, but begins on 2026-01-15"
    )


def test_an_order_that_is_put_off_stays_with_the_machine_that_was_chosen_for_it() -> None:
    late = {"supplies": [order("WO-1", 10, 10, status="planned")], "stock": []}
    # The clay comes on day 4: it is made as late as its own day allows, half of it on each of two days.
    assert work(planned(pottery(fixed(20, 1, resource="OLD-KILN"), **late))) == [
        (10, "WHEEL", 9, 240.0),
        (20, "OLD-KILN", 9, 240.0),
        (20, "OLD-KILN", 10, 240.0),
    ]


def test_a_fix_of_what_is_not_there_is_told() -> None:
    factory = pottery(fixed(30, 4))
    (problem,) = factory.warnings
    assert (problem.rule, problem.value) == ("fixed_work_ignored", "WO-1")
    assert "“WO-1” has no operation 30" in problem.text("en")
    assert work(planned(factory)) == work(planned(pottery()))
    try:
        pottery(fixed(10, 4, "WO-9"))
    except DataError as error:
        assert "WO-9" in str(error)
    else:
        raise AssertionError


def test_planned_again_after_a_fix_is_as_planned_anew() -> None:
    demand = [{"demand": "SO-1", "item": "CUP", "qty": 20, "due": day(3)}]
    before = planned(pottery(demands=demand))
    for factory in (
        pottery(fixed(20, 5, resource="OLD-KILN"), demands=demand),
        pottery(fixed(20, 5), demands=demand, supplies=[order("WO-1", 20, 10)]),
    ):
        again = replan(before, factory)
        assert again.open_work.equals(plan(factory, lang="en").open_work)
        before = again
