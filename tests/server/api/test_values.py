"""Quantities and money are found and put in order by what they are worth, whatever their steps are."""

import random
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne

import pytest

COMPARED = {"eq": eq, "ne": ne, "lt": lt, "lte": le, "gt": gt, "gte": ge}
STOCK = {"A0": "2", "B1": "2.5", "C3": "2.05", "D6": "2.000001", "E3": "2", "F0": "10", "G6": "0.5", "H0": None}
"""Safety stock by item; the figure in the code says how many digits behind the point its unit has."""


@pytest.fixture
def stocked(call):
    for code, stock in STOCK.items():
        call.added("/items", code=code, unit="kg", decimals=int(code[1]), **({"safety_stock": stock} if stock else {}))
    return call


def paged(call, address, name="code", limit=2):
    """The values of a column, page by page."""
    seen, cursor = [], ""
    while True:
        page = call.get(f"{address}&limit={limit}{cursor}").json()
        seen += [row[name] for row in page["rows"]]
        if page["next_cursor"] is None:
            return seen
        cursor = f"&cursor={page['next_cursor']}"


def test_two_kilograms_and_a_bit_come_after_two_pieces_and_before_ten(stocked):
    order = ["H0", "G6", "A0", "E3", "D6", "C3", "B1", "F0"]
    assert paged(stocked, "/items?fields=code&sort=safety_stock,code") == order
    falling = ["F0", "B1", "C3", "D6", "A0", "E3", "G6", "H0"]
    assert paged(stocked, "/items?fields=code&sort=-safety_stock,code", limit=3) == falling


@pytest.mark.parametrize("bound", ["2", "2.01", "2.000001", "0", "2.0000005", "999999999999"])
def test_a_bound_finer_than_a_step_finds_what_lies_on_its_side(stocked, bound):
    for op, stands in COMPARED.items():
        answer = stocked.get(f"/items?fields=code&sort=code&filter[safety_stock][{op}]={bound}")
        if len(bound) > len("2.000001") and "." in bound:
            assert answer.status_code == 400 and answer.json()["errors"][0]["field"] == "filter[safety_stock][eq]"
            return
        found = [row["code"] for row in answer.json()["rows"]]
        assert found == [code for code, stock in STOCK.items() if stands(Decimal(stock or 0), Decimal(bound))], op
    both = stocked.rows("/items?filter[safety_stock][gte]=2.000001&filter[safety_stock][lt]=2.5&sort=code")
    assert [row["code"] for row in both] == ["C3", "D6"]
    some = stocked.rows("/items?filter[safety_stock][in]=2,0.5,0.25&sort=code")
    assert [row["code"] for row in some] == ["A0", "E3", "G6"]


def test_money_is_compared_as_it_is_shown_whatever_its_currency_counts_in(call):
    fees = {"CNY": "1500.5", "JPY": "1500", "KWD": "1500.499", "USD": "0.01", "KRW": "20"}
    call.added("/items", code="NUT")
    for currency, fee in fees.items():
        call.added("/suppliers", code=f"S-{currency}", currency=currency)
        terms = {"item": "NUT", "supplier": f"S-{currency}", "moq": "1", "price": "1"}
        call.added("/sources", **terms, lead_time_days=1, order_fee=fee)
    order = ["USD", "KRW", "JPY", "KWD", "CNY"]
    assert paged(call, "/sources?fields=currency&sort=order_fee", "currency") == order
    found = call.rows("/sources?fields=currency&sort=-order_fee&filter[order_fee][gt]=1500")
    assert [row["currency"] for row in found] == ["CNY", "KWD"]


def test_empty_quantities_come_last_and_are_found_as_empty(call):
    for code, most in (("A", None), ("B", "30"), ("C", None), ("D", "10")):
        call.added("/items", code=code, **({"lot_max": most} if most else {}))
    assert "".join(paged(call, "/items?fields=code&sort=lot_max", limit=1)) == "DBAC"
    assert "".join(paged(call, "/items?fields=code&sort=-lot_max", limit=1)) == "BDAC"
    assert [row["code"] for row in call.rows("/items?filter[lot_max][null]=true&sort=code")] == ["A", "C"]
    assert [row["code"] for row in call.rows("/items?filter[lot_max][ne]=10&sort=code")] == ["A", "B", "C"]


def test_whatever_values_there_are_pages_hold_them_in_order(call):
    dice = random.Random(7)
    for place in range(30):
        digits = dice.choice([0, 1, 3, 6])
        stock = Decimal(dice.randrange(0, 3 * 10**digits)).scaleb(-digits)
        call.added("/items", code=f"R{place:02}", unit="kg", decimals=digits, safety_stock=format(stock, "f"))
    values = [Decimal(each) for each in paged(call, "/items?fields=safety_stock&sort=safety_stock", "safety_stock", 7)]
    assert len(values) == 30 and values == sorted(values)
    falling = paged(call, "/items?fields=safety_stock&sort=-safety_stock", "safety_stock", 7)
    assert [Decimal(each) for each in falling] == values[::-1]


def test_every_quantity_and_amount_of_every_table_can_be_asked_for(owner):
    from huoku.server.platform.tables.asking import question
    from huoku.server.platform.tables.scaled import is_scaled
    from huoku.server.platform.tables.showing import page
    from huoku.server.platform.tables.table import TABLES

    asked = 0
    for table in TABLES.values():
        for column in filter(is_scaled, table.columns):
            assert column.beside, (table.name, column.name)
            bounds = {f"filter[{column.name}][{op}]": "1.5" for op in ("gte", "lt", "ne")}
            page(table, owner, question(table, owner, {"sort": f"-{column.name}", **bounds}))
            asked += 1
    assert asked > 80
