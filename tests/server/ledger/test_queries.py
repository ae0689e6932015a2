"""Looking back: where a lot came from and went, what was reported, what stock is worth."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest


def test_a_lot_is_traced_to_its_supplier_and_to_the_customers(warehouse):
    from huoku.server.ledger.queries.trace import where_from, where_to

    powder, tablet = (warehouse.item(code, tracking="lot") for code in ("POWDER", "TABLET"))
    warehouse.receive(powder, 100, lot_code="P1", document="purchase:1")
    powder_lot = warehouse.lot(powder, "P1")
    warehouse.issue(powder, 60, lot_code="P1", document="work:1")
    part = [{"lot": powder_lot, "quantity": 60}]
    made = warehouse.line("make", tablet, 600, "production", "storage", lot_code="T1", made_from=part)
    warehouse.record(made, document="work:1")
    sold = warehouse.line("ship", tablet, 250, "storage", "customer", lot_code="T1")
    warehouse.record(sold, document="sales:9")
    tablet_lot = warehouse.lot(tablet, "T1")
    recall = where_to(warehouse.company.pk, powder_lot)
    assert [(node.item, node.lot, node.depth) for node in recall.lots] == [("POWDER", "P1", 0), ("TABLET", "T1", 1)]
    gone = [(row.document, row.place, row.quantity) for row in recall.crossings if row.lot_id == tablet_lot]
    assert gone == [("sales:9", "CUSTOMER", 250)]
    assert [(row.lot_id, row.on_hand) for row in recall.lying] == [(powder_lot, 40), (tablet_lot, 350)]
    back = where_from(warehouse.company.pk, tablet_lot)
    assert [row.document for row in back.crossings if row.lot_id == powder_lot] == ["purchase:1"]
    assert [(edge.parent_id, edge.lot_id, edge.quantity) for edge in back.edges] == [(powder_lot, tablet_lot, 60)]


def test_more_used_than_was_made_is_raised(warehouse):
    from huoku.server.ledger.queries.reports import reported, usage_differences

    screw, lamp = warehouse.item("SCREW"), warehouse.item("LAMP")
    warehouse.receive(screw, 100)
    to_line = warehouse.line("issue", screw, 50, "storage", "line_side")
    use = warehouse.line("issue", screw, 43, "line_side", "production")
    made = warehouse.line("make", lamp, 10, "production", "storage")
    for line in (to_line, use, made):
        warehouse.record(line, document="work:1")
    screws = next(row for row in reported(warehouse.company.pk, "work:1") if row.item_id == screw)
    assert (screws.issued, screws.used, screws.still_there) == (50, 43, 7)
    (found,) = usage_differences(warehouse.company.pk, {lamp: {screw: Fraction(4)}})
    assert (found.item_id, found.used, found.expected, found.difference) == (screw, 43, 40, 3)


def test_a_count_that_differs_is_told_until_it_is_settled(warehouse):
    from huoku.server.ledger.commands.counts import StateCount, state_count
    from huoku.server.ledger.queries.reports import open_count_differences

    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    warehouse.do(state_count, StateCount(item=bolt, location=warehouse.shelf, counted=8))
    (found,) = open_count_differences(warehouse.company.pk)
    assert (found.book, found.counted, found.state) == (10, 8, "recount")


@pytest.mark.parametrize(("method", "worth"), [("moving_average", 5 * 350), ("fifo", 5 * 400)])
def test_stock_is_worth_what_was_paid_for_it(warehouse, method, worth):
    """Ten at 3.00 and ten at 4.00; fifteen leave. The average is 3.50; first in first out leaves five at 4.00."""
    from huoku.server.ledger.queries.valuation import value_stock

    bolt = warehouse.item()
    for price in (3_000_000, 4_000_000):
        warehouse.receive(bolt, 10, unit_cost=price)
    warehouse.issue(bolt, 15)
    now = datetime.now(UTC) + timedelta(hours=1)
    (found,) = value_stock(warehouse.company.pk, method, now, now)
    assert (found.quantity, found.value) == (5, worth)


def test_a_receipt_entered_late_counts_from_when_it_came(warehouse):
    """Ten at 3.00 today; ten at 1.00 came yesterday: first in first out, ten leave at 1.00."""
    from huoku.server.ledger.queries.valuation import value_stock

    bolt, now = warehouse.item(), datetime.now(UTC)
    warehouse.receive(bolt, 10, unit_cost=3_000_000)
    late = warehouse.line("receive", bolt, 10, "supplier", "storage", unit_cost=1_000_000)
    warehouse.record(late, effective_at=now - timedelta(days=1))
    warehouse.issue(bolt, 10)
    later = now + timedelta(hours=1)
    (found,) = value_stock(warehouse.company.pk, "fifo", later, later)
    assert (found.quantity, found.value) == (10, 3000)
    (before,) = value_stock(warehouse.company.pk, "fifo", now - timedelta(hours=1), later)
    assert (before.quantity, before.value) == (10, 1000)


def test_stock_is_known_after_every_movement(warehouse):
    from huoku.server.ledger.queries.history import on_hand_at_seq

    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    warehouse.issue(bolt, 3)
    warehouse.move(bolt, 2)
    seen = [sum(on_hand_at_seq(warehouse.company.pk, bolt, seq).values()) for seq in range(4)]
    assert seen == [0, 10, 7, 7]


def test_what_is_free_and_what_is_to_come_stand_side_by_side(warehouse):
    from huoku.server.ledger.commands.supplies import StateSupply, state_supply
    from huoku.server.ledger.queries.stock import available, by_lot, expected

    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    warehouse.reserve(bolt, 4)
    coming = StateSupply(supply="purchase:7", item=bolt, location=warehouse.shelf, quantity=100)
    warehouse.do(state_supply, coming)
    (here,) = available(warehouse.company.pk, [bolt])
    assert (here.on_hand, here.reserved, here.free) == (10, 4, 6)
    assert [row.quantity for row in expected(warehouse.company.pk)] == [100]
    assert [row.on_hand for row in by_lot(warehouse.company.pk)] == [10]


@pytest.mark.parametrize(("currency", "worth"), [("CNY", 3025), ("JPY", 30), ("KWD", 30_250)])
def test_stock_is_worth_whole_amounts_of_the_companys_own_currency(warehouse, currency, worth):
    from huoku.server.ledger.commands.valuations import KeepValuation, keep_valuation
    from huoku.server.platform.models import Company

    Company.objects.filter(pk=warehouse.company.pk).update(currency=currency)
    warehouse.receive(warehouse.item(), 10, unit_cost=3_025_000)
    kept = warehouse.do(keep_valuation, KeepValuation(until=datetime.now(UTC)))
    assert kept["value"] == worth
