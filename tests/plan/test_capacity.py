"""Machines with so many minutes a day: what is done when, who waits, and why.

Cups are fired in a kiln that works 480 minutes a day, 48 for each cup: ten cups a day. There is clay enough unless
said otherwise. Today is Monday 2026-01-05, day 0; the plan ends on day 60.
"""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from huoku.factory import Factory, build
from huoku.judge import judge
from huoku.language import Language
from huoku.plan import Plan, plan

TODAY = date(2026, 1, 5)

Row = dict[str, Any]


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def pottery(**changes: Any) -> Factory:
    world: Row = {
        "today": TODAY,
        "horizon_days": 60,
        "items": [{"item": "CUP", "kind": "make", "price": 10, "lead_time_days": 30}, {"item": "CLAY", "unit_cost": 1}],
        "bom": [{"parent": "CUP", "component": "CLAY", "qty": 1}],
        "sources": [{"item": "CLAY", "supplier": "S", "lead_time_days": 4, "price": 1}],
        "stock": [{"item": "CLAY", "qty": 1000}],
        "operations": [{"parent": "CUP", "seq": 10, "resource": "KILN", "run_minutes": 48}],
        "resources": [{"resource": "KILN", "minutes_per_day": 480}],
    }
    return build(**(world | changes))


def cups(demand: str, qty: int, on: int, **more: Any) -> Row:
    return {"demand": demand, "item": "CUP", "qty": qty, "due": day(on), **more}


def planned(factory: Factory, lang: Language = "en", **options: Any) -> Plan:
    """The plan, after the judge has found nothing wrong with it."""
    made = plan(factory, lang=lang, **options)
    assert [violation.message("en") for violation in judge(factory, made).violations] == []
    return made


def work(made: Plan) -> list[tuple[str, int, float]]:
    """Resource, day and minutes of all work, by day."""
    rows = made.schedule.sort("date", "order", "seq").select("resource", "date", "minutes").rows()
    return [(resource, (on - TODAY).days, minutes) for resource, on, minutes in rows]


def makes(made: Plan, item: str = "CUP") -> list[tuple[float, int, int]]:
    """Quantity, start and due day of each order of an item, by day."""
    orders = made.orders.filter(pl.col("item") == item).sort("start", "due", "qty")
    return [(qty, (start - TODAY).days, (due - TODAY).days) for qty, start, due in orders["qty", "start", "due"].rows()]


def promised(made: Plan) -> dict[str, int]:
    return {name: (on - TODAY).days for name, on in made.promises.drop_nulls("date")["demand", "date"].rows()}


def reason(made: Plan, demand: str) -> str:
    return str(made.promises.filter(pl.col("demand") == demand)["reason"][0])


def test_an_order_is_done_on_the_last_minutes_before_it_is_due_and_its_lead_time_counts_for_nothing() -> None:
    made = planned(pottery(demands=[cups("SO-1", 25, 9)]))
    assert work(made) == [("KILN", 7, 240.0), ("KILN", 8, 480.0), ("KILN", 9, 480.0)]
    assert makes(made) == [(25.0, 7, 9)]
    assert promised(made) == {"SO-1": 9}


def test_two_orders_for_one_day_share_the_days_before_it() -> None:
    made = planned(pottery(demands=[cups("SO-1", 10, 3), cups("SO-2", 15, 3)]))
    assert promised(made) == {"SO-1": 3, "SO-2": 3}
    assert sum(minutes for _, _, minutes in work(made)) == 25 * 48
    assert max(minutes for _, _, minutes in work(made)) <= 480


def test_where_days_do_not_suffice_the_better_priority_goes_first_and_the_other_is_told_which_machine_is_full() -> None:
    demands = [cups("SO-1", 30, 3, priority=2), cups("SO-2", 20, 3, priority=1)]
    made = planned(pottery(demands=demands))
    assert promised(made) == {"SO-2": 3, "SO-1": 4}
    assert reason(made, "SO-1") == "CUP must be done by 2026-01-08, but KILN is full: 2026-01-09 at the earliest"
    (told,) = made.exceptions.filter(pl.col("code") == "resource_full").rows(named=True)
    assert told["subject"] == "KILN"
    assert told["message"].startswith("is full: it makes demands late (1), by 1 day in all")


