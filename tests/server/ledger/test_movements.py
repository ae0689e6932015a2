"""Receipts, issues, transfers: what a storekeeper does all day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from huoku.server.platform.refusals import Refused


def refused(code: str, call, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    assert refusal.value.code == code, refusal.value
    return refusal.value


def test_what_is_received_can_be_issued_and_no_more(warehouse):
    bolt = warehouse.item()
    warehouse.receive(bolt, 350)
    warehouse.issue(bolt, 150)
    assert warehouse.stock(bolt) == (200, 0)
    short = refused("insufficient_stock", warehouse.issue, bolt, 201)
    assert short.say("en") == "Of BOLT only 200 are free at STORAGE; 201 were asked for."
    assert warehouse.stock(bolt) == (200, 0)


def test_an_order_of_many_lines_is_issued_whole_or_not_at_all(warehouse):
    bolt, nut = warehouse.item("BOLT"), warehouse.item("NUT")
    warehouse.receive(bolt, 10)
    warehouse.receive(nut, 5)
    lines = [warehouse.line("issue", item, 6, "storage", "production") for item in (bolt, nut)]
    assert refused("insufficient_stock", warehouse.record, *lines).row == 1
    assert (warehouse.stock(bolt), warehouse.stock(nut)) == ((10, 0), (5, 0))


def test_a_transfer_leaves_one_place_and_arrives_at_another(warehouse):
    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    warehouse.move(bolt, 4)
    assert (warehouse.stock(bolt), warehouse.stock(bolt, "shelf 2")) == ((6, 0), (4, 0))


def test_quarantined_stock_is_there_but_not_to_be_had(warehouse):
    bolt = warehouse.item()
    warehouse.receive(bolt, 10, to_status="quarantine")
    refused("insufficient_stock", warehouse.issue, bolt, 1)
    here = warehouse.line("status", bolt, 10, "storage", "storage", from_status="quarantine", to_status="available")
    warehouse.record(here)
    warehouse.issue(bolt, 10)
    assert warehouse.stock(bolt) == (0, 0)


def test_a_movement_is_undone_by_its_opposite_once(warehouse):
    from huoku.server.ledger.commands.movements import ReverseMovement, reverse_movement

    bolt = warehouse.item()
    (receipt,) = warehouse.receive(bolt, 10)["movements"]
    undo = ReverseMovement(movement=receipt["id"], reason="wrong pallet")
    warehouse.do(reverse_movement, undo)
    assert warehouse.stock(bolt) == (0, 0)
    refused("already_reversed", warehouse.do, reverse_movement, undo)


def test_a_serial_number_is_in_stock_once(warehouse):
    motor = warehouse.item("MOTOR", tracking="serial")
    warehouse.receive(motor, 1, lot_code="SN1")
    refused("serial_is_there", warehouse.receive, motor, 1, lot_code="SN1")
    refused("serial_is_one", warehouse.receive, motor, 2, lot_code="SN2")
    warehouse.issue(motor, 1, lot_code="SN1")
    returned = warehouse.line("return", motor, 1, "production", "storage", lot_code="SN1")
    warehouse.record(returned)
    assert warehouse.stock(motor) == (1, 0)


def test_what_happened_in_a_closed_period_is_not_entered_any_more(warehouse):
    from huoku.server.ledger.commands.periods import LockPeriod, lock_period

    bolt = warehouse.item()
    end = datetime.now(UTC) - timedelta(days=3)
    line = warehouse.line("receive", bolt, 5, "supplier", "storage")
    warehouse.record(line, effective_at=end)
    warehouse.do(lock_period, LockPeriod(until=end))
    refused("period_is_locked", warehouse.record, line, effective_at=end)
    warehouse.record(line, effective_at=end + timedelta(seconds=1))
    refused("lock_goes_forward", warehouse.do, lock_period, LockPeriod(until=end))
    assert warehouse.stock(bolt) == (10, 0)


def test_a_movement_is_known_by_its_own_id_too(warehouse):
    bolt = warehouse.item()
    line = warehouse.line("receive", bolt, 5, "supplier", "storage", id="0190a000-0000-7000-8000-000000000001")
    warehouse.record(line, key="first")
    refused("movement_exists", warehouse.record, line, key="second")
    assert warehouse.stock(bolt) == (5, 0)


def test_boxes_are_converted_to_pieces_exactly(warehouse):
    bolt = warehouse.item()
    warehouse.receive(bolt, 36, entered="3", unit="box", numerator=12)
    wrong = refused("quantity_differs", warehouse.receive, bolt, 35, entered="3", unit="box", numerator=12)
    assert wrong.facts["steps"] == "36"


def test_at_an_unverified_place_a_shortfall_is_owed_and_paid(warehouse):
    from huoku.server.ledger.commands.places import ChangeLocation, change_location
    from huoku.server.ledger.models import CountTask, Debt

    bolt = warehouse.item()
    warehouse.do(change_location, ChangeLocation(id=warehouse.shelf, is_unverified=True))
    warehouse.receive(bolt, 7)
    warehouse.issue(bolt, 10)
    assert warehouse.stock(bolt) == (0, 0)
    assert [d.quantity for d in Debt.objects.of(warehouse.company)] == [3]
    assert CountTask.objects.of(warehouse.company).get().cause == "debt"
    warehouse.receive(bolt, 1)
    refused("insufficient_stock", warehouse.reserve, bolt, 1)
    warehouse.receive(bolt, 5)
    assert warehouse.stock(bolt) == (3, 0)
    warehouse.reserve(bolt, 3)
    assert [d.quantity for d in Debt.objects.of(warehouse.company)] == [0]


def test_what_stays_where_it_is_does_not_move(warehouse):
    bolt = warehouse.item()
    warehouse.receive(bolt, 5)
    refused("same_place", warehouse.record, warehouse.line("transfer", bolt, 5, "storage", "storage"))


def test_where_nothing_lies_no_book_can_be_wrong(warehouse):
    from huoku.server.ledger.commands.places import AddLocation, ChangeLocation, add_location, change_location

    customer = ChangeLocation(id=warehouse.places["customer"], is_unverified=True)
    refused("nothing_lies_there", warehouse.do, change_location, customer)
    scrap = AddLocation(code="BIN", kind="scrap", is_unverified=True)
    refused("nothing_lies_there", warehouse.do, add_location, scrap)


def test_kinds_go_where_they_belong(warehouse):
    bolt = warehouse.item()
    wrong = warehouse.line("receive", bolt, 1, "customer", "storage")
    refused("wrong_ends", warehouse.record, wrong)


def test_what_keeps_beyond_the_calendar_keeps_to_its_end(warehouse):
    from huoku.server.ledger.models import Lot

    salt = warehouse.item("SALT", tracking="lot", shelf_life_days=30)
    warehouse.receive(salt, 1, lot_code="A", received_on=date(9999, 12, 15))
    assert Lot.objects.of(warehouse.company).get(code="A").expires_on == date(9999, 12, 31)
