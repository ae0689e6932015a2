"""While a line of an order is written, it is told what its item is called, what it costs, which minimum it misses."""

from datetime import date, timedelta

import pytest

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)


@pytest.fixture
def shop(company_of):
    """A mill sells 500 sets at least, by tens, at 10.00 each."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    owner = company_of(
        "SHOP",
        build(
            today=TODAY,
            items=[{"item": "SET"}, {"item": "LAMP", "price": 25}],
            sources=[{"item": "SET", "supplier": "MILL", "lead_time_days": 5, "price": 10, "moq": 500, "multiple": 10}],
            demands=[
                {"demand": "SO-1", "item": "LAMP", "qty": 5, "due": TODAY + timedelta(days=9), "customer": "KLEIN"}
            ],
        ),
    )
    with entered(owner.company):
        yield owner.company


def told(reader, kind, **asked):
    answer = reader.client.get(f"/desk/line/{kind}", asked)
    assert answer.status_code == 200
    return answer.json()


def test_below_the_minimum_the_way_out_is_beside_the_line(shop, at_desk):
    buyer = at_desk(shop, Role.BUYER)
    found = told(buyer, "purchase", item="SET", qty="120", partner="MILL")
    assert found["price"] == "10" and found["is_wrong"]
    assert "至少订 500 pcs，会多 380" in found["words"]
    assert [each.get("qty") for each in found["ways"]] == ["500", None]
    assert found["ways"][1]["address"] == "/desk/buying"


def test_above_the_minimum_only_whole_packs_are_sold(shop, at_desk):
    buyer = at_desk(shop, Role.BUYER)
    assert "要整包订：510 pcs，会多 5" in told(buyer, "purchase", item="SET", qty="505", partner="MILL")["words"]
    enough = told(buyer, "purchase", item="SET", qty="510", partner="MILL")
    assert not enough["is_wrong"] and enough["ways"] == []


def test_what_nobody_knows_and_what_nobody_sells_is_told_at_once(shop, at_desk):
    buyer = at_desk(shop, Role.BUYER)
    assert told(buyer, "purchase", item="NOSUCH", qty="1", partner="MILL")["words"] == "没有物料“NOSUCH”。"
    assert told(buyer, "purchase", item="LAMP", qty="1", partner="MILL")["is_wrong"]
    for wrong in ("many", "-3", "NaN", "1e99", "0.5"):
        assert told(buyer, "purchase", item="SET", qty=wrong, partner="MILL")["ways"] == []


def test_sales_hear_the_list_price_and_the_storekeeper_no_terms(shop, at_desk):
    sales = at_desk(shop, Role.SALES)
    found = told(sales, "sale", item="LAMP", qty="5", partner="KLEIN")
    assert found["price"] == "25" and found["ways"][0]["address"].startswith("/desk/quotation?item=LAMP&qty=5&")
    assert told(sales, "sale", item="LAMP", qty="5")["ways"][0]["address"].endswith("customer=")  # not chosen yet
    assert "price" not in told(sales, "purchase", item="SET", qty="120", partner="MILL")
