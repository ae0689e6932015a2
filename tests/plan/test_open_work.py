"""Open make orders and machines: what is in work takes the minutes that new orders would like to have."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.against.placing import placed
from tests.tries import tries

from huoku import replan
from huoku.factory import Factory, build
from huoku.plan import Plan, plan

from .shops_with_machines import shops_with_machines

TODAY = date(2026, 1, 5)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def pottery(*supplies: dict[str, Any], demands: tuple[tuple[str, int, int], ...] = ()) -> Factory:
    """A kiln of 480 minutes a day burns ten cups of 48 minutes; clay comes within a day."""
    return build(
        today=TODAY,
        horizon_days=30,
        items=[{"item": "CUP", "kind": "make", "lead_time_days": 3, "price": 10}, {"item": "CLAY", "unit_cost": 1}],
        bom=[{"parent": "CUP", "component": "CLAY", "qty": 1}],
        sources=[{"item": "CLAY", "supplier": "PIT", "lead_time_days": 1}],
        operations=[{"parent": "CUP", "seq": 10, "resource": "KILN", "run_minutes": 48}],
        resources=[{"resource": "KILN", "minutes_per_day": 480}],
        supplies=[{"supply": f"MO-{n}", "item": "CUP", "kind": "make", **row} for n, row in enumerate(supplies, 1)],
        demands=[{"demand": name, "item": "CUP", "qty": qty, "due": day(due)} for name, qty, due in demands],
    )


def burns(made: Plan) -> list[tuple[str, int, float]]:
    """Which open order burns on which day for how many minutes."""
    return [(row["supply"], (row["date"] - TODAY).days, row["minutes"]) for row in made.open_work.to_dicts()]


def test_what_is_in_work_takes_the_minutes_before_its_day() -> None:
    made = plan(pottery({"qty": 15, "due": day(4)}))
    assert burns(made) == [("MO-1", 3, 240.0), ("MO-1", 4, 480.0)]
    assert made.schedule.is_empty()
    assert made.workload().select("minutes", "capacity").row(0) == (720.0, 7 * 480.0)


def test_a_new_order_waits_for_what_is_in_work() -> None:
    """Fifty cups for somebody else fill the days up to the 9th."""
    shop = pottery({"qty": 50, "due": day(4)}, demands=(("SO-1", 50, 4), ("SO-2", 10, 4)))
    made = plan(shop)
    assert made.promises.select("demand", "date").rows() == [("SO-1", day(4)), ("SO-2", day(5))]
    reason = made.promises["reason"][1]
    assert reason == "CUP must be done by 2026-01-09, but KILN is full: 2026-01-10 at the earliest"


def test_components_that_are_still_to_be_issued_are_wanted_when_the_work_begins() -> None:
    made = plan(pottery({"qty": 15, "due": day(4), "status": "planned"}))
    assert made.earmarks.select("consumer", "item", "qty", "date").rows() == [("MO-1", "CLAY", 15.0, day(3))]


def test_an_order_without_components_is_put_off_with_its_work() -> None:
    """Fifteen cups begin today to be done tomorrow; the clay comes tomorrow, so all is a day later."""
    made = plan(pottery({"qty": 15, "due": day(1), "status": "planned"}, demands=(("SO-1", 15, 1),)))
    assert burns(made) == [("MO-1", 1, 240.0), ("MO-1", 2, 480.0)]
    assert made.promises["date"].to_list() == [day(2)]
    assert made.exceptions.filter(pl.col("code") == "supply_delayed")["subject"].to_list() == ["MO-1"]


@pytest.mark.parametrize(("status", "shipped"), [("released", 1), ("planned", 3)])
def test_work_that_has_no_room_before_its_day_begins_at_once_and_is_told(status: str, shipped: int) -> None:
    """Thirty-five cups take three days and a half. A released order counts on its day all the same."""
    shop = pottery({"qty": 35, "due": day(1), "status": status}, demands=(("SO-1", 35, 1),))
    made = plan(shop.with_(stock=[{"item": "CLAY", "qty": 35}]))
    assert burns(made) == [("MO-1", 0, 480.0), ("MO-1", 1, 480.0), ("MO-1", 2, 480.0), ("MO-1", 3, 240.0)]
    assert made.promises["date"].to_list() == [day(shipped)]
    told = made.exceptions.filter(pl.col("code") == "open_work_late")["message"].to_list()
    assert told == [
        "35 of CUP is due on 2026-01-06, but its operations find room on their machines only until 2026-01-08; "
        f"it is counted on {day(shipped)}"
    ]


def test_work_in_hand_is_laid_again_when_a_released_order_turns_out_late() -> None:
    shop = pottery({"qty": 10, "due": day(4)}, demands=(("SO-1", 10, 4), ("SO-2", 10, 8)))
    later = shop.with_values({"supplies.MO-1.due": day(8)})
    made = replan(plan(shop), later)
    assert burns(made) == [("MO-1", 8, 480.0)]
    assert made.promises.equals(plan(later).promises)


often = settings(max_examples=tries(6), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@often
@given(shops_with_machines(), st.sampled_from(("planned", "released")))
def test_open_and_new_orders_together_overload_no_machine(factory: Factory, status: str) -> None:
    again = plan(placed(plan(factory), status))
    work = again.work().group_by("resource", "date").agg(pl.col("minutes").sum())
    limits = factory.resources.select("resource", limit=pl.col("minutes_per_day").cast(pl.Float64))
    over = work.join(limits, on="resource").filter(pl.col("minutes") > pl.col("limit") + 1e-6)
    assert over.is_empty()
    closed = factory.calendar.filter(~pl.col("open"), pl.col("supplier").is_null())
    everywhere = closed.filter(pl.col("resource").is_null()).select("date")
    assert work.join(everywhere, on="date").is_empty()
    assert work.join(closed, on=["resource", "date"]).is_empty()


def test_a_new_order_does_not_take_the_name_of_one_that_was_placed() -> None:
    """The cups of the first plan were placed under its names; ten more are wanted since."""
    first = plan(pottery(demands=(("SO-1", 10, 9),)))
    assert first.orders["order"].to_list() == ["PM-000001", "PB-000002"]
    shop = placed(first, "planned")
    more = shop.with_rows({"demands": [{"demand": "SO-2", "item": "CUP", "qty": 10, "due": day(12)}]})
    for again in (plan(more), replan(plan(shop), more)):
        assert again.orders.select("order", "item").rows() == [("PM-000003", "CUP"), ("PB-000004", "CLAY")]
        assert again.work()["order"].to_list() == ["PM-000003", "PM-000001"]


@st.composite
def one_level(draw: st.DrawFn) -> Factory:
    """Cups and plates of bought clay, burnt and perhaps glazed; demands on days that are all free for them or not."""
    steps = [("KILN", 20, 5.0), ("BENCH", 0, 1.0)]
    operations = [
        {"parent": item, "seq": seq, "resource": name, "setup_minutes": setup, "run_minutes": run}
        for item in ("CUP", "PLATE")
        for seq, (name, setup, run) in enumerate(draw(st.permutations(steps))[: draw(st.integers(1, 2))])
    ]
    return build(
        today=TODAY,
        horizon_days=60,
        items=[{"item": "CUP", "kind": "make"}, {"item": "PLATE", "kind": "make"}, {"item": "CLAY", "unit_cost": 1}],
        bom=[{"parent": "CUP", "component": "CLAY", "qty": 1}, {"parent": "PLATE", "component": "CLAY", "qty": 3}],
        sources=[{"item": "CLAY", "supplier": "PIT", "lead_time_days": 4}],
        operations=operations,
        resources=[{"resource": name, "minutes_per_day": 120} for name in ("KILN", "BENCH")],
        demands=[
            {
                "demand": f"SO-{n}",
                "item": draw(st.sampled_from(("CUP", "PLATE"))),
                "qty": draw(st.integers(1, 40)),
                "due": day(draw(st.integers(1, 40))),
            }
            for n in range(draw(st.integers(1, 5)))
        ],
    )


@often
@given(one_level(), st.sampled_from(("planned", "released")))
def test_planning_again_with_the_orders_placed_makes_nothing_more_and_nobody_later(
    factory: Factory, status: str
) -> None:
    made = plan(factory)
    again = plan(placed(made, status))
    assert again.orders.select("kind", "item", "qty", "due").rows() == []
    assert again.promises.select("demand", "qty", "date").equals(made.promises.select("demand", "qty", "date"))
