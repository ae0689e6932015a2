"""Work that somebody has put on a day by hand: the judge sees whether a plan leaves it there.

Ten cups take half a day on the wheel (operation 10) and a day in the kiln (operation 20). Both orders of ten are open;
the kiln is to have WO-1 on day 5 and WO-2 on day 8, and both machines work every day.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from huoku.factory import Factory, build
from huoku.judge import judge
from huoku.plan import Plan, plan

TODAY = date(2026, 1, 5)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def pottery(**changes: Any) -> Factory:
    world: dict[str, Any] = {
        "today": TODAY,
        "horizon_days": 60,
        "items": [{"item": "CUP", "kind": "make", "price": 10}, {"item": "CLAY", "unit_cost": 1}],
        "bom": [{"parent": "CUP", "component": "CLAY", "qty": 1}],
        "operations": [
            {"parent": "CUP", "seq": 10, "resource": "WHEEL", "run_minutes": 24},
            {"parent": "CUP", "seq": 20, "resource": "KILN", "run_minutes": 48},
        ],
        "resources": [{"resource": name, "minutes_per_day": 480} for name in ("WHEEL", "KILN", "OLD-KILN")],
        "supplies": [
            {"supply": name, "item": "CUP", "qty": 10, "due": day(20), "kind": "make"} for name in ("WO-1", "WO-2")
        ],
        "fixed_work": [
            {"supply": "WO-1", "seq": 20, "date": day(5)},
            {"supply": "WO-2", "seq": 20, "date": day(8)},
        ],
    }
    return build(**(world | changes))


def told(factory: Factory, made: Plan) -> list[str]:
    verdict = judge(factory, made)
    assert set(verdict.broken) <= {"8 capacity"}
    return [violation.message("en") for violation in verdict.violations]


def with_work(made: Plan, *rows: tuple[str, int, str, int, float]) -> Plan:
    """The plan with other work of its open orders: order, operation, resource, day, minutes."""
    schema = made.open_work.schema
    told_days = [(supply, seq, resource, day(on), minutes) for supply, seq, resource, on, minutes in rows]
    return replace(made, open_work=pl.DataFrame(told_days, schema=schema, orient="row"))


WO_1 = [("WO-1", 10, "WHEEL", 5, 240.0), ("WO-1", 20, "KILN", 5, 480.0)]
WO_2 = [("WO-2", 10, "WHEEL", 8, 240.0), ("WO-2", 20, "KILN", 8, 480.0)]


def test_what_stands_on_its_day_is_right() -> None:
    made = plan(pottery(), lang="en")
    assert with_work(made, *WO_1, *WO_2).open_work.equals(made.open_work)
    assert told(pottery(), made) == []


@pytest.mark.parametrize(
    ("work", "says"),
    [
        (
            [*WO_1, WO_2[0], ("WO-2", 20, "OLD-KILN", 8, 480.0)],
            ["WO-2 operation 20: fixed at KILN, but works on OLD-KILN"],
        ),
        (
            [*WO_1, ("WO-2", 10, "WHEEL", 6, 240.0), ("WO-2", 20, "KILN", 7, 480.0)],
            ["WO-2 operation 20: fixed on 2026-01-13, but begins on 2026-01-12"],
        ),
        (
            [*WO_1, WO_2[0], ("WO-2", 20, "KILN", 9, 480.0)],
            [
                "WO-2 operation 20: fixed on 2026-01-13, does not begin on it, and no exception says so",
                "WO-2 operation 20: fixed on 2026-01-13, but begins on 2026-01-14, though fixed work does not fill "
                "KILN on 2026-01-13",
            ],
        ),
        (WO_1, ["WO-2 operation 20: fixed on 2026-01-13, does not begin on it, and no exception says so"]),
        (
            [*WO_1, WO_2[0], ("WO-2", 20, "KILN", 8, 481.0)],
            ["KILN on 2026-01-13: 481 of 480 minutes"],
        ),
        (
            [*WO_1, ("WO-2", 10, "WHEEL", 9, 240.0), WO_2[1]],
            ["WO-2: operation 20 begins on 2026-01-13, before the one before it ends"],
        ),
    ],
    ids=["at another machine", "too early", "too late", "left out", "more than the kiln has", "out of turn"],
)
def test_what_does_not_is_told(work: list[tuple[str, int, str, int, float]], says: list[str]) -> None:
    assert told(pottery(), with_work(plan(pottery()), *work)) == says


def test_two_on_one_day_stand_one_after_the_other_where_the_plan_says_so() -> None:
    both = pottery(fixed_work=[{"supply": name, "seq": 20, "date": day(5)} for name in ("WO-1", "WO-2")])
    made = plan(both)
    assert told(both, made) == []
    silent = replace(made, exceptions=made.exceptions.clear())
    assert told(both, silent) == [
        "WO-2 operation 20: fixed on 2026-01-10, does not begin on it, and no exception says so"
    ]


def test_a_new_order_may_not_push_it_away() -> None:
    """An order for SO-1 burns on day 8, and WO-2 comes after it: told or not, that is not what was fixed."""
    needed = pottery(demands=[{"demand": "SO-1", "item": "CUP", "qty": 30, "due": day(30)}])
    made = plan(needed)
    pushed = with_work(made, *WO_1, WO_2[0], ("WO-2", 20, "KILN", 9, 480.0))
    said = pl.DataFrame([{"code": "fixed_work_moved", "subject": "WO-2", "message": "later", "severity": "warning"}])
    pushed = replace(pushed, exceptions=pl.concat([made.exceptions, said], how="diagonal"))
    assert told(needed, pushed) == [
        "WO-2 operation 20: fixed on 2026-01-13, but begins on 2026-01-14, though fixed work does not fill KILN on "
        "2026-01-13"
    ]


def test_on_a_closed_day_nothing_can_begin() -> None:
    shut = pottery(calendar=[{"date": day(8), "open": 0, "resource": "KILN"}])
    made = plan(shut)
    assert made.open_work.filter(supply="WO-2", seq=20)["date"].to_list() == [day(9)]
    assert told(shut, made) == []
