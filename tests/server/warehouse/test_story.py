"""From the truck to the customer: received, inspected, put away, shipped on a paper of its own, and spot-checked."""


def test_goods_pass_through_the_warehouse_and_the_promise_with_them(carrier):
    """40 bolts come for an order of 30. Two are bad; the good ones go from the dock to the shelf, 30 leave, 8 stay."""
    from huoku.server.ledger.models import Balance, CountTask
    from huoku.server.partners.commands.partners import add_supplier
    from huoku.server.platform.command import COMMANDS
    from huoku.server.purchasing.models import PurchaseLine, PurchaseReceipt
    from huoku.server.sales.models import SalesLine, Shipment

    def say(name, **fields):
        return carrier.ask(COMMANDS[name], **fields)

    carrier.customer()
    carrier.ask(add_supplier, code="ACME")
    dock = carrier.place("DOCK", kind="storage")
    line = {"item": "BOLT", "qty": "40", "price": "2", "wanted_on": carrier.in_days(5)}
    bought = say("purchasing.add_order", supplier="ACME", location="DOCK", lines=[line])["id"]
    for step in ("approve", "send"):
        say(f"purchasing.{step}", id=bought)
    wanted = {"item": "BOLT", "qty": "30", "due_on": carrier.in_days(20)}
    sold = say("sales.enter_order", customer="LI", lines=[wanted])["id"]
    say("sales.confirm_order", id=sold)
    ordered = SalesLine.objects.of(carrier.company).get(order=sold)
    assert carrier.kept(ordered.demand) == {"BOLT*": 30}

    came = {"line": PurchaseLine.objects.of(carrier.company).get(order=bought).pk, "qty": "40", "inspect": True}
    say("purchasing.receive", id=bought, lines=[came], delivery_note="D-1")
    assert carrier.kept(ordered.demand) == {"BOLT*": 30}
    receipt = PurchaseReceipt.objects.of(carrier.company).get()
    say("purchasing.inspect", id=receipt.pk, accepted="38", rejected="2", reason="rust")
    assert carrier.kept(ordered.demand) == {"BOLT": 30}

    good = Balance.objects.of(carrier.company).get(location=dock, status="available")
    say("ledger.put_away", id=good.pk, to_location=carrier.places["EAST"])
    assert (carrier.stock(carrier.bolt, "EAST"), carrier.stock(carrier.bolt, "DOCK")) == ((38, 30), (0, 0))

    say("sales.ship_goods", id=sold, lines=[{"line": ordered.pk, "qty": "30"}], carrier="SF", tracking="SF-1")
    shipment = Shipment.objects.of(carrier.company).get()
    assert shipment.number.startswith("SH-") and [each.qty_steps for each in shipment.lines.all()] == [30]
    assert carrier.stock(carrier.bolt, "EAST") == (8, 0)

    say("ledger.draw_spot_check", seed="monday", number=1, location=carrier.places["EAST"])
    (task,) = CountTask.objects.of(carrier.company).filter(is_open=True)
    assert (task.item_id, task.cause) == (carrier.bolt, "spot_check")
    counted = say("ledger.state_count", item=carrier.bolt, location=carrier.places["EAST"], counted=8)
    assert counted["state"] == "approved"
