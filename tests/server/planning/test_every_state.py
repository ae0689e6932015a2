"""Whatever state the papers are in, a plan asks for nothing that is under way already."""

from datetime import date
from itertools import count

import pytest

TODAY = date(2026, 11, 2)
DUE = date(2026, 11, 20)
keys = count()


@pytest.fixture
def factory():
    """Ten lamps are wanted by two customers. A lamp takes a frame, a bulb and four screws; a frame takes two screws."""
    from huoku.factory.factory import build

    return build(
        today=TODAY,
        items=[
            {"item": "LAMP", "kind": "make", "lead_time_days": 2, "price": 100},
            {"item": "FRAME", "kind": "make", "lead_time_days": 1},
            {"item": "BULB", "unit_cost": 3},
            {"item": "SCREW", "unit_cost": "0.1"},
        ],
        bom=[
            {"parent": "LAMP", "component": "FRAME", "qty": 1},
            {"parent": "LAMP", "component": "BULB", "qty": 1},
            {"parent": "LAMP", "component": "SCREW", "qty": 4},
            {"parent": "FRAME", "component": "SCREW", "qty": 2},
        ],
        sources=[
            {"item": "BULB", "supplier": "ACME", "lead_time_days": 5, "price": 3},
            {"item": "SCREW", "supplier": "BOLTS", "lead_time_days": 5, "price": "0.1", "order_fee": 20},
        ],
        stock=[{"item": "BULB", "qty": 4}, {"item": "SCREW", "qty": 10}],
        demands=[
            {"demand": "SO-1", "item": "LAMP", "qty": 6, "due": DUE, "customer": "LI"},
            {"demand": "SO-2", "item": "LAMP", "qty": 4, "due": DUE, "customer": "WU"},
        ],
    )


class Trade:
    """The company's people, and the plan after everything that they do."""

    def __init__(self, actor, planned):
        self.actor, self.planned = actor, planned

    def do(self, name, **fields):
        from huoku.server.platform.command import COMMANDS, perform

        command = COMMANDS[name]
        return perform(command, command.request(**fields), actor=self.actor, key=f"do:{next(keys)}").result()

    def proposed(self):
        """What a plan made now asks for, after everything that has been told is heard."""
        from huoku.server.planning.models import Proposal
        from huoku.server.platform.events import tell_listeners

        tell_listeners()
        self.planned(self.actor, TODAY)
        rows = Proposal.objects.of(self.actor.company).filter(state="open").select_related("item")
        return sorted((row.kind, row.item.code, row.qty_steps) for row in rows)

    def accept_all(self):
        from huoku.server.planning.models import Proposal

        rows = Proposal.objects.of(self.actor.company).filter(state="open")
        return self.do("planning.accept_proposals", proposals=[{"id": row.pk} for row in rows])

    def order(self, item):
        from huoku.server.production.models import WorkOrder

        return WorkOrder.objects.of(self.actor.company).get(item__code=item)

    def line(self, item):
        from huoku.server.purchasing.models import PurchaseLine

        return PurchaseLine.objects.of(self.actor.company).get(item__code=item)

    def component(self, order, item):
        return order.components.get(item__code=item)

    def issue(self, order, item, quantity):
        line = self.component(order, item).seq
        self.do("production.issue_component", id=order.pk, line=line, quantity=quantity, from_location="MAIN")

    def report(self, order, **said):
        from huoku.server.production.models import WorkOperation

        operation = WorkOperation.objects.of(self.actor.company).get(order=order)
        self.do("production.report_operation", id=operation.pk, **said)


@pytest.fixture
def trade(company_of, factory, planned):
    from huoku.server.platform.scope import entered

    actor = company_of("LAMPS", factory)
    with entered(actor.company):
        yield Trade(actor, planned)


def course_of(trade):
    """From the first plan to the last parcel; stops after each step, with what a plan made then has to ask for."""
    lamps, frames = trade.order("LAMP"), trade.order("FRAME")
    bulbs, screws = trade.line("BULB"), trade.line("SCREW")
    yield "all are drafts"
    trade.do("production.release_order", id=lamps.pk)
    yield "the lamps are released: four bulbs and ten screws of sixty lie here for them"
    trade.do("purchasing.approve", id=screws.order_id)
    yield "the screws are approved, and kept for their demands"
    trade.do("purchasing.send", id=screws.order_id)
    trade.do("purchasing.confirm", id=screws.order_id)
    trade.do("purchasing.receive", id=screws.order_id, lines=[{"line": screws.pk, "qty": "25"}])
    yield "a part of the screws is here"
    trade.do("production.release_order", id=frames.pk)
    yield "the frames are released"
    trade.do("purchasing.receive", id=screws.order_id, lines=[{"line": screws.pk, "qty": "25", "inspect": True}])
    receipt = screws.receipts.get(waiting_steps=25)
    yield "the other screws wait for inspection"
    trade.do("purchasing.inspect", id=receipt.pk, accepted="25")
    for order in (frames, lamps):
        trade.do("production.reserve_order", id=order.pk)
    yield "all screws are here"
    trade.issue(frames, "SCREW", "8")
    yield "the frames have some of their screws"
    trade.do("production.start_order", id=frames.pk)
    trade.report(frames, good="3")
    yield "three frames are made, and kept for the lamps"
    trade.issue(frames, "SCREW", "12")
    trade.report(frames, good="7")
    yield "all frames are made"
    trade.do("production.finish_order", id=frames.pk)
    trade.do("production.close_order", id=frames.pk)
    trade.issue(lamps, "BULB", "4")
    trade.issue(lamps, "SCREW", "30")
    yield "the lamps have a part of everything but frames"
    trade.do("production.start_order", id=lamps.pk)
    for step in ("approve", "send", "confirm"):
        trade.do(f"purchasing.{step}", id=bulbs.order_id)
    trade.issue(lamps, "FRAME", "10")
    trade.report(lamps, good="4")
    yield "four lamps are made, the other bulbs are confirmed"
    trade.do("purchasing.receive", id=bulbs.order_id, lines=[{"line": bulbs.pk, "qty": "6"}])
    trade.do("production.reserve_order", id=lamps.pk)
    trade.issue(lamps, "BULB", "6")
    trade.issue(lamps, "SCREW", "10")
    trade.report(lamps, good="6")
    yield "all lamps are made"
    trade.do("production.finish_order", id=lamps.pk)
    first, second = sold(trade)
    trade.do("sales.ship_goods", id=first.order_id, lines=[{"line": first.pk, "qty": "5"}])
    yield "five lamps are shipped"
    trade.do("sales.ship_goods", id=first.order_id, lines=[{"line": first.pk, "qty": "1"}])
    trade.do("sales.ship_goods", id=second.order_id, lines=[{"line": second.pk, "qty": "4"}])
    yield "all lamps are shipped"


def sold(trade):
    from huoku.server.sales.models import SalesLine

    return list(SalesLine.objects.of(trade.actor.company).order_by("order__number"))


@pytest.mark.slow
def test_in_no_state_of_the_papers_is_anything_asked_for_twice(trade):
    from huoku.server.ledger.doctor import examine

    assert trade.proposed() == [
        ("buy", "BULB", 6),
        ("buy", "SCREW", 50),
        ("make", "FRAME", 10),
        ("make", "LAMP", 10),
    ]
    trade.accept_all()
    for where in course_of(trade):
        assert trade.proposed() == [], where
    assert examine(trade.actor.company) == []
