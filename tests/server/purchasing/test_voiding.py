"""A receipt that was entered by mistake: its goods are still to come, for those who waited for them."""

import pytest


@pytest.fixture
def void(office):
    from huoku.server.purchasing.commands.voiding import void_receipt

    return lambda receipt, **fields: office.by("storekeeper", void_receipt, id=receipt, reason="wrong box", **fields)


@pytest.fixture
def came(office):
    """An order of a hundred bolts, of which a demand waits for eighty, and a receipt of some."""
    order = office.sent({"item": "BOLT", "qty": "100"})
    line = office.line(order)
    office.promise(line, 80, "sales.line:1", need_on=office.day(25))

    def receive(qty, **fields):
        return order, office.receive(order, {"line": line.pk, "qty": str(qty), **fields})["receipts"][0]

    return receive


def test_what_was_promised_of_it_waits_for_the_supply_again(office, came, void):
    from huoku.server.ledger.models import Movement

    order, receipt = came(60)
    assert sorted(office.kept("sales.line:1")) == [("soft", 60), ("supply", 20)]
    void(receipt)
    line = office.line(order)
    assert (line.received_steps, line.open_steps, line.received_on) == (0, 100, None)
    assert office.supply(line)[:2] == (100, 80)
    assert sum(qty for kind, qty in office.kept("sales.line:1") if kind == "supply") == 80
    assert office.in_status("BOLT", "available") == 0
    came_in, back = Movement.objects.of(office.company).order_by("recorded_at", "seq")
    assert (back.reverses_id, back.reason) == (came_in.pk, "wrong box")
    office.receive(order, {"line": line.pk, "qty": "100"})
    assert office.line(order).open_steps == 0


def test_goods_that_wait_for_inspection_go_back_too_but_not_after_it(office, came, void):
    from huoku.server.purchasing.commands.inspecting import inspect
    from huoku.server.purchasing.commands.voiding import ReceiptWentOn

    order, receipt = came(60, inspect=True)
    void(receipt)
    assert (office.line(order).waiting_steps, office.in_status("BOLT", "quarantine")) == (0, 0)
    order, receipt = came(60, inspect=True)
    office.by("storekeeper", inspect, id=receipt, accepted="60")
    with pytest.raises(ReceiptWentOn, match="have been inspected"):
        void(receipt)
    assert office.line(order).received_steps == 60


def test_goods_that_others_have_taken_or_keep_stay(office, came, void):
    from huoku.server.ledger.refusals import InsufficientStock

    order, receipt = came(100)
    office.reserve(office.items["BOLT"], 20, demand="x:1")
    with pytest.raises(InsufficientStock, match="BOLT"):
        void(receipt)
    assert (office.line(order).received_steps, office.supply(office.line(order))[:2]) == (100, (0, 0))


def test_of_two_receipts_the_day_of_the_one_that_stays_counts(office, came, void):
    order, first = came(10, lot="A")
    _, second = came(20, lot="B")
    void(second)
    line = office.line(order)
    assert (line.received_steps, line.open_steps, line.received_on) == (10, 90, office.today)
    void(first, version=1)
    assert office.line(order).received_on is None


def test_an_order_that_has_ended_gives_nothing_back(office, came, void):
    from huoku.server.documents.course import NotFromHere
    from huoku.server.purchasing.commands.ending import close

    order, receipt = came(60)
    office.by("buyer", close, id=order, reason="enough")
    with pytest.raises(NotFromHere, match="closed; what cannot be done from there: receive"):
        void(receipt)
