"""Where a factory allows it, what is there ships at once and the rest when it can."""

from datetime import date, timedelta

import pytest
from tests.against.small_factories import small_factory

from huoku import build, judge, plan
from huoku.factory import Factory

from .worlds import planned, world

TODAY = date(2026, 1, 5)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def screws(partial: bool) -> Factory:
    """100 wanted on day 5: 60 are there, 20 come on day 6, a supplier needs 10 days."""
    return build(
        today=TODAY,
        partial_shipments=partial,
        items=[{"item": "SCREW", "unit_cost": 2}],
        sources=[{"item": "SCREW", "supplier": "V", "lead_time_days": 10, "price": 2}],
        stock=[{"item": "SCREW", "qty": 60}],
        supplies=[{"supply": "PO-1", "item": "SCREW", "qty": 20, "due": day(6)}],
        demands=[{"demand": "SO-1", "item": "SCREW", "qty": 100, "due": day(5)}],
    )


def test_what_is_there_ships_on_time_and_the_rest_as_it_comes() -> None:
    made = plan(screws(True))
    assert made.promises.select("qty", "date", "late_days").rows() == [
        (60.0, day(5), 0),
        (20.0, day(6), 1),
        (20.0, day(10), 5),
    ]
    assert made.promises["reason"].is_null().to_list() == [True, False, False]
    assert made.figures["cost"]["lateness"] == 2.40  # 200.00 x 1 % x (20 x 1 day + 20 x 5 days) / 100
    assert made.figures["late_demands"] == 1
    assert made.figures["late_days"] == 5
    assert judge(made.factory, made).count == 0


def test_without_leave_everything_ships_on_the_last_day() -> None:
    made = plan(screws(False))
    assert made.promises.select("qty", "date").rows() == [(100.0, day(10))]
    assert made.figures["cost"]["lateness"] == 10.00  # 200.00 x 1 % x 5 days


def test_a_product_ships_as_far_as_its_scarce_part_reaches() -> None:
    factory = build(
        today=TODAY,
        partial_shipments=True,
        items=[{"item": "LAMP", "lead_time_days": 1, "price": 50}, {"item": "BULB", "unit_cost": 3}],
        bom=[{"parent": "LAMP", "component": "BULB", "qty": 2}],
        sources=[{"item": "BULB", "supplier": "V", "lead_time_days": 20, "price": 3}],
        stock=[{"item": "BULB", "qty": 9}],
        demands=[{"demand": "SO-1", "item": "LAMP", "qty": 10, "due": day(4)}],
    )
    made = plan(factory)
    assert made.promises.select("qty", "date").rows() == [(4.0, day(4)), (6.0, day(21))]
    assert judge(factory, made).count == 0


@pytest.mark.parametrize("seed", range(12))
def test_small_factories_ship_in_parts_without_breaking_a_rule(seed: int) -> None:
    factory = small_factory("partial", seed)
    made = plan(factory)
    judged = judge(factory, made)
    assert judged.count == 0
    assert judged.figures["total_cost"] == pytest.approx(made.figures["total_cost"], abs=0.02)


def test_each_late_part_says_what_held_itself_up() -> None:
    """The part of day 6 waits for the open order, the last one for the supplier."""
    reasons = plan(screws(True)).promises["reason"].to_list()
    assert reasons == [
        None,
        f"20 pcs of SCREW short on {day(5)}: open order PO-1 comes only on {day(6)}",
        f"20 pcs of SCREW short on {day(9)}: V needs 10 days, earliest {day(10)}",
    ]


def test_a_part_that_a_full_machine_holds_up_names_the_machine_and_the_rest_its_material() -> None:
    """The kiln fires ten of 25 cups on each of the days 0 and 1; clay for the last five takes nine days."""
    pottery = build(
        today=TODAY,
        partial_shipments=True,
        items=[{"item": "CUP", "kind": "make", "price": 10}, {"item": "CLAY", "unit_cost": 1}],
        bom=[{"parent": "CUP", "component": "CLAY", "qty": 1}],
        sources=[{"item": "CLAY", "supplier": "V", "lead_time_days": 9, "price": 1}],
        stock=[{"item": "CLAY", "qty": 20}],
        operations=[{"parent": "CUP", "seq": 10, "resource": "KILN", "run_minutes": 48}],
        resources=[{"resource": "KILN", "minutes_per_day": 480}],
        demands=[{"demand": "SO-1", "item": "CUP", "qty": 25, "due": day(0)}],
    )
    made = plan(pottery)
    assert made.promises.select("qty", "date", "resource").rows() == [
        (10.0, day(0), None),
        (10.0, day(1), "KILN"),
        (5.0, day(9), None),
    ]
    assert "KILN is full" in made.promises["reason"][1]
    assert "V needs 9 days" in made.promises["reason"][2]


def test_a_rest_that_one_order_cannot_make_with_the_first_part_is_made_by_another_on_the_same_day() -> None:
    """An order takes one S more than it makes. Three B stand in for two S: one P takes two S, two take three."""
    made = planned(
        world(
            partial_shipments=True,
            items=[{"item": "P", "price": 9}, {"item": "S", "kind": "make"}, {"item": "B"}],
            bom=[{"parent": "P", "component": "S", "qty": 1, "fixed_scrap": 1}],
            substitutes=[{"item": "S", "substitute": "B", "ratio": 1.5}],
            demands=[{"demand": "D", "item": "P", "qty": 2, "due": day(4)}],
        )
    )
    assert made.promises.select("qty", "date").rows() == [(2.0, day(4))]
    assert made.orders.filter(made.orders["item"] == "P")["qty"].to_list() == [1.0, 1.0]


def test_what_is_made_in_two_ways_ships_together() -> None:
    """Two A can be made, and three B in place of A: all five on the day, though neither has parts for five."""
    made = planned(
        world(
            partial_shipments=True,
            items=[{"item": name, "kind": "make", "price": 9} for name in "AB"] + [{"item": "P"}, {"item": "Q"}],
            bom=[{"parent": "A", "component": "P", "qty": 1}, {"parent": "B", "component": "Q", "qty": 1}],
            substitutes=[{"item": "A", "substitute": "B"}],
            sources=[{"item": name, "supplier": "S", "lead_time_days": 12, "price": 1} for name in "PQ"],
            stock=[{"item": "P", "qty": 2}, {"item": "Q", "qty": 3}],
            demands=[{"demand": "D", "item": "A", "qty": 5, "due": day(1)}],
        )
    )
    assert made.promises.select("qty", "late_days").rows() == [(5.0, 0)]
    assert made.promises["reason"].to_list() == [None]


def test_only_what_ships_late_costs_lateness() -> None:
    """Of 100 at 2.00, 60 ship on time, 20 a day late and 20 five days late, at a hundredth of their value a day."""
    told = {fact.label.en: fact.value for fact in plan(screws(partial=True)).explain("SO-1").facts}
    assert told["cost of lateness"] == pytest.approx((20 * 1 + 20 * 5) * 2 * 0.01)
