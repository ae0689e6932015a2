"""Stock that is left to those who cannot wait, where machines make more of the same."""

from typing import Any

from huoku.factory import Factory

from .worlds import day, planned, promised, world


def bodies(**given: Any) -> Factory:
    """Two bodies lie there; more are welded in a day each, of sheets that come after three days."""
    tables = {
        "items": [{"item": "CAR", "price": 100}, {"item": "BODY", "price": 50}, {"item": "SHEET", "unit_cost": 1}],
        "bom": [
            {"parent": "CAR", "component": "BODY", "qty": 1},
            {"parent": "BODY", "component": "SHEET", "qty": 1},
        ],
        "sources": [{"item": "SHEET", "supplier": "S", "lead_time_days": 3, "price": 1}],
        "stock": [{"item": "BODY", "qty": 2}],
        "operations": [{"parent": "BODY", "seq": 10, "resource": "WELD", "run_minutes": 480}],
        "resources": [{"resource": "WELD", "minutes_per_day": 480}],
        "demands": [
            {"demand": "CAN WAIT", "item": "CAR", "qty": 2, "due": day(10), "priority": 1},
            {"demand": "CANNOT", "item": "BODY", "qty": 2, "due": day(1)},
        ],
    }
    return world(**{**tables, **given})


def test_above_machines_stock_is_left_to_those_who_cannot_wait() -> None:
    """The more urgent order would take the bodies that lie there; made in time, it needs none of them."""
    assert promised(planned(bodies())) == {"CAN WAIT": 10, "CANNOT": 1}


def test_stock_is_not_left_to_others_where_that_costs_the_more_urgent_order_its_day() -> None:
    demands = [
        {"demand": "CAN WAIT", "item": "CAR", "qty": 2, "due": day(3), "priority": 1},
        {"demand": "CANNOT", "item": "BODY", "qty": 2, "due": day(1)},
    ]
    assert promised(planned(bodies(demands=demands))) == {"CAN WAIT": 3, "CANNOT": 4}
