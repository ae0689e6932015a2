"""Three shops under three minimum order quantities: 70, 80 and 60 % of what must be bought is not needed."""

from typing import Any

import pytest

from huoku.factory import build
from huoku.plan import Plan, plan

from .one_part import TODAY, bought, day, message, offer

SHOPS = [
    pytest.param("pcs", 150, 1, 500, 150, id="150 appliances, sets of 500"),
    pytest.param("pcs", 20, 1, 100, 20, id="20 machines, units of 100"),
    pytest.param("yd", 300, "1.333333", 1000, 400, id="300 garments, 400 yards of 1,000"),
]
SHARES = {150: "70 %", 20: "80 %", 400: "60 %"}


def shop(unit: str, orders: int, per: object, moq: int, *, small_lots: bool, **tables: Any) -> Plan:
    """A product of one bought material with an MOQ at 10.00, and perhaps an offer of small lots at 15.00."""
    offers = [offer("MILL", 10.00, moq=moq, item="STUFF")] + [offer("TRADER", 15.00, item="STUFF")] * small_lots
    return plan(
        build(
            today=TODAY,
            items=[{"item": "PRODUCT", "lead_time_days": 3}, {"item": "STUFF", "unit": unit}],
            bom=[{"parent": "PRODUCT", "component": "STUFF", "qty": per}],
            sources=offers,
            demands=[{"demand": "SO-1", "item": "PRODUCT", "qty": orders, "due": day(40), "price": 100}],
            **tables,
        )
    )


def excess_share(made: Plan) -> float:
    """What is left of what is bought."""
    return float(made.leftovers["qty"].sum()) / sum(qty for _, qty, _ in bought(made))


@pytest.mark.parametrize(("unit", "orders", "per", "moq", "need"), SHOPS)
def test_without_another_offer_the_excess_is_told_with_its_share_and_cash(
    unit: str, orders: int, per: object, moq: int, need: int
) -> None:
    made = shop(unit, orders, per, moq, small_lots=False)
    assert [qty for _, qty, _ in bought(made)] == [moq]
    assert made.leftovers.select("item", "qty", "value").rows() == [("STUFF", moq - need, 10 * (moq - need))]
    text = message(made, "moq_excess")
    assert SHARES[need] in text
    assert f"{10 * (moq - need)}.00" in text


@pytest.mark.parametrize(("unit", "orders", "per", "moq", "need"), SHOPS)
def test_a_small_lot_offer_wins_where_the_leftover_costs_more(
    unit: str, orders: int, per: object, moq: int, need: int
) -> None:
    """15.00 x need against 10.00 x MOQ: 2,250 < 5,000; 300 < 1,000; 6,000 < 10,000, even after salvage."""
    made = shop(unit, orders, per, moq, small_lots=True)
    assert bought(made) == [("TRADER", need, day(37))]
    decision = made.decisions.filter(made.orders["kind"] == "buy").row(0, named=True)
    assert decision["cost"] == pytest.approx(15 * need)
    assert (decision["alternative_supplier"], decision["alternative_qty"]) == ("MILL", moq)
    left = moq - need
    assert decision["alternative_cost"] == pytest.approx(10 * moq + left * 10 * 0.20 * 328 / 365 - left * 1.0)
    assert made.leftovers.is_empty()


@pytest.mark.parametrize(("unit", "orders", "per", "moq", "need"), SHOPS)
def test_what_the_product_sold_before_makes_the_minimum_worth_buying(
    unit: str, orders: int, per: object, moq: int, need: int
) -> None:
    """The order came each month for two years: the material has no records of its own, its product has."""
    past = [{"item": "PRODUCT", "date": day(-30 * month - 5), "qty": orders} for month in range(24)]
    made = shop(unit, orders, per, moq, small_lots=True, history=past)
    assert [(supplier, qty) for supplier, qty, _ in bought(made)] == [("MILL", moq)]
    left = made.leftovers.row(0, named=True)
    assert left["p_use"] > 0.95
    # Of the purchase 70, 80 and 60 % are more than the order needs; hardly anything of it is expected to die.
    assert excess_share(made) == pytest.approx(1 - need / moq)
    assert left["expected_loss"] / (10 * moq) < 0.05
    taken = made.options("STUFF").taken
    assert taken is not None and taken == made.options("STUFF").best


@pytest.mark.parametrize(("unit", "orders", "per", "moq", "need"), SHOPS)
def test_the_excess_shares_of_70_and_80_and_60_percent_come_down_to_nothing(
    unit: str, orders: int, per: object, moq: int, need: int
) -> None:
    """The plan takes the small lot by itself, and it is the best of all options."""
    assert excess_share(shop(unit, orders, per, moq, small_lots=False)) == pytest.approx(1 - need / moq)
    made = shop(unit, orders, per, moq, small_lots=True)
    assert excess_share(made) == 0
    best = made.options("STUFF").best
    assert best is not None and best.taken and best.cost == pytest.approx(15 * need)
