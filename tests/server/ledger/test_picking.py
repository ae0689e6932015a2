"""What expires first goes first."""

from datetime import date
from uuid import UUID

from tests.server.ledger.test_movements import refused


def milk_in_three_lots(warehouse):
    """Ten each: A until 10 May, B until 1 May, C until 20 May 2099."""
    milk = warehouse.item("MILK", tracking="lot")
    for code, day in (("A", 10), ("B", 1), ("C", 20)):
        warehouse.receive(milk, 10, lot_code=code, expires_on=date(2099, 5, day))
    return milk


def pick(warehouse, item, quantity, **fields):
    from huoku.server.ledger.commands.picking import Pick, pick

    ends = {"from_location": warehouse.shelf, "to_location": warehouse.places["production"]}
    return warehouse.do(pick, Pick(item=item, quantity=quantity, **ends, **fields))


def lots(warehouse, answer):
    from huoku.server.ledger.models import Lot

    codes = dict(Lot.objects.of(warehouse.company).values_list("pk", "code"))
    return [(codes[row["lot"]], row["quantity"]) for row in answer["movements"]]


def test_lots_are_taken_by_expiry(warehouse):
    milk = milk_in_three_lots(warehouse)
    assert lots(warehouse, pick(warehouse, milk, 15)) == [("B", 10), ("A", 5)]


def test_what_expires_before_the_day_of_need_is_left(warehouse):
    milk = milk_in_three_lots(warehouse)
    assert lots(warehouse, pick(warehouse, milk, 15, need_on=date(2099, 5, 5))) == [("A", 10), ("C", 5)]
    assert refused("insufficient_stock", pick, warehouse, milk, 16, need_on=date(2099, 5, 11)).facts["free"] == "5"


def test_what_is_kept_by_name_or_held_is_left(warehouse):
    milk = milk_in_three_lots(warehouse)
    warehouse.reserve(milk, 8, lot=warehouse.lot(milk, "B"))
    held = {"from_status": "available", "to_status": "quarantine", "lot_code": "A"}
    warehouse.record(warehouse.line("status", milk, 10, "storage", "storage", **held))
    assert lots(warehouse, pick(warehouse, milk, 5)) == [("B", 2), ("C", 3)]


def test_the_rule_is_overridden_with_a_reason_only(warehouse):
    milk = milk_in_three_lots(warehouse)
    last = warehouse.lot(milk, "C")
    refused("reason_needed", pick, warehouse, milk, 1, lot=last)
    assert lots(warehouse, pick(warehouse, milk, 1, lot=last, reason="the customer asked for it")) == [("C", 1)]


def test_a_reservation_is_taken_first_expired_first(warehouse):
    from huoku.server.ledger.commands.picking import PostReservation, post_reservation

    milk = milk_in_three_lots(warehouse)
    kept = UUID(warehouse.reserve(milk, 12)["id"])
    target = warehouse.places["customer"]
    post = PostReservation(reservation=kept, to_location=target, kind="ship")
    part = warehouse.do(post_reservation, post.model_copy(update={"quantity": 3}))
    rest = warehouse.do(post_reservation, post)
    assert (lots(warehouse, part), lots(warehouse, rest)) == ([("B", 3)], [("B", 7), ("A", 2)])
    assert warehouse.stock(milk) == (18, 0)
    refused("reservation_ended", warehouse.do, post_reservation, post)


def test_serial_numbers_are_picked_one_by_one(warehouse):
    motor = warehouse.item("MOTOR", tracking="serial")
    for code in ("SN1", "SN2", "SN3"):
        warehouse.receive(motor, 1, lot_code=code)
    assert lots(warehouse, pick(warehouse, motor, 2)) == [("SN1", 1), ("SN2", 1)]


def test_whoever_chooses_among_lots_has_their_head_first(warehouse):
    """Two who choose at once would else take the same lots, and a later one would go before an earlier."""
    from django.db import connection

    milk = milk_in_three_lots(warehouse)
    asked: list[str] = []

    def listen(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        pick(warehouse, milk, 15)
    chooses = next(n for n, sql in enumerate(asked) if "ORDER BY COALESCE(l.expires_on" in sql)
    assert any("ledger_stockhead" in sql and sql.startswith("SELECT") for sql in asked[:chooses])
