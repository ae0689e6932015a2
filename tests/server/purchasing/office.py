"""A factory that buys: people with one role each, a shelf, two items and a supplier; the hands of the tests."""

from datetime import timedelta
from typing import Any

from tests.server.ledger.warehouse import Warehouse

ROLES = ("planner", "buyer", "storekeeper", "production_lead")


class Office(Warehouse):
    """Methods are steps of the trade, done by whoever does them; they return the answer."""

    def __init__(self, company: Any, owner: Any) -> None:
        from huoku.server.partners.commands.partners import add_supplier
        from huoku.server.platform import clock
        from huoku.server.platform.actor import actor_of
        from huoku.server.platform.models import Membership, User

        super().__init__(company, owner)
        self.people = {"owner": owner}
        for role in ROLES:
            user = User.objects.create(username=role)
            Membership.objects.create(company=company, user=user, role=role)
            self.people[role] = actor_of(user, company)
        self.today = clock.business_day(company, clock.now())
        self.items = {"BOLT": self.item("BOLT", tracking="lot"), "NUT": self.item("NUT")}
        self.by("owner", add_supplier, code="ACME", payment_days=30)

    def by(self, role: str, command: Any, /, *, key: str | None = None, **fields: Any) -> Any:
        return self.do(command, command.request(**fields), actor=self.people[role], key=key)

    def day(self, after: int) -> Any:
        return self.today + timedelta(days=after)

    def source(
        self, item: str = "BOLT", supplier: str = "ACME", breaks: dict[str, str] | None = None, **terms: Any
    ) -> int:
        from huoku.server.partners.commands.sources import add_price_break, add_source

        source = self.by("owner", add_source, **{"item": item, "supplier": supplier, "lead_time_days": 7, **terms})[
            "id"
        ]
        for min_qty, price in (breaks or {}).items():
            self.by("owner", add_price_break, source_id=source, min_qty=min_qty, price=price)
        return int(source)

    def request(self, item: str, qty: str, **fields: Any) -> Any:
        from huoku.server.purchasing.commands.requests import add_request

        return self.by("planner", add_request, **{"item": item, "qty": qty, "need_on": self.day(20), **fields})

    def draft(self, *lines: dict[str, Any], **fields: Any) -> Any:
        """A draft to ACME; its lines cost 1.00 where they say no price."""
        from huoku.server.purchasing.commands.drafting import add_order

        priced = [{"price": "1", "wanted_on": self.day(20), **line} for line in lines]
        return self.by("buyer", add_order, **{"supplier": "ACME", "location": "STORAGE", "lines": priced, **fields})

    def approved(self, *lines: dict[str, Any], **fields: Any) -> int:
        from huoku.server.purchasing.commands.approving import approve

        order = self.draft(*lines, **fields)["id"]
        self.by("buyer", approve, id=order)
        return int(order)

    def sent(self, *lines: dict[str, Any], **fields: Any) -> int:
        from huoku.server.purchasing.commands.approving import send

        order = self.approved(*lines, **fields)
        self.by("buyer", send, id=order)
        return order

    def receive(self, order: int, *lines: dict[str, Any], role: str = "storekeeper", **fields: Any) -> Any:
        """Of lot A, where a line says nothing else."""
        from huoku.server.purchasing.commands.receiving import receive

        return self.by(role, receive, id=order, lines=[{"lot": "A", **line} for line in lines], **fields)

    def order(self, id: int) -> Any:
        from huoku.server.purchasing.models import PurchaseOrder

        return PurchaseOrder.objects.of(self.company).get(pk=id)

    def lines(self, order: int) -> list[Any]:
        from huoku.server.purchasing.models import PurchaseLine

        return list(PurchaseLine.objects.of(self.company).filter(order=order).order_by("seq"))

    def line(self, order: int) -> Any:
        (line,) = self.lines(order)
        return line

    def supply(self, line: Any) -> tuple[int, int, Any]:
        """What a line is to bring, what of it is promised, and on which day it is expected."""
        from huoku.server.ledger.models import SupplyBalance

        row = SupplyBalance.objects.of(self.company).get(supply=f"purchasing.line:{line.pk}")
        return row.quantity, row.reserved, row.expected_on

    def promise(self, line: Any, quantity: int, demand: str, **fields: Any) -> Any:
        """Reserve a part of what a line is to bring."""
        from huoku.server.ledger.models import SupplyBalance

        supply = SupplyBalance.objects.of(self.company).get(supply=f"purchasing.line:{line.pk}").pk
        return self.reserve(line.item_id, quantity, demand=demand, supply=supply, **fields)

    def kept(self, demand: str) -> list[tuple[str, int]]:
        """What is kept for a demand: of which kind, how much."""
        from huoku.server.ledger.models import Reservation

        rows = Reservation.objects.of(self.company).filter(demand=demand, state__in=Reservation.OPEN)
        return [(row.kind, row.open_quantity) for row in rows.order_by("made_at", "pk")]

    def tasks(self, kind: str) -> list[Any]:
        from huoku.server.documents.models import Task

        return list(Task.objects.of(self.company).filter(kind=kind, state="open").order_by("pk"))

    def events(self, kind: str) -> list[Any]:
        import json

        from huoku.server.platform.models import Event

        return [json.loads(each.facts) for each in Event.objects.of(self.company).filter(kind=kind).order_by("pk")]

    def in_status(self, item: str, status: str) -> int:
        """What lies on the shelf in a status, over all lots."""
        from huoku.server.ledger.models import Balance

        rows = Balance.objects.of(self.company).filter(item=self.items[item], location=self.shelf, status=status)
        return sum(row.on_hand for row in rows)
