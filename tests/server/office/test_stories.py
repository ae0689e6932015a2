"""The stories of the trade, each told twice: by a program at the interface, and by people at the pages."""

import re

import pytest
from tests.server.api.conftest import caller_of

FAR = "2099-01-01"


class Interface:
    """A program: it sends JSON."""

    def __init__(self, call):
        self.call = call

    def add(self, table, **fields):
        """The id of a new row, or the status of a refusal below zero."""
        answer = self.call.post(f"/{table}", fields)
        return answer.json()["id"] if answer.status_code == 201 else -answer.status_code

    def do(self, table, row, action, **fields):
        """Whether it was done."""
        return self.call.post(f"/{table}/{row}/{action}", fields, tag="*").status_code == 200

    def state(self, table, row):
        return self.call.rows(f"/{table}?filter[id][eq]={row}")[0]["state"]


class Desk(Interface):
    """People: they fill in forms and press buttons."""

    def add(self, table, **fields):
        answer = self.filled_in(f"/office/{table}/new", fields)
        if answer.status_code != 302:
            return -answer.status_code
        return int(answer["Location"].strip("/").rpartition("/")[2])

    def do(self, table, row, action, **fields):
        return self.filled_in(f"/office/{table}/{row}/do/{action}", fields).status_code == 302

    def filled_in(self, address, fields):
        """What the form at this address answers when it is sent with these fields."""
        form = self.call.client.get(address)
        key = re.search(r'name="key" value="([^"]+)"', form.content.decode())
        assert form.status_code == 200 and key is not None, address
        return self.call.client.post(address, {**flat(fields), "key": key[1]})


def flat(fields):
    """Fields as a form names them: rows of fields by their place, several words one a line."""
    sent = {}
    for name, value in fields.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            sent[f"{name}-count"] = str(len(value))
            for place, row in enumerate(value):
                sent |= {f"{name}-{place}-{key}": said for key, said in flat(row).items()}
        elif isinstance(value, list):
            sent[name] = "\n".join(map(str, value))
        elif value is True:
            sent[name] = "on"
        elif value is not False and value is not None:
            sent[name] = str(value)
    return sent


@pytest.fixture(params=["interface", "desk"])
def door(request, company, settings, tmp_path):
    """A factory of lamps, a bulb each, that has no bulbs; at one of the two doors."""
    settings.MEDIA_ROOT = tmp_path
    call = caller_of(company, "owner")
    for code in ("LAMP", "BULB", "LED"):
        call.added("/items", code=code, **({"kind": "make", "lead_time_days": 1} if code == "LAMP" else {}))
    call.added("/boms", parent="LAMP", revision="A", lines=[{"component": "BULB", "qty": "1"}])
    call.added("/substitutes", item="BULB", substitute="LED")
    call.added("/suppliers", code="ACME")
    call.added("/customers", code="LI")
    kinds = {"SHELF": "storage", "OUTSIDE": "supplier", "CUSTOMERS": "customer", "WORK": "work_in_progress"}
    for code, kind in {**kinds, "MADE": "production"}.items():
        call.added("/locations", code=code, kind=kind)
    return {"interface": Interface, "desk": Desk}[request.param](call)


def receive(door, item, quantity):
    line = {"kind": "receive", "item": item, "quantity": quantity, "from_location": "OUTSIDE", "to_location": "SHELF"}
    door.call.added("/movements", lines=[line])


def only(door, path):
    (row,) = door.call.rows(path)
    return row


def books_balance(company):
    from huoku.server.ledger.doctor import examine

    assert [str(finding) for finding in examine(company)] == []


def test_an_order_is_covered_bought_for_made_and_shipped_and_some_of_it_comes_back(door, company):
    """Ten lamps: the bulbs come in three parts, one is bad and is replaced."""
    order = door.add("sales_orders", customer="LI", lines=[{"item": "LAMP", "qty": "10", "due_on": FAR}])
    line = only(door, f"/sales_lines?filter[order_id][eq]={order}")
    assert not door.do("sales_orders", order, "confirm"), "ten bulbs are short"
    assert {row["role"] for row in door.call.rows("/tasks?filter[state][eq]=open")} == {"buyer", "planner"}

    bought = door.add(
        *("purchase_orders",),
        supplier="ACME",
        location="SHELF",
        lines=[{"item": "BULB", "qty": "10", "price": "3", "wanted_on": "2026-12-01"}],
    )
    for step in ("approve", "send", "confirm"):
        assert door.do("purchase_orders", bought, step), step
    assert door.do("sales_orders", order, "confirm")

    bulbs = only(door, f"/purchase_lines?filter[order_id][eq]={bought}")["id"]
    assert door.do("purchase_orders", bought, "receive", lines=[{"line": bulbs, "qty": "6", "inspect": True}])
    receipt = only(door, "/purchase_receipts")["id"]
    assert door.do("purchase_receipts", receipt, "inspect", accepted="5", rejected="1", reason="cracked")
    assert door.do("purchase_receipts", receipt, "return", qty="1", reason="cracked", replaced_on=FAR)
    assert not door.do("purchase_orders", bought, "receive", lines=[{"line": bulbs, "qty": "6"}]), "five are due"
    assert door.do("purchase_orders", bought, "receive", lines=[{"line": bulbs, "qty": "4"}])
    assert door.do("purchase_orders", bought, "receive", lines=[{"line": bulbs, "qty": "1"}])
    assert door.do("purchase_orders", bought, "close")

    work = door.add(
        *("work_orders",),
        item="LAMP",
        qty="10",
        due_on=FAR,
        target="SHELF",
        work_in_progress="WORK",
        demand=f"sales.line:{line['id']}",
    )
    assert door.do("work_orders", work, "release")
    walk = door.add("pick_lists", orders=[work])
    for each in door.call.rows(f"/pick_lines?filter[pick_list_id][eq]={walk}&sort=seq"):
        assert door.do("pick_lists", walk, "take", line=each["seq"])
    assert door.state("work_orders", work) == "kitted"
    assert door.do("work_orders", work, "start")
    operation = only(door, f"/work_operations?filter[order_id][eq]={work}")["id"]
    assert door.do("work_operations", operation, "report", good="4")
    assert door.do("work_operations", operation, "report")
    assert door.do("work_orders", work, "finish") and door.do("work_orders", work, "close")

    for qty in ("3", "7"):
        assert door.do("sales_orders", order, "ship", lines=[{"line": line["id"], "qty": qty}])
    assert door.do("sales_orders", order, "close")
    sent = door.call.rows("/shipments?sort=id")[0]["id"]
    went = door.call.rows(f"/shipment_lines?filter[shipment_id][eq]={sent}")[0]["id"]
    back = {"location": "SHELF", "reason": "scratched", "lines": [{"shipment_line": went, "qty": "1"}]}
    assert door.do("shipments", sent, "take_back", **back)
    states = {"purchase_orders": bought, "work_orders": work, "sales_orders": order, "shipments": sent}
    assert [door.state(table, row) for table, row in states.items()] == ["closed", "closed", "closed", "part_returned"]
    books_balance(company)


