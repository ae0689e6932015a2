"""What a plan carries from site to site becomes a transfer, and is proposed no more while that is under way."""

from collections import Counter
from datetime import date
from itertools import count

import pytest

TODAY = date(2026, 11, 2)
keys = count()


@pytest.fixture
def owner(company_of):
    """In the west ten bolts are wanted by two customers; fifty lie in the east, three days away."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    factory = build(
        today=TODAY,
        items=[{"item": "BOLT", "unit_cost": 3, "price": 10}],
        sources=[{"item": "BOLT", "supplier": "ACME", "lead_time_days": 5, "price": 3, "moq": 500}],
        stock=[{"item": "BOLT", "qty": 50, "location": "EAST"}],
        locations=[{"location": "EAST"}, {"location": "WEST"}],
        lanes=[{"from": "EAST", "to": "WEST", "lead_time_days": 3}],
        demands=[
            {"demand": "SO-1", "item": "BOLT", "qty": 6, "due": date(2026, 11, 20), "location": "WEST"},
            {"demand": "SO-2", "item": "BOLT", "qty": 4, "due": date(2026, 11, 20), "location": "WEST"},
        ],
    )
    actor = company_of("BOLTS", factory)
    with entered(actor.company):
        yield actor


@pytest.fixture
def do(owner):
    from huoku.server.platform.command import COMMANDS, perform

    def done(name, **fields):
        command = COMMANDS[name]
        return perform(command, command.request(**fields), actor=owner, key=f"do:{next(keys)}").result()

    return done


def open_ones(actor):
    from huoku.server.planning.models import Proposal

    return list(Proposal.objects.of(actor.company).filter(state="open"))


def lines_of(actor, transfer):
    from huoku.server.warehouse.models import TransferLine

    return list(TransferLine.objects.of(actor.company).filter(transfer=transfer).order_by("seq"))


def kept(actor):
    """What is kept for customers: by place, whether it is still to arrive, and how much for each."""
    from huoku.server.ledger.models import Reservation

    found = Counter()
    for row in Reservation.objects.of(actor.company).filter(state__in=Reservation.OPEN, demand__startswith="sales."):
        found[row.location.code, row.supply_id is not None, row.demand] += row.open_quantity
    return sorted((place, is_coming, steps) for (place, is_coming, _), steps in found.items())


def test_a_proposed_transfer_is_accepted_carried_and_proposed_no_more(owner, planned, do):
    from huoku.server.ledger.doctor import examine
    from huoku.server.warehouse.models import Transfer

    planned(owner, TODAY)
    (proposal,) = open_ones(owner)
    assert (proposal.kind, proposal.qty_steps, proposal.from_site.code, proposal.site.code) == (
        *("transfer", 10, "EAST", "WEST"),
    )
    told = do("planning.accept_proposals", proposals=[{"id": proposal.pk}])
    (transfer,) = Transfer.objects.of(owner.company).all()
    assert told["transfers"] == [transfer.number] and transfer.state == "requested"
    assert (transfer.start_on, transfer.expected_on) == (proposal.start_on, proposal.due_on)
    lines = lines_of(owner, transfer)
    assert [line.qty_steps for line in lines] == [6, 4] and len({line.demand for line in lines}) == 2

    def nothing_new():
        planned(owner, TODAY)
        return open_ones(owner) == []

    assert nothing_new()
    do("warehouse.approve_transfer", id=transfer.pk)
    assert kept(owner) == [("WEST", True, 4), ("WEST", True, 6)] and nothing_new()
    do("warehouse.send_transfer", id=transfer.pk, lines=[{"line": lines[0].pk, "qty": "5"}])
    assert nothing_new()
    do("warehouse.receive_transfer", id=transfer.pk, lines=[{"line": lines[0].pk, "qty": "2"}])
    assert nothing_new()
    do("warehouse.send_transfer", id=transfer.pk)
    do("warehouse.receive_transfer", id=transfer.pk, lines=[{"line": lines[0].pk, "qty": "4"}])
    do("warehouse.receive_transfer", id=transfer.pk, lines=[{"line": lines[1].pk, "qty": "4"}])
    assert kept(owner) == [("WEST", False, 4), ("WEST", False, 6)] and nothing_new()
    assert examine(owner.company) == []


def test_another_quantity_and_day_can_be_accepted_and_a_proposal_be_rejected(owner, planned, do):
    from huoku.server.warehouse.models import Transfer

    planned(owner, TODAY)
    (proposal,) = open_ones(owner)
    do("planning.accept_proposals", proposals=[{"id": proposal.pk, "qty": "12", "due_on": date(2026, 11, 18)}])
    (transfer,) = Transfer.objects.of(owner.company).all()
    assert [line.qty_steps for line in lines_of(owner, transfer)] == [6, 4, 2]
    assert (transfer.expected_on, transfer.expected_on - transfer.start_on) == (
        *(date(2026, 11, 18), proposal.due_on - proposal.start_on),
    )


def test_a_rejected_transfer_is_not_proposed_again(owner, planned, do):
    planned(owner, TODAY)
    (proposal,) = open_ones(owner)
    do("planning.reject_proposals", proposals=[proposal.pk], reason="the truck is broken")
    planned(owner, TODAY)
    assert open_ones(owner) == []


def test_a_lane_says_when_a_transfer_arrives(owner, do):
    made = do(
        "warehouse.add_transfer", origin="EAST", target="WEST", start_on=TODAY, lines=[{"item": "BOLT", "qty": 1}]
    )
    assert made["expected_on"] == "2026-11-05"
    back = do("warehouse.add_transfer", origin="WEST", target="EAST", start_on=TODAY)
    assert back["expected_on"] == "2026-11-02"


def test_what_a_transfer_takes_is_not_promised_at_its_origin(owner, planned, do):
    """Forty-five of the fifty in the east go to the west: of eight that are wanted in the east not all are there."""
    do("warehouse.add_transfer", origin="EAST", target="WEST", start_on=TODAY, lines=[{"item": "BOLT", "qty": "45"}])
    do(
        "sales.enter_order",
        customer="~",
        site="EAST",
        lines=[{"item": "BOLT", "qty": "8", "due_on": date(2026, 11, 25)}],
    )
    from huoku.server.sales.models import SalesOrder

    order = SalesOrder.objects.of(owner.company).order_by("-pk").first()
    SalesOrder.objects.of(owner.company).filter(pk=order.pk).update(state="confirmed")
    planned(owner, TODAY)
    assert [(row.kind, row.qty_steps, row.site.code) for row in open_ones(owner)] == [("buy", 500, "EAST")]


def test_a_transfer_within_a_site_is_nothing_to_a_plan_until_it_has_left(owner, planned, do):
    """Of the fifty in the east twenty go to another bin: the ten for the west are proposed as before, and no more."""
    from huoku.server.warehouse.models import Transfer

    def proposed():
        planned(owner, TODAY)
        return [(row.kind, row.qty_steps) for row in open_ones(owner)]

    site = next(iter(open_sites(owner)))
    do("ledger.add_location", code="EAST-2", kind="storage", site=site)
    do("warehouse.add_transfer", origin="EAST", target="EAST-2", start_on=TODAY, lines=[{"item": "BOLT", "qty": "50"}])
    transfer = Transfer.objects.of(owner.company).get()
    assert proposed() == [("transfer", 10)]
    do("warehouse.approve_transfer", id=transfer.pk)
    assert proposed() == [("transfer", 10)]
    do("warehouse.send_transfer", id=transfer.pk)
    assert proposed() == [("transfer", 10)]


def open_sites(actor):
    from huoku.server.platform.models import Site

    return Site.objects.of(actor.company).filter(code="EAST").values_list("pk", flat=True)
