"""Stock and supply that is kept for somebody."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from tests.server.ledger.test_movements import refused


def test_what_is_reserved_is_nobody_elses(warehouse):
    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    warehouse.reserve(bolt, 7)
    assert warehouse.stock(bolt) == (10, 7)
    assert refused("insufficient_stock", warehouse.reserve, bolt, 4).facts["free"] == "3"
    refused("insufficient_stock", warehouse.issue, bolt, 4)
    warehouse.issue(bolt, 3)
    assert warehouse.stock(bolt) == (7, 7)


@pytest.mark.postgres_only
def test_a_reservation_takes_four_rounds_to_the_database(warehouse, monkeypatch):
    """Its key, its stock, the head of its chain, and all it writes."""
    from huoku.server.platform import rounds

    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    warehouse.reserve(bolt, 1)
    once, asked = rounds.in_one_round, []

    def noted(driver, statements):
        asked.append(len(statements))
        return once(driver, statements)

    monkeypatch.setattr(rounds, "in_one_round", noted)
    warehouse.reserve(bolt, 1)
    assert len(asked) == 4


def test_what_there_is_not_cannot_be_reserved_or_moved(warehouse):
    bolt = warehouse.item()
    assert refused("not_found", warehouse.reserve, 999_999, 1).status == 404
    refused("not_found", warehouse.receive, bolt, 1, owner=999_999)
    refused("not_found", warehouse.receive, 999_999, 1)
    refused("insufficient_stock", warehouse.reserve, bolt, 1, lot=999_999)
    warehouse.receive(bolt, 1)


def test_another_companys_stock_is_as_if_it_were_not_there(warehouse, owner):
    import dataclasses

    from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.scope import entered

    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    other = found_company("OTHER", "别家", owner.user)
    stranger = dataclasses.replace(owner, company=other)
    wish = Wish(item=bolt, location=warehouse.shelf, quantity=1)
    refused("not_found", warehouse.do, reserve, Reserve(lines=[wish], demand="theirs"), actor=stranger)
    with entered(warehouse.company):
        assert warehouse.stock(bolt) == (10, 0)


def test_a_partial_wish_gets_what_is_free(warehouse):
    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    assert warehouse.reserve(bolt, 25, is_partial=True)["quantity"] == 10
    assert warehouse.reserve(bolt, 1, is_partial=True) | {"id": None} == warehouse.reserve(bolt, 1, is_partial=True)


def test_a_lot_is_reserved_by_name(warehouse):
    milk = warehouse.item("MILK", tracking="lot")
    for code in ("A", "B"):
        warehouse.receive(milk, 5, lot_code=code, expires_on=date(2099, 1, 1))
    kept = warehouse.reserve(milk, 5, lot=warehouse.lot(milk, "A"))
    refused("insufficient_stock", warehouse.issue, milk, 1, lot_code="A")
    refused("not_for_this", warehouse.issue, milk, 1, lot_code="B", reservation=kept["id"])
    warehouse.issue(milk, 5, lot_code="A", reservation=kept["id"])
    assert warehouse.stock(milk) == (5, 0)
    refused("reservation_ended", warehouse.release, kept["id"])


def test_what_is_taken_and_released_ends_a_reservation_once(warehouse):
    from huoku.server.ledger.models import Reservation

    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    kept = warehouse.reserve(bolt, 6)["id"]
    warehouse.issue(bolt, 2, reservation=kept)
    warehouse.release(kept, 1)
    assert warehouse.stock(bolt) == (8, 3)
    assert refused("reservation_ended", warehouse.issue, bolt, 4, reservation=kept).facts["open"] == "3"
    warehouse.release(kept)
    row = Reservation.objects.of(warehouse.company).get()
    assert (row.posted, row.voided, row.state, warehouse.stock(bolt)) == (2, 4, "voided", (8, 0))
    kinds = [event.kind for event in row.events.order_by("id")]
    assert kinds == ["pending", "part_posted", "voided", "voided"]


def test_what_is_to_arrive_is_promised_once_and_kept_when_it_comes(warehouse):
    from huoku.server.ledger.commands.supplies import StateSupply, state_supply

    bolt = warehouse.item()
    stated = StateSupply(supply="purchase:7", item=bolt, location=warehouse.shelf, quantity=100)
    supply = warehouse.do(state_supply, stated)["id"]
    warehouse.reserve(bolt, 60, supply=supply, demand="sales:1", priority=3)
    warehouse.reserve(bolt, 40, supply=supply, demand="sales:2", priority=1)
    refused("insufficient_supply", warehouse.reserve, bolt, 1, supply=supply)
    refused("insufficient_supply", warehouse.do, state_supply, stated.model_copy(update={"quantity": 99}))
    kept = warehouse.receive(bolt, 50, supply=supply)["reservations"]
    assert [(row["demand"], row["quantity"]) for row in kept] == [("sales:2", 40), ("sales:1", 10)]
    assert warehouse.stock(bolt) == (50, 50)


def test_what_another_site_keeps_is_neither_given_back_nor_given_away(warehouse):
    import dataclasses
    from uuid import UUID

    from huoku.server.ledger.commands.movements import RecordMovement, record_movement
    from huoku.server.ledger.commands.places import AddLocation, add_location
    from huoku.server.ledger.commands.pre_empting import PreEmpt, pre_empt
    from huoku.server.ledger.commands.reservations import Release, Reserve, Wish, release, reserve
    from huoku.server.ledger.commands.supplies import StateSupply, state_supply
    from huoku.server.platform.commands.companies import AddSite, add_site

    east, west = (warehouse.do(add_site, AddSite(code=code, name=code))["id"] for code in ("EAST", "WEST"))
    shelf = warehouse.do(add_location, AddLocation(code="WEST SHELF", kind="storage", site=west))["id"]
    warehouse.places["west"] = shelf
    bolt = warehouse.item()
    warehouse.record(warehouse.line("receive", bolt, 10, "supplier", "west"))
    kept = UUID(warehouse.reserve(bolt, 10, place="west", priority=5)["id"])
    coming = StateSupply(supply="purchase:7", item=bolt, location=shelf, quantity=4)
    supply = warehouse.do(state_supply, coming)["id"]

    in_the_east = dataclasses.replace(warehouse.actor, sites=frozenset({east}))
    wish = Wish(item=bolt, location=warehouse.shelf, quantity=1, supply=supply)
    arrival = warehouse.line("receive", bolt, 4, "supplier", "storage", supply=supply)
    for command, request in [
        (release, Release(reservation=kept)),
        (pre_empt, PreEmpt(loser=kept, demand="sales:2", priority=1, reason="the line stands still")),
        (reserve, Reserve(lines=[wish], demand="sales:2")),
        (state_supply, coming.model_copy(update={"location": warehouse.shelf})),
        (record_movement, RecordMovement(lines=[arrival])),
    ]:
        refused("not_your_site", warehouse.do, command, request, actor=in_the_east)
    assert warehouse.stock(bolt, "west") == (10, 10)
    in_the_west = dataclasses.replace(warehouse.actor, sites=frozenset({west}))
    assert warehouse.do(release, Release(reservation=kept), actor=in_the_west)["released"] == 10


def test_a_supply_follows_its_order_to_another_place_and_never_to_another_item(warehouse):
    from huoku.server.ledger.commands.supplies import StateSupply, state_supply
    from huoku.server.ledger.models import SupplyBalance

    bolt, nut = warehouse.item("BOLT"), warehouse.item("NUT")

    def stated(item, place):
        request = StateSupply(supply="x:1", item=item, location=warehouse.places[place], quantity=5)
        warehouse.do(state_supply, request)
        return SupplyBalance.objects.of(warehouse.company).get(supply="x:1").location_id

    assert stated(bolt, "storage") == warehouse.places["storage"]
    assert stated(bolt, "shelf 2") == warehouse.places["shelf 2"]
    refused("not_of_this_supply", stated, nut, "shelf 2")


@pytest.mark.parametrize(
    ("table", "stock"),
    [("ledger_stockhead", "on_hand"), ("ledger_balance", "on_hand"), ("ledger_supplybalance", "quantity")],
)
def test_the_database_itself_lets_nobody_promise_more_than_there_is(warehouse, table, stock):
    from huoku.server.ledger.commands.supplies import StateSupply, state_supply

    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    warehouse.do(state_supply, StateSupply(supply="purchase:7", item=bolt, location=warehouse.shelf, quantity=4))
    for change in (f"reserved = {stock} + 1", "reserved = -1"):
        with pytest.raises(IntegrityError, match="_covers"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {change}")
