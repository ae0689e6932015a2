"""Three shops under three minimum order quantities: 70, 80 and 60 % of what must be bought is not needed."""

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


def shop(unit: str, orders: int, per: object, moq: int, *, small_lots: bool) -> Plan:
    """A product of one bought material with an MOQ at 10.00, and perhaps an offer of small lots at 15.00."""
    offers = [offer("MILL", 10.00, moq=moq, item="STUFF")] + [offer("TRADER", 15.00, item="STUFF")] * small_lots
    return plan(
        build(
            today=TODAY,
            items=[{"item": "PRODUCT", "lead_time_days": 3}, {"item": "STUFF", "unit": unit}],
            bom=[{"parent": "PRODUCT", "component": "STUFF", "qty": per}],
            sources=offers,
            demands=[{"demand": "SO-1", "item": "PRODUCT", "qty": orders, "due": day(40), "price": 100}],
        )
    )


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
