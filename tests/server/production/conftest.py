"""A small factory that makes stands: the hands of the tests."""

from itertools import count

import pytest
from tests.server.ledger.warehouse import Warehouse


class Factory(Warehouse):
    """A warehouse with items, recipes and work orders. ``say`` performs a command by its name in production."""

    def __init__(self, company, owner):
        super().__init__(company, owner)
        self.wip = self.places["work_in_progress"]
        self.items = {}

    def item(self, code="BOLT", **fields):
        self.items[code] = super().item(code, **fields)
        return self.items[code]

    def bill(self, parent, *lines):
        from huoku.server.items.commands.boms import AddBom, add_bom

        self.do(add_bom, AddBom(parent=parent, revision="A", lines=[line(*each) for each in lines]))

    def routing(self, parent, *steps):
        """(seq, setup, run) each, at a resource of its own."""
        from huoku.server.items.commands.routing import AddOperation, AddResource, add_operation, add_resource

        for seq, setup, run in steps:
            self.do(add_resource, AddResource(code=f"R{seq}", minutes_per_day="480"))
            asked = AddOperation(
                parent=parent, seq=seq, resource=f"R{seq}", setup_minutes=str(setup), run_minutes=str(run)
            )
            self.do(add_operation, asked)

    def plan(self, item="STAND", qty="20", due_on="2026-12-31", **fields):
        """The id of a new work order that starts on 2026-12-01."""
        asked = {"start_on": "2026-12-01", "target": "STORAGE", "work_in_progress": "WORK_IN_PROGRESS", **fields}
        return self.say("plan_order", item=item, qty=qty, due_on=due_on, **asked)["id"]

    def say(self, what, actor=None, **fields):
        from huoku.server.platform.command import COMMANDS

        command = COMMANDS[f"production.{what}"]
        return self.do(command, command.request.model_validate(fields), actor=actor)

    def order(self, id):
        from huoku.server.production.models import WorkOrder

        return WorkOrder.objects.of(self.company).select_related("item").get(pk=id)

    def component(self, id, code):
        from huoku.server.production.models import WorkComponent

        return WorkComponent.objects.of(self.company).get(order=id, item__code=code)

    def operation(self, id, seq=10):
        from huoku.server.production.models import WorkOperation

        return WorkOperation.objects.of(self.company).get(order=id, seq=seq)

    def at_work(self, code):
        return self.stock(self.items[code], "work_in_progress")[0]

    def kept(self, id):
        """What is kept for an order, by item code and place or supply."""
        return self.kept_for(f"production.order:{id}")

    def kept_for(self, demand):
        from huoku.server.ledger.models import Reservation

        rows = Reservation.objects.of(self.company).filter(demand=demand, state__in=Reservation.OPEN)
        found = {}
        for row in rows.select_related("item", "location", "supply"):
            where = row.supply.supply if row.supply else row.location.code
            found[row.item.code, where] = found.get((row.item.code, where), 0) + row.open_quantity
        return found

    def coming(self, id):
        """What the order will still give, and how much of it is promised."""
        from huoku.server.ledger.models import SupplyBalance

        row = SupplyBalance.objects.of(self.company).get(supply=f"production.order:{id}")
        return row.quantity, row.reserved

    def tasks(self, kind=""):
        from huoku.server.documents.models import Task

        rows = Task.objects.of(self.company).filter(state="open", kind__startswith=kind)
        return {(row.kind, row.role): row.text_en for row in rows}

    def events(self, kind):
        import json

        from huoku.server.platform.models import Event

        return [json.loads(row.facts) for row in Event.objects.of(self.company).filter(kind=kind).order_by("id")]

    def member(self, role):
        """Another person with this role."""
        from huoku.server.platform.actor import actor_of
        from huoku.server.platform.models import Membership, User

        user = User.objects.create(username=f"{role}-{next(NUMBERS)}")
        Membership.objects.create(company=self.company, user=user, role=role)
        return actor_of(user, self.company)

    def is_well(self):
        from huoku.server.ledger.doctor import examine

        return examine(self.company) == []


NUMBERS = count(1)


def line(component, qty, more=None):
    return {"component": component, "qty": qty, **(more or {})}


@pytest.fixture
def factory(company, owner):
    from huoku.server.platform.scope import entered

    with entered(company):
        yield Factory(company, owner)


@pytest.fixture
def stands(factory):
    """A stand takes 4 screws and one plate; it is pressed and then fitted. 200 screws and 50 plates are there."""
    factory.item("STAND", kind="make", tracking="lot")
    factory.item("SCREW", tracking="lot")
    factory.item("PLATE", tracking="lot")
    factory.bill("STAND", ("SCREW", "4"), ("PLATE", "1"))
    factory.routing("STAND", (10, 30, 2), (20, 0, 5))
    factory.receive(factory.items["SCREW"], 200, lot_code="S1")
    factory.receive(factory.items["PLATE"], 50, lot_code="P1")
    return factory
