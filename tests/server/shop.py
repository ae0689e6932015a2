"""A small shop to trade in: the hands of the tests of documents. Stock moves as in ``ledger.warehouse``."""

from datetime import date, timedelta
from typing import Any

from tests.server.ledger.warehouse import Warehouse


class Shop(Warehouse):
    """A warehouse with customers, suppliers and bills. Quantities in requests are in units."""

    def today(self) -> date:
        from huoku.server.platform import clock

        return clock.business_day(self.company, clock.now())

    def in_days(self, days: int) -> date:
        return self.today() + timedelta(days=days)

    def ask(self, command: Any, *, actor: Any = None, **fields: Any) -> Any:
        """Perform a command by its fields, under a fresh key."""
        return self.do(command, command.request(**fields), actor=actor)

    def refused(self, command: Any, *, actor: Any = None, **fields: Any) -> dict[str, Any]:
        """What a command answers that has to be refused."""
        from huoku.server.platform.refusals import Refused

        try:
            self.ask(command, actor=actor, **fields)
        except Refused as refusal:
            problem = refusal.as_problem()
            return {"code": problem["code"], **problem["errors"][0]}
        raise AssertionError(f"{command.name} was not refused")

    def customer(self, code: str = "LI", **fields: Any) -> int:
        from huoku.server.partners.commands.partners import add_customer

        return int(self.ask(add_customer, code=code, **fields)["id"])

    def bill(self, parent: str, **components: Any) -> None:
        """``bill("LAMP", BULB=1, SCREW=4)``"""
        from huoku.server.items.commands.boms import add_bom

        lines = [{"component": code, "qty": qty} for code, qty in components.items()]
        self.ask(add_bom, parent=parent, revision="A", lines=lines)

    def supply(self, name: str, item: int, quantity: int, in_days: int | None) -> int:
        """An order line that is to arrive."""
        from huoku.server.ledger.commands.supplies import state_supply

        day = None if in_days is None else self.in_days(in_days)
        stated = self.ask(state_supply, supply=name, item=item, location=self.shelf, quantity=quantity, expected_on=day)
        return int(stated["id"])

    def person(self, name: str, *roles: str) -> Any:
        """Somebody with these roles in the company."""
        from huoku.server.platform.actor import actor_of
        from huoku.server.platform.models import Membership, User

        user = User.objects.create(username=name)
        for role in roles:
            Membership.objects.create(company=self.company, user=user, role=role)
        actor = actor_of(user, self.company)
        assert actor is not None
        return actor

    def tasks(self, role: str) -> list[Any]:
        """The open tasks of a role."""
        from huoku.server.documents.models import Task

        return list(Task.objects.of(self.company).filter(role=role, state="open").order_by("pk"))

    def kept(self, demand: str) -> dict[str, int]:
        """What is reserved for a demand, by item; with a * what is to arrive."""
        from huoku.server.ledger.models import Reservation

        rows = Reservation.objects.of(self.company).filter(demand=demand, state__in=Reservation.OPEN)
        found: dict[str, int] = {}
        for row in rows.select_related("item"):
            name = row.item.code + ("*" if row.supply_id else "")
            found[name] = found.get(name, 0) + row.open_quantity
        return found

    def books_balance(self) -> None:
        """The doctor finds nothing."""
        from huoku.server.ledger.doctor import examine

        assert [str(finding) for finding in examine(self.company)] == []
