"""Received, inspected, put away: what was promised of goods moves with them to the shelf."""


def balance(carrier, item, place, status="available"):
    from huoku.server.ledger.models import Balance

    return Balance.objects.of(carrier.company).get(item=item, location=carrier.places[place], status=status).pk


def put_away(carrier, row, place, **fields):
    from huoku.server.ledger.commands.putting_away import put_away

    return carrier.ask(put_away, id=row, to_location=carrier.places[place], **fields)


def test_free_stock_goes_first_then_what_is_kept_moves_along(carrier):
    """Of 30 at the dock 20 are kept for an order: 10 are free, the next 5 are a part of the order's."""
    carrier.receive_at("EAST", carrier.bolt, 30)
    carrier.reserve(carrier.bolt, 20, demand="project:1", place="EAST")
    row = balance(carrier, carrier.bolt, "EAST")
    assert put_away(carrier, row, "EAST2", qty="10")["kept_for"] == []
    assert (carrier.stock(carrier.bolt, "EAST"), carrier.stock(carrier.bolt, "EAST2")) == ((20, 20), (10, 0))
    assert put_away(carrier, row, "EAST2", qty="5")["kept_for"] == ["project:1"]
    assert (carrier.stock(carrier.bolt, "EAST"), carrier.stock(carrier.bolt, "EAST2")) == ((15, 15), (15, 5))
    put_away(carrier, row, "EAST2")
    assert (carrier.stock(carrier.bolt, "EAST"), carrier.stock(carrier.bolt, "EAST2")) == ((0, 0), (30, 20))
    assert carrier.kept("project:1") == {"BOLT": 20}


def test_what_waits_for_inspection_is_put_away_as_it_is(carrier):
    carrier.receive_at("EAST", carrier.bolt, 30, to_status="quarantine")
    put_away(carrier, balance(carrier, carrier.bolt, "EAST", "quarantine"), "EAST2", qty="30")
    assert balance(carrier, carrier.bolt, "EAST2", "quarantine")
    assert carrier.stock(carrier.bolt, "EAST2") == (0, 0)


def test_a_lot_that_is_kept_by_name_stays(carrier):
    from huoku.server.ledger.commands.putting_away import put_away as command

    carrier.receive_at("EAST", carrier.milk, 10, lot_code="A")
    carrier.reserve(carrier.milk, 4, place="EAST", lot=carrier.lot(carrier.milk, "A"))
    row, shelf = balance(carrier, carrier.milk, "EAST"), carrier.places["EAST2"]
    told = carrier.refused(command, id=row, to_location=shelf, qty="7")
    assert (told["code"], told["value"]) == ("insufficient_stock", "7")
    put_away(carrier, row, "EAST2", qty="6")
    assert carrier.stock(carrier.milk, "EAST") == (4, 4)
