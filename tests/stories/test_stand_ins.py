"""Stories of a factory with two plants, old parts, stock kept for a customer, and resin that expires."""

from datetime import date, timedelta
from typing import Any

import polars as pl

from huoku.factory import build
from huoku.judge import judge
from huoku.plan import Plan, plan

TODAY = date(2026, 1, 5)


def day(number: int) -> date:
    return TODAY + timedelta(number)


def planned(**tables: Any) -> Plan:
    """A sound plan of twenty days without cost of holding and without salvage, as the judge finds too."""
    factory = build(today=TODAY, horizon_days=20, holding_rate=0, salvage_rate=0, **tables)
    made = plan(factory)
    verdict = judge(factory, made)
    assert [violation.message("en") for violation in verdict.violations] == []
    assert abs(verdict.figures["total_cost"] - made.figures["total_cost"]) < 0.0051
    return made


def bought(made: Plan) -> list[tuple[str, float]]:
    return made.orders.filter(pl.col("kind") == "buy").select("item", "qty").sort("item", "qty").rows()


def taken(made: Plan, consumer: str) -> dict[str, float]:
    rows = made.usage.filter(pl.col("consumer") == consumer)
    return dict(rows.group_by(pl.coalesce("lot", "item")).agg(pl.col("qty").sum()).rows())


def test_ten_products_of_one_old_part_and_four_halves() -> None:
    """A product takes one A, or two B. There is 1 A and 4 B: one and two products. The other 7 A are 35.00 new."""
    made = planned(
        items=[{"item": "PRODUCT", "price": 100}, {"item": "A"}, {"item": "B"}],
        bom=[{"parent": "PRODUCT", "component": "A", "qty": 1}],
        substitutes=[{"item": "A", "substitute": "B", "ratio": 2, "parent": "PRODUCT"}],
        sources=[
            {"item": "A", "supplier": "S", "lead_time_days": 2, "price": 5},
            {"item": "B", "supplier": "S", "lead_time_days": 2, "price": 3},
        ],
        stock=[{"item": "A", "qty": 1}, {"item": "B", "qty": 4}],
        demands=[{"demand": "SO-1", "item": "PRODUCT", "qty": 10, "due": day(5)}],
    )
    (work,) = made.orders.filter(pl.col("kind") == "make")["order"]
    assert taken(made, work) == {"A": 8, "B": 4}
    assert bought(made) == [("A", 7)]
    assert made.figures["total_cost"] == 35.0
    (told,) = made.exceptions.filter(pl.col("code") == "substitute_used")["message"]
    assert told.startswith("4 pcs of B stand in for 2 pcs of A")


def test_a_hundred_kept_for_x_while_y_is_due_first() -> None:
    """Y is due on day 5 and new ones take three days: he gets 100 new ones for 200.00, X his own on day 10."""
    made = planned(
        items=[{"item": "A", "price": 10}],
        sources=[{"item": "A", "supplier": "S", "lead_time_days": 3, "price": 2}],
        stock=[{"item": "A", "qty": 100, "lot": "L1"}],
        reservations=[{"demand": "X", "item": "A", "qty": 100}],
        demands=[
            {"demand": "X", "item": "A", "qty": 100, "due": day(10)},
            {"demand": "Y", "item": "A", "qty": 100, "due": day(5)},
        ],
    )
    assert bought(made) == [("A", 100)]
    assert taken(made, "X") == {"L1": 100}
    assert taken(made, "Y") == {"A": 100}
    assert made.promises["late_days"].to_list() == [0, 0]
    assert made.figures["total_cost"] == 200.0


def test_dead_stock_of_the_sister_plant_before_a_new_moq_of_500() -> None:
    """The MOQ costs 500.00, carrying 120 of the 300 costs 120 x 0.30 = 36.00."""
    sister = {
        "items": [{"item": "A", "price": 4}],
        "sources": [{"item": "A", "supplier": "S", "moq": 500, "lead_time_days": 1, "price": 1}],
        "stock": [{"item": "A", "qty": 300, "location": "SISTER"}],
        "demands": [{"demand": "SO-1", "item": "A", "qty": 120, "due": day(3)}],
    }
    made = planned(**sister, lanes=[{"from": "SISTER", "to": "MAIN", "lead_time_days": 2, "cost": 0.3}])
    assert made.orders.select("kind", "from_location", "location", "qty", "start", "due").rows() == [
        ("transfer", "SISTER", "MAIN", 120, day(1), day(3))
    ]
    assert made.figures["total_cost"] == 36.0
    assert made.leftovers.select("location", "qty").rows() == [("SISTER", 180)]
    alone = planned(**sister)
    assert bought(alone) == [("A", 500)]
    assert alone.figures["total_cost"] == 500.0


def test_resin_that_expires_goes_first_and_what_is_needed_later_is_bought() -> None:
    """N1 is good to day 5: day 3 takes 10 of its 12. Day 8 takes the old lot and 5 new ones at 4.00. Two perish."""
    made = planned(
        items=[{"item": "RESIN", "unit": "kg", "price": 9}],
        sources=[{"item": "RESIN", "supplier": "S", "lead_time_days": 2, "price": 4}],
        stock=[
            {"item": "RESIN", "qty": 10, "lot": "OLD", "received_on": day(-90)},
            {"item": "RESIN", "qty": 12, "lot": "N1", "received_on": day(-5), "expires_on": day(5)},
        ],
        demands=[
            {"demand": "D3", "item": "RESIN", "qty": 10, "due": day(3)},
            {"demand": "D8", "item": "RESIN", "qty": 15, "due": day(8)},
        ],
    )
    assert taken(made, "D3") == {"N1": 10}
    assert taken(made, "D8") == {"OLD": 10, "RESIN": 5}
    assert made.figures["total_cost"] == 20.0
    assert made.leftovers.select("qty", "value", "cause", "p_use").rows() == [(2, 8, "N1", 0)]
    assert made.exceptions.select("code", "subject").rows() == [("expires", "RESIN")]
