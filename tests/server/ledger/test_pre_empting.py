"""A more urgent demand takes what was kept for another, and the other hears of it."""

import json
from datetime import date
from uuid import UUID

from tests.server.ledger.test_movements import refused


def test_the_urgent_demand_gets_it_and_the_loser_a_new_date(warehouse):
    from huoku.server.ledger.commands.pre_empting import PreEmpt, pre_empt
    from huoku.server.ledger.commands.supplies import StateSupply, state_supply
    from huoku.server.ledger.models import Reservation
    from huoku.server.platform.models import Event

    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    loser = UUID(warehouse.reserve(bolt, 10, demand="sales:1", priority=5)["id"])
    coming = StateSupply(supply="purchase:7", item=bolt, location=warehouse.shelf, quantity=4)
    supply = warehouse.do(state_supply, coming)["id"]
    take = PreEmpt(
        loser=loser,
        demand="sales:2",
        priority=1,
        quantity=4,
        reason="the line stands still",
        promised_on=date(2099, 6, 1),
        from_supply=supply,
    )
    refused("not_lower", warehouse.do, pre_empt, take.model_copy(update={"priority": 5}))
    warehouse.do(pre_empt, take)
    kept = Reservation.objects.of(warehouse.company).order_by("demand", "kind")
    assert [(r.demand, r.kind, r.open_quantity, r.state) for r in kept] == [
        ("sales:1", "soft", 6, "pending"),
        ("sales:1", "supply", 4, "pending"),
        ("sales:2", "soft", 4, "pending"),
    ]
    assert warehouse.stock(bolt) == (10, 10)
    told = json.loads(Event.objects.of(warehouse.company).get(kind="reservation_pre_empted").facts)
    assert (told["demand"], told["by"], told["quantity"], told["promised_on"]) == (
        "sales:1",
        "sales:2",
        4,
        "2099-06-01",
    )


def test_a_reservation_that_is_over_frees_its_stock(warehouse, monkeypatch):
    from huoku.server.ledger.commands.reservations import ExpireDue, expire_due
    from huoku.server.ledger.models import Reservation

    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    kept = UUID(warehouse.reserve(bolt, 4, lasts_seconds=3600)["id"])
    assert warehouse.do(expire_due, ExpireDue())["expired"] == []
    row = Reservation.objects.of(warehouse.company).filter(pk=kept)
    row.update(expires_at=row.get().made_at)
    refused("reservation_ended", warehouse.issue, bolt, 1, reservation=kept)
    assert warehouse.do(expire_due, ExpireDue())["expired"] == [str(kept)]
    assert (warehouse.stock(bolt), row.get().state) == ((10, 0), "expired")