def test_a_demand_whose_parts_wait_for_a_machine_is_one_and_as_late_as_its_last_part() -> None:
    """Ten cups a day: forty of sixty by the third day, and ten on each of the two days after it."""
    made = planned(pottery(demands=[cups("SO-1", 60, 3)], partial_shipments=True))
    assert made.promises["late_days"].to_list() == [0, 1, 2]
    message = made.exceptions.filter(pl.col("code") == "resource_full")["message"][0]
    assert message.startswith("is full: it makes demands late (1), by 2 days in all")


def test_the_reason_is_said_in_chinese_too() -> None:
    demands = [cups("SO-1", 30, 3, priority=2), cups("SO-2", 20, 3, priority=1)]
    made = planned(pottery(demands=demands), "zh")
    assert reason(made, "SO-1") == "CUP 要在 2026-01-08 前做完，但 KILN 排满，最早 2026-01-09 才做得完"


def test_material_that_a_full_machine_asks_for_too_early_is_told_with_the_machine() -> None:
    """Clay comes on day 4. The kiln is full on days 4 to 9, so ten more cups for day 9 would be fired on day 3."""
    demands = [cups("SO-1", 60, 9, priority=1), cups("SO-2", 10, 9, priority=2)]
    made = planned(pottery(demands=demands, stock=[]))
    assert promised(made) == {"SO-1": 9, "SO-2": 10}
    assert reason(made, "SO-2") == (
        "CUP must be done by 2026-01-14, but KILN is so full that it would have to begin on 2026-01-08, "
        "when 10 pcs of CLAY are still missing"
    )


def test_material_alone_is_told_as_ever() -> None:
    made = planned(pottery(demands=[cups("SO-1", 5, 2)], stock=[]))
    assert promised(made) == {"SO-1": 4}
    assert reason(made, "SO-1").startswith("5 pcs of CLAY short on 2026-01-08: S needs 4 days")


def test_nothing_is_done_on_a_closed_day_of_the_factory() -> None:
    made = planned(pottery(demands=[cups("SO-1", 25, 9)], calendar=[{"date": day(8), "open": 0}]))
    assert work(made) == [("KILN", 6, 240.0), ("KILN", 7, 480.0), ("KILN", 9, 480.0)]


def test_a_machine_that_is_down_for_three_days_makes_late_what_it_cannot_do_before() -> None:
    down = [{"date": day(n), "open": 0, "resource": "KILN"} for n in (1, 2, 3)]
    made = planned(pottery(demands=[cups("SO-1", 20, 3)], calendar=down))
    assert work(made) == [("KILN", 0, 480.0), ("KILN", 4, 480.0)]
    assert promised(made) == {"SO-1": 4}


def test_of_two_operations_the_second_begins_when_the_first_is_done_the_same_day_at_the_earliest() -> None:
    operations = [
        {"parent": "CUP", "seq": 10, "resource": "WHEEL", "setup_minutes": 60, "run_minutes": 30},
        {"parent": "CUP", "seq": 20, "resource": "KILN", "run_minutes": 48},
    ]
    resources = [{"resource": "KILN", "minutes_per_day": 480}, {"resource": "WHEEL", "minutes_per_day": 360}]
    made = planned(pottery(demands=[cups("SO-1", 15, 9)], operations=operations, resources=resources))
    # 720 minutes of firing on days 8 and 9; 60 + 450 of throwing on days 7 and 8.
    assert sorted(work(made)) == [
        ("KILN", 8, 240.0),
        ("KILN", 9, 480.0),
        ("WHEEL", 7, 150.0),
        ("WHEEL", 8, 360.0),
    ]
    assert makes(made) == [(15.0, 7, 9)]


