"""The doctor finds nothing where all is well, and names what somebody has falsified."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from tests.server.ledger.test_picking import milk_in_three_lots, pick


def examined(warehouse):
    from huoku.server.ledger.doctor import examine

    return [(finding.invariant, finding.say("en")) for finding in examine(warehouse.company)]


@pytest.fixture
def busy(warehouse):
    """A little of everything has happened."""
    from huoku.server.ledger.commands.counts import StateCount, state_count
    from huoku.server.ledger.commands.movements import ReverseMovement, reverse_movement
    from huoku.server.ledger.commands.valuations import KeepValuation, keep_valuation
    from huoku.server.platform.seals import seal_company

    milk = milk_in_three_lots(warehouse)
    bolt = warehouse.item()
    (receipt,) = warehouse.receive(bolt, 10, unit_cost=3_000_000)["movements"]
    warehouse.receive(bolt, 24, entered="2", unit="dozen", numerator=12)
    warehouse.do(reverse_movement, ReverseMovement(movement=receipt["id"], reason="wrong"))
    kept = warehouse.reserve(bolt, 6)["id"]
    warehouse.issue(bolt, 2, reservation=UUID(kept))
    warehouse.reserve(milk, 3, lot=warehouse.lot(milk, "B"))
    pick(warehouse, milk, 12)
    warehouse.do(state_count, StateCount(item=bolt, location=warehouse.shelf, counted=22))
    warehouse.do(keep_valuation, KeepValuation(until=datetime.now(UTC)))
    warehouse.receive(warehouse.item("PUMP", tracking="serial"), 1, lot_code="S1")
    warehouse.reserve(bolt, 1, lasts_seconds=86_400)
    seal_company(warehouse.company)
    return warehouse


def test_all_is_well_after_a_busy_day(busy):
    assert examined(busy) == []


def forged(statement, *parameters):
    """What somebody with the database's own tools could do: without triggers and checks."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'")
            for name, _ in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
            cursor.execute(statement, parameters)
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
            return
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'guard_%'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE conname LIKE '%_covers'")
        for table, name in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        cursor.execute(statement, parameters)


FORGERIES = {
    "more on hand than came": ("UPDATE ledger_balance SET on_hand = on_hand + 1 WHERE on_hand > 0", {"I2", "I4"}),
    "a head that is off": ("UPDATE ledger_stockhead SET on_hand = on_hand + 1", {"I2"}),
    "more reserved than there is": ("UPDATE ledger_stockhead SET reserved = on_hand + 1", {"I1", "I3"}),
    "a reservation forgotten": ("UPDATE ledger_balance SET reserved = 0", {"I3"}),
    "a movement changed": ("UPDATE ledger_movement SET quantity = quantity + 1 WHERE kind = 'receive'", {"I2", "I6"}),
    "an audit entry changed": ("UPDATE platform_auditentry SET reason = 'quite another' WHERE seq = 1", {"I6"}),
    "the last movement taken out": (
        "DELETE FROM ledger_movement WHERE kind = 'issue' AND need_on IS NULL",
        {"I2", "I7"},
    ),
    "a reversal of less": ("UPDATE ledger_movement SET quantity = 1 WHERE reverses_id IS NOT NULL", {"I15"}),
    "a command forgotten": ("DELETE FROM platform_commandrecord", {"I9"}),
    "a reservation grown": ("UPDATE ledger_reservation SET quantity = quantity + 1", {"I3", "I11"}),
    "more taken than left": (
        "UPDATE ledger_reservationevent SET quantity = quantity + 1 WHERE kind = 'part_posted'",
        {"I11", "I18"},
    ),
    "an answer touched up": ("UPDATE platform_commandrecord SET answer = answer || ' '", {"I10"}),
    "a count held against another book": (
        "UPDATE ledger_count SET book = book - 1, counted = counted - 1",
        {"I14"},
    ),
    "boxes that are no boxes": ("UPDATE ledger_movement SET entered = '3' WHERE entered <> ''", {"I6", "I17"}),
    "a later expiry": ("UPDATE ledger_lot SET expires_on = '2099-04-01' WHERE code = 'C'", {"I19"}),
    "a serial number twice": (
        "UPDATE ledger_balance SET on_hand = 2 WHERE lot_id = (SELECT id FROM ledger_lot WHERE code = 'S1')",
        {"I2", "I5"},
    ),
    "a seal broken": ("UPDATE platform_seal SET heads = '{}'", {"I8"}),
    "a time that is over": (
        "UPDATE ledger_reservation SET expires_at = '2001-01-01 00:00:00+00:00' WHERE expires_at IS NOT NULL",
        {"I12"},
    ),
    "a valuation touched up": ("UPDATE ledger_valuation SET digest = substr(digest, 2)", {"I13"}),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_found(busy, forgery):
    statement, expected = FORGERIES[forgery]
    forged(statement)
    assert expected <= {invariant for invariant, _ in examined(busy)}


def test_a_finding_names_item_place_and_difference(busy):
    forged("UPDATE ledger_stockhead SET on_hand = on_hand + 7 WHERE reserved = 5")
    assert examined(busy) == [("I2", "I2 BOLT at STORAGE: the head's on_hand is 7 off the sum over its lots.")]


def test_a_row_that_refers_to_another_company_is_found(busy, owner):
    from tests.server.ledger.warehouse import Warehouse

    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.scope import entered

    theirs = found_company("THEIRS", "Theirs", owner.user)
    with entered(theirs):
        shelf = Warehouse(theirs, actor_of(owner.user, theirs)).shelf
    forged(f"UPDATE ledger_count SET location_id = {shelf}")
    assert "I25" in {invariant for invariant, _ in examined(busy)}


def test_what_was_entered_into_a_closed_period_is_found(busy):
    from huoku.server.ledger.models import PeriodLock

    PeriodLock.objects.create(
        company=busy.company,
        until=datetime.now(UTC),
        recorded_at=datetime.combine(date(2000, 1, 1), datetime.min.time(), UTC),
    )
    assert {invariant for invariant, _ in examined(busy)} == {"I16"}


def test_what_is_wrong_can_be_frozen(busy):
    from tests.server.ledger.test_movements import refused

    from huoku.server.items.models import Item
    from huoku.server.ledger.commands.freezing import FreezeStream, freeze_stream
    from huoku.server.ledger.doctor import examine, freeze_what_is_wrong

    forged("UPDATE ledger_stockhead SET on_hand = on_hand + 7 WHERE reserved = 5")
    (name,) = freeze_what_is_wrong(busy.company, examine(busy.company))
    bolt = Item.objects.of(busy.company).get(code="BOLT").pk
    refused("stream_frozen", busy.receive, bolt, 1)
    kind, shard = name.split("/")
    busy.do(freeze_stream, FreezeStream(kind=kind, shard=int(shard), is_frozen=False, reason="looked at"))
    busy.receive(bolt, 1)
