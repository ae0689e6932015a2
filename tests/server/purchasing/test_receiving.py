"""Goods come: more, less, bad, back again."""

import pytest


def test_within_the_tolerance_more_is_taken_and_less_is_enough(office):
    from huoku.server.purchasing.commands.receiving import OverTolerance

    tolerant = {"item": "BOLT", "qty": "100", "over_tolerance": "0.05", "under_tolerance": "0.05"}
    order = office.sent(tolerant)
    line = office.line(order)
    office.promise(line, 100, "sales.line:1")
    office.receive(order, {"line": line.pk, "qty": "94"})
    assert office.supply(line)[:2] == (6, 6)
    office.receive(order, {"line": line.pk, "qty": "1"})
    # 95 are enough: nothing more is expected, and what was promised beyond them is told.
    assert (office.supply(line)[:2], office.line(order).open_steps) == ((0, 0), 0)
    assert office.events("supply_short")[0]["lost"][0]["qty"] == "5"
    with pytest.raises(OverTolerance, match="at most 10 more may come; 11 did"):
        office.receive(order, {"line": line.pk, "qty": "6"}, {"line": line.pk, "qty": "5"})
    office.receive(order, {"line": line.pk, "qty": "10"})
    assert office.line(order).received_steps == 105


def test_more_than_the_tolerance_wants_a_right_or_a_buyer_s_word(office):
    from huoku.server.platform.refusals import NotAllowed
    from huoku.server.purchasing.commands.tolerances import set_tolerance

    order = office.sent({"item": "BOLT", "qty": "100"})
    line = office.line(order).pk
    with pytest.raises(NotAllowed):
        office.receive(order, {"line": line, "qty": "110"}, more_is_accepted=True)
    office.receive(order, {"line": line, "qty": "110"}, role="owner", more_is_accepted=True)
    office.by("buyer", set_tolerance, id=line, over_tolerance="0.2")
    office.receive(order, {"line": line, "qty": "10"})
    assert office.line(order).received_steps == 120


def test_the_company_s_defaults_hold_where_a_line_says_nothing(office):
    from huoku.server.platform.kept import Taken
    from huoku.server.purchasing.commands.tolerances import add_defaults

    defaults = {"over_tolerance": "0.1", "under_tolerance": "0.02", "inspects": True}
    office.by("buyer", add_defaults, **defaults)
    with pytest.raises(Taken):
        office.by("buyer", add_defaults, **defaults)
    order = office.sent({"item": "BOLT", "qty": "100"}, {"item": "BOLT", "qty": "1", "over_tolerance": "0"})
    first, second = office.lines(order)
    assert (first.over_tolerance_millionths, first.under_tolerance_millionths) == (100_000, 20_000)
    assert second.over_tolerance_millionths == 0
    office.receive(order, {"line": first.pk, "qty": "10"}, {"line": first.pk, "qty": "5", "inspect": False})
    assert (office.in_status("BOLT", "quarantine"), office.in_status("BOLT", "available")) == (10, 5)


def test_what_came_on_friday_is_entered_on_monday(office):
    from huoku.server.ledger.models import Lot
    from huoku.server.purchasing.commands.receiving import StillToCome
    from huoku.server.purchasing.models import PurchaseReceipt

    order = office.sent({"item": "BOLT", "qty": "10"})
    line = office.line(order).pk
    with pytest.raises(StillToCome):
        office.receive(order, {"line": line, "qty": "1"}, received_on=office.day(1))
    office.receive(order, {"line": line, "qty": "10"}, received_on=office.day(-3), delivery_note="DN-7")
    receipt = PurchaseReceipt.objects.of(office.company).get()
    assert (receipt.received_on, receipt.delivery_note) == (office.day(-3), "DN-7")
    assert office.line(order).received_on == office.day(-3)
    assert Lot.objects.of(office.company).get(code="A").received_on == office.day(-3)


def test_pieces_with_serial_numbers_come_one_by_one(office):
    from huoku.server.ledger.refusals import SerialIsOne

    office.items["MOTOR"] = office.item("MOTOR", tracking="serial")
    order = office.sent({"item": "MOTOR", "qty": "2"})
    line = office.line(order).pk
    with pytest.raises(SerialIsOne):
        office.receive(order, {"line": line, "qty": "2"})
    office.receive(order, *({"line": line, "qty": "1", "lot": f"SN-{n}"} for n in (1, 2)))
    assert office.in_status("MOTOR", "available") == 2


