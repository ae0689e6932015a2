"""What lies in one place and is wanted in another: lanes, transfers, places that buy together."""

import pytest

from .worlds import bought, cost, day, exceptions, ordered, planned, promised, world

SUPPLIER = {"item": "A", "supplier": "S", "lead_time_days": 1, "price": 1}
TO_HUB = {"from": "SISTER", "to": "HUB", "lead_time_days": 2, "cost": 0.1}
TO_MAIN = {"from": "HUB", "to": "MAIN", "lead_time_days": 1, "cost": 0.2}


def sisters(**given):
    """300 of A lie dead in the sister plant; the supplier asks for 500."""
    tables = {
        "items": [{"item": "A", "price": 4}],
        "sources": [{**SUPPLIER, "moq": 500}],
        "stock": [{"item": "A", "qty": 300, "location": "SISTER"}],
        "lanes": [TO_HUB, TO_MAIN],
        "demands": [{"demand": "D", "item": "A", "qty": 120, "due": day(3)}],
    }
    return world(**{**tables, **given})


def test_stock_comes_over_two_lanes_one_after_the_other() -> None:
    made = planned(sisters())
    # 120 x (0.10 + 0.20), leaving on day 0, at the hub on day 2.
    assert ordered(made) == [("transfer", "A", "HUB", 120, 0, 2), ("transfer", "A", "MAIN", 120, 2, 3)]
    assert cost(made) == 36.0
    assert made.orders.sort("start")["from_location"].to_list() == ["SISTER", "HUB"]
    left = made.leftovers.select("item", "location", "qty").rows()
    assert left == [("A", "SISTER", 180)]


def test_the_lanes_need_their_days() -> None:
    made = planned(sisters(sources=[], demands=[{"demand": "D", "item": "A", "qty": 120, "due": day(1)}]))
    assert promised(made)["D"] in (1, 3)  # bought by the item's own terms at once, or carried


def test_nothing_leaves_in_the_frozen_days() -> None:
    made = planned(sisters(frozen_days=2, sources=[{**SUPPLIER, "lead_time_days": 9}]))
    assert promised(made) == {"D": 5}
    assert [row[4:] for row in ordered(made)] == [(2, 4), (4, 5)]


TWO_LANES = [
    {"from": "SISTER", "to": "MAIN", "lead_time_days": 1, "cost": 0.5},
    {"from": "SISTER", "to": "HUB", "lead_time_days": 3, "cost": 0.1},
    {"from": "HUB", "to": "MAIN", "lead_time_days": 2, "cost": 0.1},
]


@pytest.mark.parametrize(("due", "money"), [(5, 24.0), (4, 60.0), (1, 60.0)])
def test_the_slow_cheap_way_is_taken_when_there_is_time_for_it(due: int, money: float) -> None:
    """120 x 0.20 over the hub in 5 days, or 120 x 0.50 straight in one."""
    made = planned(sisters(lanes=TWO_LANES, demands=[{"demand": "D", "item": "A", "qty": 120, "due": day(due)}]))
    assert promised(made) == {"D": due}
    assert cost(made) == money


def test_two_places_buy_together_under_one_moq() -> None:
    """Each place alone would buy 100 for the 60 it needs: 200.00. Together: 120.00 and 60 x 0.10 on the lane."""
    made = planned(
        sisters(
            sources=[{**SUPPLIER, "moq": 100}],
            stock=[],
            lanes=[{"from": "MAIN", "to": "WEST", "lead_time_days": 1, "cost": 0.1}],
            demands=[
                {"demand": "D1", "item": "A", "qty": 60, "due": day(5)},
                {"demand": "D2", "item": "A", "qty": 60, "due": day(6), "location": "WEST"},
            ],
        )
    )
    assert bought(made) == {"A": 120}
    assert cost(made) == 126.0
    assert promised(made) == {"D1": 5, "D2": 6}


def test_buying_is_chosen_where_it_costs_less_than_carrying() -> None:
    """No MOQ: 120 x 1.00 new against 120 x 1.50 on the lane."""
    lanes = [{"from": "SISTER", "to": "MAIN", "lead_time_days": 1, "cost": 1.5}]
    made = planned(sisters(sources=[SUPPLIER], lanes=lanes))
    assert ordered(made) == [("buy", "A", "MAIN", 120, 2, 3)]


