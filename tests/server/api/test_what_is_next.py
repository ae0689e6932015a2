"""A list of orders begins with what is due next: the day, the item, how much of it, and what the order is worth."""

from decimal import Decimal

import pytest

NEXT = "fields=number,next_on,next_item,next_qty,next_unit,amount"


@pytest.fixture
def ordered(call):
    """SO-B is due first, by its second line; SO-A in 1.5 kg at 3.33 a kg, which is 4.995 and so 5.00; SO-C, in yen, has
    no price yet."""
    call.added("/items", code="NUT")
    call.added("/items", code="WIRE", unit="kg", decimals=3)
    for code, currency in (("KLEIN", "CNY"), ("SATO", "JPY")):
        call.added("/customers", code=code, currency=currency)
    orders = {
        "SO-A": ("KLEIN", [{"item": "WIRE", "qty": "1.5", "due_on": "2031-02-01", "price": "3.33"}]),
        "SO-B": (
            "KLEIN",
            [
                {"item": "WIRE", "qty": "2", "due_on": "2031-03-01", "price": "10"},
                {"item": "NUT", "qty": "40", "due_on": "2031-01-05", "price": "0.5"},
            ],
        ),
        "SO-C": ("SATO", [{"item": "NUT", "qty": "7", "due_on": "2031-04-01"}]),
        "SO-D": ("SATO", [{"item": "NUT", "qty": "9", "due_on": "2030-01-01", "price": "35"}]),
    }
    for number, (customer, lines) in orders.items():
        made = call.added("/sales_orders", number=number, customer=customer, lines=lines)
        if number == "SO-D":
            answer = call.post(f"/sales_orders/{made['id']}/cancel", {"reason": "no"}, tag=f'"{made["version"]}"')
            assert answer.status_code == 200, answer.content
    return call


def test_what_is_due_first_comes_first_and_what_is_cancelled_last(ordered):
    rows = ordered.rows(f"/sales_orders?{NEXT}&sort=next_on&filter[number][starts]=SO-")
    told = [(row["number"], row["next_on"], row["next_item"], row["next_qty"], row["next_unit"]) for row in rows]
    assert told == [
        ("SO-B", "2031-01-05", "NUT", "40", "pcs"),
        ("SO-A", "2031-02-01", "WIRE", "1.5", "kg"),
        ("SO-C", "2031-04-01", "NUT", "7", "pcs"),
        ("SO-D", None, None, None, None),
    ]


def test_orders_are_found_and_sorted_by_what_they_are_worth(ordered):
    """20 + 20 is 40 yuan; 315 yen; half a fen is rounded up; without a price there is no amount."""
    rows = ordered.rows(f"/sales_orders?{NEXT}&sort=-amount&filter[number][starts]=SO-")
    worth = [(row["number"], row["amount"] and Decimal(row["amount"])) for row in rows]
    assert worth == [("SO-D", 315), ("SO-B", 40), ("SO-A", 5), ("SO-C", None)]
    found = ordered.rows(f"/sales_orders?{NEXT}&filter[amount][gte]=40&filter[amount][lt]=315")
    assert [row["number"] for row in found] == ["SO-B"]
    late = ordered.rows(f"/sales_orders?{NEXT}&filter[next_on][lt]=2031-02-02&sort=number")
    assert [row["number"] for row in late] == ["SO-A", "SO-B"]


def test_orders_are_found_by_the_item_that_is_next_whatever_they_are_sorted_by(ordered):
    nut = next(row["id"] for row in ordered.rows("/items?fields=id,code") if row["code"] == "NUT")
    for sort in ("-number", "-id"):
        found = ordered.rows(f"/sales_orders?fields=number&filter[next_item_id][eq]={nut}&sort={sort}")
        assert [row["number"] for row in found] == ["SO-C", "SO-B"]


def test_pages_of_the_list_follow_each_other_whatever_they_are_sorted_by(ordered):
    for sort in ("next_on", "-next_on", "amount", "-amount", "next_item"):
        whole = ordered.rows(f"/sales_orders?fields=number&sort={sort}")
        seen, cursor = [], ""
        while cursor is not None:
            page = ordered.get(f"/sales_orders?fields=number&sort={sort}&limit=2{cursor}").json()
            seen += page["rows"]
            cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
        assert seen == whole


def test_an_order_of_a_billion_at_a_million_each_is_still_told(call):
    """In steps and millionths it is no number of 64 bits."""
    call.added("/items", code="DUST", unit="kg", decimals=6)
    call.added("/customers", code="KLEIN")
    line = {"item": "DUST", "qty": "100000000", "due_on": "2031-01-01", "price": "1000000"}
    made = call.added("/sales_orders", customer="KLEIN", lines=[line])
    row = call.get(f"/sales_orders/{made['id']}").json()
    assert Decimal(row["amount"]) == 10**14
