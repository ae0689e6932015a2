"""What an order that nobody has given yet would leave over: worked out by hand for minimums of the trade."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tries import tries

from huoku.errors import UsageError
from huoku.factory.factory import build
from huoku.plan import plan
from huoku.plan.offer import at_quantity, offer, quantities_to_ask, small_from
from huoku.report.offering import said_inside, said_to_customer, small_from_words

TODAY = date(2026, 11, 2)
WANTED = TODAY + timedelta(days=12)


def planned(ordered=0, sources=(), **more):
    """An appliance takes one set and two screws; the mill sells no less than 500 sets at 10.00."""
    orders = [{"demand": "SO-1", "item": "PRODUCT", "qty": ordered, "due": WANTED}] if ordered else []
    factory = build(
        today=TODAY,
        horizon_days=120,
        items=[{"item": "PRODUCT", "lead_time_days": 3}, {"item": "SET"}, {"item": "SCREW"}],
        bom=[
            {"parent": "PRODUCT", "component": "SET", "qty": 1},
            {"parent": "PRODUCT", "component": "SCREW", "qty": 2},
        ],
        sources=[
            {"item": "SET", "supplier": "MILL", "lead_time_days": 5, "price": 10, "moq": 500},
            {"item": "SCREW", "supplier": "MILL", "lead_time_days": 5, "price": "0.1"},
            *sources,
        ],
        **({"demands": orders} if orders else {}),
        **more,
    )
    return plan(factory)


def test_150_appliances_leave_350_sets_and_the_price_of_a_piece_carries_21():
    """350 x 10 = 3,500 are tied up. Nobody ever used a set, a tenth comes back as scrap: 3,150 is lost, 21 a piece."""
    found = offer(planned(), "PRODUCT", Decimal(150), WANTED)
    sets, screws = found.wastes
    assert (sets.item, sets.need, sets.moq, sets.bought, sets.rest) == ("SET", 150, 500, 500, 350)
    assert (sets.tied, sets.loss, sets.used, sets.dearer) == (3500, pytest.approx(3150), 0, 0)
    assert (screws.need, screws.rest, screws.loss) == (300, 0, 0)
    assert found.quote.date == WANTED
    assert found.each == pytest.approx(21) and found.tied == 3500


def test_an_order_that_uses_up_what_would_be_left_wastes_less_than_nothing():
    """SO-1 takes 150 of 500 sets anyhow. 150 more leave 200 instead of 350: 1,350 less is lost."""
    found = offer(planned(ordered=150), "PRODUCT", Decimal(150), WANTED)
    (sets,) = [row for row in found.wastes if row.item == "SET"]
    assert (sets.need, sets.bought, sets.rest, sets.loss) == (150, 0, -150, pytest.approx(-1350))
    assert found.each == 0
    assert list(said_inside(found, "CNY", "en")) == ["The order uses up what would be left over: ¥1,350 less is lost."]


def test_a_trader_without_a_minimum_costs_what_he_is_dearer():
    """150 x 5.00 above the mill's price: 750, less than the 3,150 that its minimum would lose."""
    found = offer(
        planned(sources=[{"item": "SET", "supplier": "TRADER", "lead_time_days": 5, "price": 15}]),
        "PRODUCT",
        Decimal(150),
        WANTED,
    )
    (sets,) = [row for row in found.wastes if row.item == "SET"]
    assert (sets.supplier, sets.rest, sets.loss, sets.dearer) == ("TRADER", 0, 0, 750)
    assert found.each == pytest.approx(5)


def test_the_waste_is_small_from_the_minimum_on():
    made = planned()
    found = offer(made, "PRODUCT", Decimal(150), WANTED)
    asked = quantities_to_ask(found.qty, 0, found.wastes)
    assert asked == (150, 300, 500, 600)
    points = [at_quantity(made, found, qty) for qty in asked]
    assert [round(point.each, 2) for point in points] == [21.0, 6.0, 0.0, 0.0]
    assert small_from(points) == 500
    assert small_from_words(points, "pcs", "en") == "From 500 pcs on, the waste is below 2% of the material."
    assert list(said_to_customer(found, points, "CNY", "zh"))[1:] == [
        "2026-11-14 可以全部交货。",
        "这个数量低于原料的起订量，单价需加 ¥21.00。",
        "订 300 pcs，单价只加 ¥6.00。",
        "订 500 pcs 起不加价。",
    ]


def test_where_it_never_becomes_small_that_is_said():
    made = planned()
    found = offer(made, "PRODUCT", Decimal(150), WANTED)
    points = [at_quantity(made, found, Decimal(qty)) for qty in (150, 300)]
    assert small_from(points) is None
    assert small_from_words(points, "pcs", "zh") == "算到 300 pcs，浪费还是不小。"


def test_without_a_day_nothing_is_said_of_waste():
    """The mill needs longer than the plan reaches."""
    made = plan(
        build(
            today=TODAY,
            horizon_days=30,
            items=[{"item": "SET"}],
            sources=[{"item": "SET", "supplier": "MILL", "lead_time_days": 60, "price": 10, "moq": 500}],
        )
    )
    found = offer(made, "SET", Decimal(150), WANTED)
    assert found.wastes is None and found.quote.date is None
    assert list(said_inside(found, "CNY", "en")) == []
    assert list(said_to_customer(found, [], "CNY", "en"))[-1].startswith("There is no delivery day yet")


def test_what_the_plan_does_not_know_is_refused():
    with pytest.raises(UsageError, match="NOTHING"):
        offer(planned(), "NOTHING", Decimal(1), WANTED)


@settings(max_examples=tries(5), deadline=None)
@given(qty=st.integers(1, 1200), ordered=st.integers(0, 700), moq=st.integers(1, 900))
def test_what_is_needed_and_what_is_left_is_what_is_bought(qty, ordered, moq):
    """Whatever is ordered already: need + rest = bought, and the plan itself stays as it was."""
    made = planned(
        ordered=ordered,
        sources=[{"item": "SET", "supplier": "OTHER", "lead_time_days": 5, "price": 11, "moq": moq}],
    )
    before = made.orders.clone()
    found = offer(made, "PRODUCT", Decimal(qty), WANTED)
    for row in found.wastes:
        per_piece = {"SET": 1, "SCREW": 2}[row.item]
        assert row.need == qty * per_piece
        assert row.need + row.rest == row.bought
        assert row.used is None or 0 <= row.used <= 1
    assert made.orders.equals(before)
