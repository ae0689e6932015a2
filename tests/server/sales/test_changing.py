"""What a smaller or cancelled order leaves: told at once, and a task for those who can do something about it."""

import pytest


@pytest.fixture
def confirmed(shop, order, lines):
    """Ten lamps, confirmed: bulbs and screws from stock, plates on order."""
    from huoku.server.sales.commands.promising import confirm_order

    shop.receive(shop.bulb, 10)
    shop.receive(shop.screw, 40)
    shop.supply("purchasing.line:7", shop.plate, 20, in_days=5)
    answer = order(10)
    shop.ask(confirm_order, id=answer["id"])
    return answer


def test_a_cancelled_order_shows_what_is_surplus_and_leaves_a_task(shop, confirmed, lines):
    from huoku.server.sales.commands.changing import cancel_order

    told = shop.ask(cancel_order, id=confirmed["id"], reason="customer has no money")
    assert told["state"] == "cancelled"
    assert sorted((each["item"], each["qty"], each.get("supply", "")) for each in told["surplus"]) == [
        ("BULB", "10", ""),
        ("PLATE", "20", "purchasing.line:7"),
        ("SCREW", "40", ""),
    ]
    for role in ("planner", "buyer"):
        (task,) = shop.tasks(role)
        assert "PLATE × 20" in task.text_zh and task.facts["surplus"] == told["surplus"]
    assert shop.kept(lines(confirmed)[0].demand) == {}
    shop.books_balance()


def test_a_smaller_quantity_frees_the_difference(shop, confirmed, lines):
    from huoku.server.sales.commands.changing import change_quantity

    (line,) = lines(confirmed)
    told = shop.ask(change_quantity, id=confirmed["id"], line=line.pk, qty="6")
    assert {(each["item"], each["qty"]) for each in told["surplus"]} == {("BULB", "4"), ("SCREW", "16"), ("PLATE", "8")}
    assert shop.kept(line.demand) == {"BULB": 6, "SCREW": 24, "PLATE*": 12}


def test_more_is_promised_only_where_it_is_covered(shop, confirmed, lines):
    from huoku.server.sales.commands.changing import change_quantity

    (line,) = lines(confirmed)
    refused = shop.refused(change_quantity, id=confirmed["id"], line=line.pk, qty="11")
    assert refused["code"] == "not_covered" and "SCREW × 4" in refused["en"]
    assert shop.kept(line.demand) == {"BULB": 10, "SCREW": 40, "PLATE*": 20}


def test_a_lot_bought_for_the_order_is_named_among_the_surplus(shop, order, lines):
    from huoku.server.sales.commands.changing import cancel_order

    special = shop.item("RED PAINT", tracking="lot")
    answer = order(5, "RED PAINT")
    shop.receive(special, 20, lot_code="L1", demand=lines(answer)[0].demand)
    told = shop.ask(cancel_order, id=answer["id"], reason="colour no longer wanted")
    assert told["surplus"] == [
        {"item": "RED PAINT", "qty": "20", "location": "STORAGE", "lot": "L1", "was_for": lines(answer)[0].demand}
    ]


def test_an_inquiry_that_is_cancelled_leaves_nothing(shop, order):
    from huoku.server.sales.commands.changing import cancel_order

    answer = order(1, "SCREW")
    assert shop.ask(cancel_order, id=answer["id"], reason="no answer")["surplus"] == []
    assert [task.kind for task in shop.tasks("planner")] == []


def test_other_lines_end_the_hold_and_ask_the_departments_again(shop, order, lines):
    from huoku.server.sales.commands.departments import ask_departments
    from huoku.server.sales.commands.orders import change_order
    from huoku.server.sales.commands.promising import hold_order
    from huoku.server.sales.models import Confirmation

    shop.receive(shop.screw, 50)
    answer = order(50, "SCREW")
    shop.ask(hold_order, id=answer["id"])
    shop.ask(ask_departments, id=answer["id"])
    fewer = [{"item": "SCREW", "qty": "20", "due_on": shop.in_days(9)}]
    told = shop.ask(change_order, id=answer["id"], lines=fewer)
    assert told["is_covered"] and shop.free(shop.screw) == 50
    assert told["state"] == "inquiry", "nothing is held any more"
    assert not [task for role in ("storekeeper", "buyer") for task in shop.tasks(role) if task.kind == "confirm"]
    assert not Confirmation.objects.of(shop.company).exists()


def test_an_order_that_is_lessened_to_what_went_is_shipped(shop, order, lines):
    from huoku.server.sales.commands.changing import change_quantity
    from huoku.server.sales.commands.promising import confirm_order
    from huoku.server.sales.commands.shipping import ship_goods

    shop.receive(shop.screw, 50)
    answer = order(50, "SCREW")
    shop.ask(confirm_order, id=answer["id"])
    (line,) = lines(answer)
    shop.ask(ship_goods, id=answer["id"], lines=[{"line": line.pk, "qty": "20"}])
    assert shop.ask(change_quantity, id=answer["id"], line=line.pk, qty="30")["state"] == "confirmed"
    assert shop.ask(change_quantity, id=answer["id"], line=line.pk, qty="20")["state"] == "shipped"
