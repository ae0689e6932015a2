"""The leftover is booked to the order that it was bought for: its margin before and after."""

import pytest
from tests.stories.one_part import day, offer, planned, wanted

from huoku.factory import build
from huoku.plan import Plan, plan
from huoku.report import explain_text


def earned(made: Plan) -> dict[str, list[float]]:
    columns = ("sales", "material", "fees", "margin", "leftover", "margin_after")
    return {row[0]: pytest.approx(list(row[1:])) for row in made.margins().select("demand", *columns).rows()}


def test_150_of_500_earn_300_and_lose_it_on_the_rest() -> None:
    """Sold for 3.00, bought for 1.00 and 20.00 of fee; of the other 350 nine tenths are lost."""
    made = planned([offer("MILL", 1.00, moq=500, order_fee=20)], [wanted("SO-1", 150, 30)])
    assert earned(made) == {"SO-1": [450, 150, 20, 280, 315, -35]}
    told = explain_text(made.explain("SO-1"), "en")
    assert "expected loss on what is left of its purchases" in told and "−¥35.00" in told


def test_two_orders_share_the_leftover_of_one_purchase_by_what_they_take() -> None:
    made = planned([offer("MILL", 1.00, moq=500)], [wanted("SO-1", 100, 30), wanted("SO-2", 50, 30)])
    assert earned(made) == {"SO-1": [300, 100, 0, 200, 210, -10], "SO-2": [150, 50, 0, 100, 105, -5]}


def test_what_fits_leaves_nothing_and_stock_costs_its_value() -> None:
    stock = [{"item": "PART", "qty": 30}]
    made = planned([offer("TRADER", 1.50)], [wanted("SO-1", 100, 30)], stock=stock)
    assert earned(made) == {"SO-1": [300, 30 * 1.5 + 70 * 1.5, 0, 150, 0, 150]}
    assert "margin after that loss" not in explain_text(made.explain("SO-1"), "en")


def test_through_the_levels_the_product_bears_the_leftover_of_its_part() -> None:
    """Two sockets in a lamp: 100 of 500 are needed; the lamp's own set-up is a fee."""
    made = plan(
        build(
            today=day(0),
            items=[{"item": "LAMP", "setup_cost": 30, "price": 9}, {"item": "SOCKET"}],
            bom=[{"parent": "LAMP", "component": "SOCKET", "qty": 2}],
            sources=[{"item": "SOCKET", "supplier": "MILL", "moq": 500, "lead_time_days": 5, "price": 1}],
            demands=[{"demand": "SO-1", "item": "LAMP", "qty": 50, "due": day(40)}],
        )
    )
    assert earned(made) == {"SO-1": [450, 100, 30, 320, 360, -40]}