def test_a_part_that_is_made_is_done_before_what_it_goes_into_begins() -> None:
    made = planned(
        pottery(
            items=[{"item": "SET", "price": 60}, {"item": "CUP", "kind": "make"}, {"item": "CLAY", "unit_cost": 1}],
            bom=[
                {"parent": "SET", "component": "CUP", "qty": 4},
                {"parent": "CUP", "component": "CLAY", "qty": 1},
            ],
            operations=[
                {"parent": "CUP", "seq": 10, "resource": "KILN", "run_minutes": 48},
                {"parent": "SET", "seq": 10, "resource": "BENCH", "run_minutes": 100},
            ],
            resources=[{"resource": "KILN", "minutes_per_day": 480}, {"resource": "BENCH", "minutes_per_day": 480}],
            demands=[{"demand": "SO-1", "item": "SET", "qty": 5, "due": day(9)}],
        )
    )
    assert makes(made, "SET") == [(5.0, 8, 9)]
    assert makes(made, "CUP") == [(20.0, 7, 8)]


def test_what_takes_no_operations_is_planned_by_lead_time_above_and_below_what_does() -> None:
    made = planned(
        pottery(
            items=[
                {"item": "SET", "price": 60, "lead_time_days": 2},
                {"item": "CUP", "kind": "make"},
                {"item": "CLAY", "unit_cost": 1},
            ],
            bom=[
                {"parent": "SET", "component": "CUP", "qty": 4},
                {"parent": "CUP", "component": "CLAY", "qty": 1},
            ],
            demands=[{"demand": "SO-1", "item": "SET", "qty": 5, "due": day(9)}],
            stock=[],
        )
    )
    assert makes(made, "SET") == [(5.0, 7, 9)]
    assert makes(made, "CUP") == [(20.0, 6, 7)]
    assert makes(made, "CLAY") == [(20.0, 2, 6)]


def test_a_lot_too_large_for_one_order_is_split_and_each_order_has_its_own_work() -> None:
    items = [{"item": "CUP", "kind": "make", "lot_max": 8}, {"item": "CLAY", "unit_cost": 1}]
    operations = [{"parent": "CUP", "seq": 10, "resource": "KILN", "setup_minutes": 6, "run_minutes": 48}]
    made = planned(pottery(items=items, operations=operations, demands=[cups("SO-1", 20, 9)]))
    assert sorted(qty for qty, _, _ in makes(made)) == [6.0, 7.0, 7.0]
    assert made.schedule.group_by("order").agg(pl.col("minutes").sum()).sort("order")["minutes"].to_list() == [
        7 * 48 + 6,
        7 * 48 + 6,
        6 * 48 + 6,
    ]


def test_a_resource_without_a_row_of_its_own_has_no_limit() -> None:
    made = planned(pottery(resources=[], demands=[cups("SO-1", 1000, 3)]))
    assert work(made) == [("KILN", 3, 48_000.0)]
    assert made.workload()["share"].to_list() == [None]


def test_what_never_fits_gets_no_promise_but_a_reason_and_an_exception() -> None:
    made = planned(pottery(demands=[cups("SO-1", 700, 50)]))  # 61 days of ten cups
    assert promised(made) == {}
    assert reason(made, "SO-1") == "CUP must be done by 2026-03-06, but KILN has no room for it by the last day"
    assert "demand_not_promised" in made.exceptions["code"]


def test_the_load_is_told_by_week() -> None:
    made = planned(pottery(demands=[cups("SO-1", 25, 9)], calendar=[{"date": day(8), "open": 0}]))
    assert made.workload().rows() == [
        ("KILN", day(0), 240.0, 7 * 480.0, 240 / 3360),
        ("KILN", day(7), 960.0, 6 * 480.0, 960 / 2880),
    ]


def test_more_capacity_makes_nobody_later() -> None:
    demands = [cups(f"SO-{n}", 10 + 7 * n % 13, 2 + n, priority=1 + n % 2) for n in range(8)]
    days = []
    for minutes in (240, 480, 720, 1440):
        resources = [{"resource": "KILN", "minutes_per_day": minutes}]
        days.append(sum(promised(planned(pottery(demands=demands, resources=resources))).values()))
    assert days == sorted(days, reverse=True)