def test_a_part_is_carried_to_where_its_parent_is_made() -> None:
    made = planned(
        sisters(
            items=[{"item": "P", "price": 50, "lead_time_days": 2}, {"item": "A"}],
            bom=[{"parent": "P", "component": "A", "qty": 3}],
            sources=[{**SUPPLIER, "lead_time_days": 15}],
            lanes=[{"from": "SISTER", "to": "MAIN", "lead_time_days": 2, "cost": 0.1}],
            demands=[{"demand": "D", "item": "P", "qty": 10, "due": day(4)}],
        )
    )
    assert promised(made) == {"D": 4}
    assert ordered(made) == [("make", "P", "MAIN", 10, 2, 4), ("transfer", "A", "MAIN", 30, 0, 2)]


def test_without_a_lane_the_sister_plant_helps_nobody() -> None:
    made = planned(sisters(lanes=[]))
    assert bought(made) == {"A": 500}


def test_a_transfer_says_from_where_to_where_when_and_for_how_much() -> None:
    factory = sisters()
    made = planned(factory)
    assert made.orders.sort("start")["why"].to_list() == [
        "120 pcs needed by 2026-01-08; carried from SISTER (2026-01-05) to HUB (2026-01-07) for 12.00.",
        "120 pcs needed by 2026-01-08; carried from HUB (2026-01-07) to MAIN (2026-01-08) for 24.00.",
    ]
    name = made.orders.sort("start")["order"][0]
    told = made.explain(name)
    facts = {fact.label.en: fact.value for fact in told.facts}
    assert facts == {
        "quantity": 120, "from": "SISTER", "to": "HUB", "leaves": day(0), "arrives": day(2), "carrying": 12.0,
    }  # fmt: skip
    assert told.rule == ()
    assert [(use.kind, use.qty) for use in told.uses] == [("transfer", 120)]
    assert exceptions(made, "moq_excess") == []


def test_two_sister_plants_together_spare_a_minimum_lot_that_neither_could_alone() -> None:
    made = planned(
        sisters(
            stock=[{"item": "A", "qty": 70, "location": place} for place in ("SISTER", "HUB")],
            lanes=[{**TO_MAIN, "from": place} for place in ("SISTER", "HUB")],
            demands=[{"demand": "D", "item": "A", "qty": 120, "due": day(9)}],
        )
    )
    # 120 x 0.20 of carrying instead of 500 x 1.00: 70 from one place, 50 from the other.
    assert bought(made) == {}
    assert sorted(made.orders["qty"].to_list()) == [50.0, 70.0]


def test_two_needs_together_spare_a_minimum_lot_though_one_has_its_own_stock_kept() -> None:
    made = planned(
        sisters(
            lanes=[{**TO_MAIN, "from": "SISTER"}],
            reservations=[{"demand": "E", "item": "A", "qty": 20, "location": "SISTER"}],
            demands=[
                {"demand": "D", "item": "A", "qty": 120, "due": day(9)},
                {"demand": "E", "item": "A", "qty": 20, "due": day(12)},
            ],
        )
    )
    assert bought(made) == {}
    assert sorted(made.orders["qty"].to_list()) == [20.0, 120.0]


def test_who_waits_for_what_is_carried_is_told_from_where_it_comes() -> None:
    """Eight lie three days away; a new one takes fourteen days."""
    factory = world(
        items=[{"item": "MOTOR", "price": 40}],
        sources=[{"item": "MOTOR", "supplier": "M", "lead_time_days": 14, "price": 20}],
        stock=[{"item": "MOTOR", "qty": 8, "location": "NORTH"}],
        lanes=[{"from": "NORTH", "to": "MAIN", "lead_time_days": 3}],
        demands=[{"demand": "SO", "item": "MOTOR", "qty": 8, "due": day(1)}],
    )
    made = planned(factory)
    assert promised(made) == {"SO": 3}
    assert made.promises["reason"][0] == (
        "8 pcs of MOTOR short on 2026-01-07: from NORTH it is carried 3 days, earliest 2026-01-08"
    )


def test_what_may_stand_in_comes_from_the_sister_plant_before_anything_is_bought() -> None:
    shop = sisters(
        items=[{"item": "A", "price": 4}, {"item": "B", "unit_cost": 9}],
        stock=[{"item": "B", "qty": 300, "location": "SISTER"}],
        substitutes=[{"item": "A", "substitute": "B"}],
    )
    assert ordered(planned(shop)) == [("transfer", "B", "HUB", 120, 0, 2), ("transfer", "B", "MAIN", 120, 2, 3)]


def test_safety_stock_comes_from_the_sister_plant_before_a_new_moq() -> None:
    supplier = {**SUPPLIER, "moq": 500, "lead_time_days": 9}
    made = planned(sisters(demands=[], items=[{"item": "A", "price": 4, "safety_stock": 50}], sources=[supplier]))
    assert ordered(made) == [("transfer", "A", "HUB", 50, 0, 2), ("transfer", "A", "MAIN", 50, 2, 3)]