def test_what_is_rejected_is_not_counted_on_until_others_are_promised(office, tmp_path, settings):
    from huoku.server.documents.models import Attachment
    from huoku.server.ledger.refusals import ReasonNeeded
    from huoku.server.platform.files import NotKept, keep
    from huoku.server.purchasing.commands.inspecting import NothingSaid, NotSoMany, inspect
    from huoku.server.purchasing.commands.returning import return_goods

    order = office.sent({"item": "BOLT", "qty": "100", "wanted_on": office.day(0)})
    line = office.line(order)
    office.promise(line, 100, "sales.line:1", need_on=office.day(3))
    (receipt,) = office.receive(order, {"line": line.pk, "qty": "100", "inspect": True})["receipts"]
    assert (office.supply(line)[:2], office.kept("sales.line:1")) == ((100, 100), [("supply", 100)])
    with pytest.raises(NothingSaid):
        office.by("storekeeper", inspect, id=receipt)
    with pytest.raises(NotSoMany):
        office.by("storekeeper", inspect, id=receipt, accepted="99", rejected="2", reason="rust")
    with pytest.raises(ReasonNeeded):
        office.by("storekeeper", inspect, id=receipt, rejected="1")
    office.by("storekeeper", inspect, id=receipt, accepted="70", rejected="20", reason="rust")
    # 70 are good, 10 wait, and 20 demands stand on nothing.
    assert office.supply(line)[:2] == (10, 10)
    assert office.kept("sales.line:1") == [("supply", 10), ("soft", 70)]
    with pytest.raises(NotSoMany):
        office.by("storekeeper", return_goods, id=receipt, qty="91", reason="rust")
    settings.MEDIA_ROOT = tmp_path
    kept = keep(office.company.pk, "rust.pdf", [b"%PDF-1.7 rust"])
    report = {"name": "rust.pdf", "sha256": kept.sha256, "size_bytes": kept.size_bytes, "media_type": kept.media_type}
    back = {"id": receipt, "qty": "20", "reason": "rust", "replaced_on": office.day(5)}
    with pytest.raises(NotKept):
        office.by("storekeeper", return_goods, **back, evidence=[{**report, "sha256": "0" * 64}])
    office.by("storekeeper", return_goods, **back, evidence=[report])
    assert office.supply(line) == (30, 10, office.day(5))
    assert office.events("supply_late")[-1]["demands"] == ["sales.line:1"]
    office.receive(order, {"line": line.pk, "qty": "20", "lot": "B"})
    assert (office.in_status("BOLT", "available"), office.in_status("BOLT", "blocked")) == (90, 0)
    file = Attachment.objects.of(office.company).get()
    assert (file.what, file.row, file.name) == ("purchasing.purchaseorder", order, "rust.pdf")


def test_good_goods_may_go_back_too_but_not_what_is_kept_for_somebody(office):
    from huoku.server.ledger.refusals import InsufficientStock
    from huoku.server.purchasing.commands.ending import close
    from huoku.server.purchasing.commands.returning import OrderHasEnded, return_goods

    order = office.sent({"item": "BOLT", "qty": "100"})
    (receipt,) = office.receive(order, {"line": office.line(order).pk, "qty": "100"})["receipts"]
    office.by("buyer", close, id=order)
    office.reserve(office.items["BOLT"], 80, demand="sales.line:1")
    back = {"id": receipt, "reason": "too many", "status": "available"}
    with pytest.raises(OrderHasEnded):
        office.by("storekeeper", return_goods, qty="20", replaced_on=office.day(5), **back)
    with pytest.raises(InsufficientStock):
        office.by("storekeeper", return_goods, qty="21", **back)
    office.by("storekeeper", return_goods, qty="20", **back)
    assert office.free(office.items["BOLT"]) == 0


def test_an_order_ends_only_when_nothing_waits_for_inspection_and_is_not_cancelled_once_goods_came(office):
    from huoku.server.ledger.refusals import ReasonNeeded
    from huoku.server.purchasing.commands.ending import InspectionOpen, ReceivedAlready, cancel, close
    from huoku.server.purchasing.commands.inspecting import inspect

    order = office.sent({"item": "BOLT", "qty": "100"})
    with pytest.raises(ReasonNeeded):
        office.by("buyer", cancel, id=order)
    (receipt,) = office.receive(order, {"line": office.line(order).pk, "qty": "60", "inspect": True})["receipts"]
    with pytest.raises(ReceivedAlready):
        office.by("buyer", cancel, id=order, reason="too late")
    with pytest.raises(InspectionOpen):
        office.by("buyer", close, id=order, reason="too late")
    office.by("storekeeper", inspect, id=receipt, accepted="60")
    with pytest.raises(ReasonNeeded):
        office.by("buyer", close, id=order)
    office.by("buyer", close, id=order, reason="too late")
    assert office.order(order).state == "closed"
