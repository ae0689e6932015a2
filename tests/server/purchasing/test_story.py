"""From a need to goods on the shelf, with all that goes wrong on the way."""

import pytest


def test_requests_become_one_order_that_waits_for_a_second_person_comes_late_in_parts_and_is_partly_sent_back(office):
    from huoku.server.platform.commands.approvals import approve as approve_it
    from huoku.server.platform.commands.approvals import set_limit
    from huoku.server.purchasing.commands.approving import BelowMinimum, VersionNeeded, approve, send
    from huoku.server.purchasing.commands.ending import close
    from huoku.server.purchasing.commands.inspecting import inspect
    from huoku.server.purchasing.commands.lines import change_line
    from huoku.server.purchasing.commands.ordering import order_requests
    from huoku.server.purchasing.commands.promising import confirm
    from huoku.server.purchasing.commands.receiving import OverTolerance
    from huoku.server.purchasing.commands.returning import return_goods
    from huoku.server.purchasing.models import PurchaseLine, PurchaseRequest

    # Bolts cost 2.00, from 500 on 1.80, and 20 once; nuts 0.50. The supplier takes no order below 1,200.
    office.source("BOLT", price="2", order_fee="20", min_order_value="1200", breaks={"500": "1.8"})
    office.source("NUT", price="0.5", min_order_value="1200")
    office.by("owner", set_limit, kind="purchasing.approve", role="buyer", amount_minor=100_000)
    office.by("owner", set_limit, kind="purchasing.approve", role="owner", amount_minor=1_000_000)

    wanted = [
        office.request("BOLT", "300", demand="sales.line:5"),
        office.request("BOLT", "200", demand="sales.line:6"),
        office.request("NUT", "400"),
    ]
    (told,) = office.by("buyer", order_requests, requests=[each["id"] for each in wanted], location="STORAGE")["orders"]
    order, (bolts, more_bolts, nuts) = told["id"], office.lines(told["id"])
    # 500 bolts in all reach the break: 300 x 1.80 + 200 x 1.80 + 400 x 0.50 = 1,100 of goods, and the fee once.
    assert [line.price_millionths for line in (bolts, more_bolts, nuts)] == [1_800_000, 1_800_000, 500_000]
    assert (told["amount"], told["missing"], told["number"]) == ("1120", "100", f"PO-{office.today.year}-00001")
    assert [each["code"] for each in told["remarks"]] == ["below_minimum"]
    assert {row.state for row in PurchaseRequest.objects.of(office.company)} == {"ordered"}

    with pytest.raises(BelowMinimum, match="lack 100 CNY of the supplier's minimum order value of 1200"):
        office.by("buyer", approve, id=order)
    told = office.by("buyer", change_line, id=nuts.pk, qty="600")["order"]
    assert (told["amount"], told["missing"], told["remarks"]) == ("1220", "0", [])

    with pytest.raises(VersionNeeded):
        office.by("buyer", approve, id=order)
    waits = office.by("buyer", approve, id=order, version=told["version"])
    assert (waits["state"], waits["why"], office.order(order).state) == ("waiting", "over_limit", "draft")
    office.by("owner", approve_it, id=waits["approval"])
    assert office.order(order).state == "approved"
    assert office.supply(bolts) == (300, 0, office.day(20))

    office.promise(bolts, 250, "sales.line:5", need_on=office.day(22))
    office.by("buyer", send, id=order)
    assert office.order(order).sent_on == office.today
    late = {"line": bolts.pk, "promised_on": office.day(27), "why": "the mill is full"}
    office.by("buyer", confirm, id=order, lines=[late])
    (event,), (task,) = office.events("supply_late"), office.tasks("supply_late")
    assert (event["line"], event["expected_on"], event["demands"]) == (
        bolts.pk,
        office.day(27).isoformat(),
        ["sales.line:5"],
    )
    assert task.role == "planner" and "sales.line:5" in task.text_zh and "BOLT" in task.text_en
    assert office.supply(bolts) == (300, 250, office.day(27))

    # 100 go straight to the shelf, 150 are inspected first, 60 are 10 too many, 50 are right.
    office.receive(order, {"line": bolts.pk, "qty": "100"})
    assert office.kept("sales.line:5") == [("supply", 150), ("soft", 100)]
    second = office.receive(order, {"line": bolts.pk, "qty": "150", "lot": "B", "inspect": True})["receipts"][0]
    assert (office.supply(bolts)[:2], office.in_status("BOLT", "quarantine")) == ((200, 150), 150)
    with pytest.raises(OverTolerance, match="at most 50 more may come; 60 did"):
        office.receive(order, {"line": bolts.pk, "qty": "60", "lot": "C"})
    office.receive(order, {"line": bolts.pk, "qty": "50", "lot": "C"})
    assert office.kept("sales.line:5") == [("supply", 100), ("soft", 100), ("soft", 50)]

    # Of the 150, 110 are good and 40 are bent: 100 of the good ones were promised.
    office.by("storekeeper", inspect, id=second, accepted="110", rejected="40", reason="bent")
    assert office.supply(bolts)[:2] == (0, 0)
    assert sum(quantity for kind, quantity in office.kept("sales.line:5") if kind == "soft") == 250
    assert (office.in_status("BOLT", "available"), office.in_status("BOLT", "blocked")) == (260, 40)
    office.by("storekeeper", return_goods, id=second, qty="40", reason="bent")
    assert office.in_status("BOLT", "blocked") == 0

    office.receive(order, {"line": more_bolts.pk, "qty": "200", "lot": "C"}, {"line": nuts.pk, "qty": "600", "lot": ""})
    office.by("buyer", close, id=order)
    assert (office.order(order).state, office.tasks("supply_late")) == ("closed", [])
    done = PurchaseLine.objects.of(office.company).get(pk=bolts.pk)
    assert (done.received_steps, done.rejected_steps, done.returned_steps, done.cancelled_steps) == (300, 40, 40, 0)


def test_what_a_lot_was_bought_for_is_known_of_each_leftover(office):
    from huoku.server.ledger.models import Lot, Movement

    order = office.sent({"item": "BOLT", "qty": "10", "price": "1.25", "demand": "sales.line:5"})
    office.receive(order, {"line": office.line(order).pk, "qty": "10", "expires_on": office.day(90)})
    lot = Lot.objects.of(office.company).get(item=office.items["BOLT"])
    assert (lot.code, lot.demand, lot.expires_on) == ("A", "sales.line:5", office.day(90))
    (movement,) = Movement.objects.of(office.company)
    assert (movement.unit_cost, movement.document) == (1_250_000, office.order(order).number)