def test_of_two_sellers_the_first_gets_the_last_hundred_and_the_second_learns_what_is_left(door, company):
    receive(door, "BULB", "100")
    lines = [{"item": "BULB", "qty": "100", "due_on": FAR}]
    first, second = (door.add("sales_orders", customer="LI", lines=lines) for _ in range(2))
    assert door.do("sales_orders", first, "confirm")
    assert not door.do("sales_orders", second, "confirm")
    assert [door.state("sales_orders", each) for each in (first, second)] == ["confirmed", "inquiry"]
    books_balance(company)


def test_a_cancelled_order_shows_its_surplus_and_gives_it_free(door, company):
    receive(door, "BULB", "100")
    order = door.add("sales_orders", customer="LI", lines=[{"item": "BULB", "qty": "40", "due_on": FAR}])
    assert door.do("sales_orders", order, "confirm")
    assert door.do("sales_orders", order, "cancel", reason="no longer wanted")
    tasks = door.call.rows("/tasks?filter[kind][eq]=surplus&filter[state][eq]=open")
    assert {row["role"] for row in tasks} == {"planner", "buyer"}
    assert tasks[0]["facts"]["surplus"] == [{"item": "BULB", "qty": "40", "location": "SHELF"}]
    assert door.call.rows("/reservations?filter[state][eq]=pending") == []
    books_balance(company)


def test_a_cancelled_order_shows_what_was_asked_for_ordered_and_planned_for_it(door, company):
    """Forty bulbs lie there and are kept; ten more are asked for, twenty are on a draft, and lamps are planned."""
    receive(door, "BULB", "40")
    order = door.add("sales_orders", customer="LI", lines=[{"item": "BULB", "qty": "40", "due_on": FAR}])
    demand = f"sales.line:{only(door, '/sales_lines')['id']}"
    assert door.do("sales_orders", order, "confirm")
    asked = door.add("purchase_requests", item="BULB", qty="10", need_on=FAR, demand=demand)
    line = {"item": "BULB", "qty": "20", "price": "3", "wanted_on": FAR, "demand": demand}
    draft = door.add("purchase_orders", supplier="ACME", location="SHELF", lines=[line])
    places = {"target": "SHELF", "work_in_progress": "WORK"}
    made = door.add("work_orders", item="LAMP", qty="5", due_on=FAR, demand=demand, **places)
    assert min(asked, draft, made) > 0
    assert door.do("sales_orders", order, "cancel", reason="no longer wanted")
    task = door.call.rows("/tasks?filter[kind][eq]=surplus&filter[role][eq]=buyer")[0]
    numbers = [
        door.call.rows(f"/{table}?filter[id][eq]={row}")[0]["number"]
        for table, row in (("work_orders", made), ("purchase_requests", asked), ("purchase_orders", draft))
    ]
    told = [
        "BULB × 40 (SHELF)",
        *(f"{part} ({n})" for part, n in zip(("LAMP × 5", "BULB × 10", "BULB × 20"), numbers, strict=True)),
    ]
    assert all(each in task["text_en"] and each in task["text_zh"] for each in told), task["text_en"]
    page = door.call.client.get(f"/office/sales_orders/{order}/").content.decode()
    assert all(number in page for number in numbers)
    books_balance(company)


def test_a_listed_substitute_is_issued_instead(door, company):
    receive(door, "BULB", "6")
    receive(door, "LED", "10")
    work = door.add("work_orders", item="LAMP", qty="10", due_on=FAR, target="SHELF", work_in_progress="WORK")
    assert door.do("work_orders", work, "release")
    walk = door.add("pick_lists", orders=[work])
    assert door.do("pick_lists", walk, "take", line=1)
    assert door.state("work_orders", work) == "released", "four bulbs are short"
    instead = {"line": 1, "substitute": "LED", "from_location": "SHELF"}
    assert not door.do("work_orders", work, "substitute", quantity="5", **instead), "more than is short"
    assert door.do("work_orders", work, "substitute", quantity="4", **instead)
    assert door.state("work_orders", work) == "kitted"
    books_balance(company)
