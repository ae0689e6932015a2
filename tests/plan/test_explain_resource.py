"""What a resource has to do, when it is full, and whom it makes late: a kiln of 480 minutes, ten cups a day."""

from datetime import date

import pytest

from huoku.errors import UsageError
from huoku.plan.explain.explanation import FullSpan, Load

from .test_capacity import cups, day, planned, pottery

KILN = [{"resource": "KILN", "minutes_per_day": 480, "cost_per_hour": 15}]


def test_a_full_kiln_tells_its_load_by_day_its_orders_and_the_money_of_what_it_makes_late() -> None:
    """35 cups of 10.00 wanted on day 1: ten a day, the last five on day 3. 2 days x 350.00 x 0.01 = 7.00."""
    told = planned(pottery(resources=KILN, demands=[cups("SO-1", 35, 1)])).explain("KILN")
    assert (told.kind, told.subject, told.is_late) == ("resource", "KILN", True)
    assert [(row.demand, row.qty, row.due, row.date, row.days, row.money) for row in told.held_up] == [
        ("SO-1", 35, day(1), day(3), 2, pytest.approx(7.0))
    ]
    assert sum(load.minutes for load in told.load) == 35 * 48
    assert told.load[-1] == Load(day(3), day(3), 480, 480, 1.0)
    assert told.full == (FullSpan(day(1), day(3), 3),)
    assert [(work.item, work.qty, work.first, work.last, work.minutes) for work in told.work] == [
        ("CUP", 35, day(0), day(3), 35 * 48)
    ]
    facts = {fact.label.en: fact.value for fact in told.facts}
    assert facts["cost of these hours"] == 35 * 48 / 60 * 15
    assert facts["cost of lateness"] == pytest.approx(7.0)
    assert any("is full" in note for note in told.notes)


def test_full_days_run_on_over_a_closed_one() -> None:
    """30 cups due on day 13, 24 hours of kiln: days 10, 12 and 13, for day 11 is closed."""
    shut = [{"date": day(11), "open": False, "resource": "KILN"}]
    told = planned(pottery(calendar=shut, demands=[cups("SO-1", 30, 13)])).explain("KILN")
    assert told.full == (FullSpan(day(10), day(13), 3),)
    assert told.held_up == () and not told.is_late
    assert [load.capacity for load in told.load if load.first == day(11)] == [0]


def test_a_long_load_is_told_by_week() -> None:
    """Day 40, a Saturday, lies in the week of Monday 2026-02-09."""
    told = planned(pottery(demands=[cups("SO-1", 5, 40)])).explain("KILN")
    assert len(told.load) == 6
    assert told.load[-1].first == date(2026, 2, 9)
    assert [load.minutes for load in told.load] == [0, 0, 0, 0, 0, 240]


def test_what_will_not_be_done_at_all_costs_its_sales_value() -> None:
    """700 cups are wanted within 61 days of ten. Lost 7,000.00, and late from day 50 to day 60: 700.00."""
    told = planned(pottery(demands=[cups("SO-1", 700, 50)])).explain("KILN")
    (late,) = told.held_up
    assert (late.date, late.qty, late.days, late.money) == (None, 700, 10, pytest.approx(7700))


def test_a_resource_that_material_makes_wait_is_not_to_blame() -> None:
    told = planned(pottery(stock=[], demands=[cups("SO-1", 10, 1)])).explain("KILN")
    assert told.held_up == ()
    assert [load.minutes for load in told.load if load.minutes] == [480]


def test_a_resource_without_work_and_one_without_limit_are_known_too() -> None:
    """A factory without the table resources has no limits."""
    wheel = [*KILN, {"resource": "WHEEL", "minutes_per_day": 60}]
    idle = planned(pottery(resources=wheel, demands=[cups("SO-1", 5, 3)])).explain("WHEEL")
    assert (idle.load, idle.work, idle.is_late) == ((), (), False)
    endless = planned(pottery(resources=[], demands=[cups("SO-1", 5, 3)])).explain("KILN")
    assert [(load.minutes, load.capacity, load.share) for load in endless.load if load.minutes] == [(240, None, None)]
    assert endless.full == ()


def test_an_unknown_resource_is_answered_with_near_names() -> None:
    with pytest.raises(UsageError, match="KILN"):
        planned(pottery(demands=[cups("SO-1", 5, 3)])).explain("KILM")