def test_where_machines_are_full_more_effort_never_loses_more() -> None:
    demands = [cups(f"SO-{n}", 5 + n * n % 11, 2 + n % 5, price=3 + n % 4) for n in range(15)]
    lost = [planned(pottery(demands=demands), effort=effort).figures["cost"]["lateness"] for effort in (0, 60, 3000)]
    assert lost == sorted(lost, reverse=True)


@pytest.mark.parametrize("closed", [[], [0], [4], [4, 5], [0, 1, 4, 5, 9]])
def test_no_order_leaves_a_closed_supplier_and_none_arrives_there(closed: list[int]) -> None:
    shut = [{"date": day(n), "open": 0, "supplier": "S"} for n in closed]
    demands = [{"demand": f"SO-{n}", "item": "CLAY", "qty": 5, "due": day(n)} for n in (1, 5, 9, 20)]
    made = planned(pottery(demands=demands, stock=[], calendar=shut))
    for order in made.orders.rows(named=True):
        assert not {(order["start"] - TODAY).days, (order["due"] - TODAY).days} & set(closed)


def test_what_a_closed_supplier_cannot_bring_on_the_day_comes_on_the_last_open_day_before() -> None:
    shut = [{"date": day(n), "open": 0, "supplier": "S"} for n in (9, 10)]
    demands = [{"demand": "SO-1", "item": "CLAY", "qty": 5, "due": day(10)}]
    made = planned(pottery(demands=demands, stock=[], calendar=shut))
    assert makes(made, "CLAY") == [(5.0, 4, 8)]


def test_a_supplier_closed_today_delivers_later() -> None:
    """Ordered on day 2, four days on the way, closed on day 6: there on day 7."""
    shut = [{"date": day(n), "open": 0, "supplier": "S"} for n in (0, 1, 6)]
    demands = [{"demand": "SO-1", "item": "CLAY", "qty": 5, "due": day(3)}]
    made = planned(pottery(demands=demands, stock=[], calendar=shut))
    assert promised(made) == {"SO-1": 7}


def with_setup(minutes: int, **changes: Any) -> Factory:
    """The kiln has to be heated for each order."""
    operations = [{"parent": "CUP", "seq": 10, "resource": "KILN", "setup_minutes": minutes, "run_minutes": 48}]
    return pottery(operations=operations, **changes)


def test_what_fits_into_the_day_of_a_lot_is_made_with_it_and_needs_no_second_setup() -> None:
    made = planned(with_setup(60, demands=[cups("SO-1", 4, 9), cups("SO-2", 4, 9)]))
    assert makes(made) == [(8.0, 9, 9)]
    assert work(made) == [("KILN", 9, 60 + 8 * 48)]


def test_what_is_wanted_up_to_three_days_later_is_made_with_it_too() -> None:
    made = planned(with_setup(60, demands=[cups("SO-1", 4, 9), cups("SO-2", 4, 12), cups("SO-3", 1, 13)]))
    assert makes(made) == [(8.0, 9, 9), (1.0, 13, 13)]


def test_what_does_not_fit_is_another_order() -> None:
    made = planned(with_setup(60, demands=[cups("SO-1", 6, 9), cups("SO-2", 4, 9)]))
    assert sorted(makes(made)) == [(4.0, 8, 9), (6.0, 9, 9)] or sorted(makes(made)) == [(4.0, 9, 9), (6.0, 8, 9)]


def test_a_lot_grows_no_larger_than_it_may_be() -> None:
    items = [{"item": "CUP", "kind": "make", "lot_max": 6}, {"item": "CLAY", "unit_cost": 1}]
    made = planned(with_setup(10, items=items, demands=[cups("SO-1", 4, 9), cups("SO-2", 4, 9)]))
    assert [qty for qty, _, _ in makes(made)] == [4.0, 4.0]


def test_where_there_is_nothing_to_set_up_each_demand_has_its_own_order() -> None:
    made = planned(pottery(demands=[cups("SO-1", 4, 9), cups("SO-2", 4, 9)]))
    assert [qty for qty, _, _ in makes(made)] == [4.0, 4.0]
