"""A line that screws panels together, at a site EAST; the site WEST has screws too."""

from typing import Any

import pytest
from tests.server.shop import Shop


class Line(Shop):
    """One screw for each panel. 130 screws lie on EAST's shelf, 50 of them kept for order B, which is less urgent than
    order A of 120 panels. A is for 120 panels at 10.00 that LI was promised two days after A is done; a late day costs
    1 % of that, 12.00."""

    def __init__(self, company: Any, owner: Any) -> None:
        super().__init__(company, owner)
        from huoku.server.ledger.commands.places import add_location
        from huoku.server.platform.commands.companies import add_site

        sites = {code: self.ask(add_site, code=code, name=code)["id"] for code in ("EAST", "WEST")}
        for code, kind, site in (
            *(("SHELF-E", "storage", "EAST"), ("BOX-E", "storage", "EAST"), ("WORK-E", "work_in_progress", "EAST")),
            ("SHELF-W", "storage", "WEST"),
        ):
            self.places[code] = self.ask(add_location, code=code, kind=kind, site=sites[site])["id"]
        self.places["ROAD"] = self.ask(add_location, code="ROAD", kind="transit")["id"]
        self.panel = self.item("PANEL", kind="make", lead_time_days=5, price="10")
        self.screw = self.item("SCREW", kind="buy", unit_cost="1", attributes={"thread": "M4", "length": 20})
        self.bill("PANEL", SCREW="1")
        self.customer()
        self.put(self.screw, 130)

    def put(self, item: int, quantity: int, place: str = "SHELF-E") -> None:
        self.record(self.line("receive", item, quantity, "supplier", place))

    def issue_from(self, place: str, item: int, quantity: int) -> None:
        self.record(self.line("issue", item, quantity, place, "production"))

    def say(self, what: str, actor: Any = None, **fields: Any) -> Any:
        from huoku.server.platform.command import COMMANDS

        return self.ask(COMMANDS[what], actor=actor, **fields)

    def sold(self, qty: str, in_days: int) -> str:
        """A customer's line of panels at 10.00, as the ledger names it."""
        line = {"item": "PANEL", "qty": qty, "due_on": self.in_days(in_days), "price": "10"}
        order = self.say("sales.enter_order", customer="LI", lines=[line])
        self.say("sales.take_over_order", id=order["id"])
        from huoku.server.sales.models import SalesLine

        return SalesLine.objects.of(self.company).get(order=order["id"]).demand

    def work_order(self, qty: str, **fields: Any) -> int:
        """Released; from the third day on, done on the tenth."""
        about: dict[str, Any] = {"item": "PANEL", "site": "EAST", "target": "SHELF-E", "work_in_progress": "WORK-E"}
        days = {"start_on": self.in_days(3), "due_on": self.in_days(10)}
        order = self.say("production.plan_order", qty=qty, **{**about, **days, **fields})["id"]
        self.say("production.release_order", id=order)
        return int(order)

    def a_and_b(self) -> tuple[int, int]:
        b = self.work_order("50", priority=5)
        a = self.work_order("120", priority=2, demand=self.sold("120", 12))
        return a, b

    def picked(self, order: int, found: str) -> None:
        """One walk for the order; so many are found."""
        picks = self.say("production.make_pick_list", orders=[order])
        self.say("production.take_line", id=picks["id"], line=1, quantity=found, reason="not there")

    def listened(self) -> None:
        from huoku.server.platform.events import tell_listeners

        while tell_listeners():
            pass

    def case(self, **wanted: Any) -> Any:
        from huoku.server.shortages.models import ShortageCase

        return ShortageCase.objects.of(self.company).select_related("order", "item").get(**wanted)

    def ways(self, case: Any) -> list[tuple[Any, ...]]:
        """Kind, quantity, days from today until the line goes on, spent, lateness; in their order."""
        return [
            (
                way.kind,
                way.qty_steps,
                way.ready_on and (way.ready_on - self.today()).days,
                way.spend_minor,
                way.late_minor,
            )
            for way in case.ways.filter(state="open").order_by("rank")
        ]

    def choose(self, case: Any, kind: str, actor: Any = None, **fields: Any) -> Any:
        way = case.ways.get(kind=kind, state="open")
        return self.say("shortages.choose_way", actor=actor, id=way.pk, **fields)

    def source(self, **terms: Any) -> None:
        self.say("partners.add_supplier", code="ACME")
        self.say("partners.add_source", item="SCREW", supplier="ACME", **terms)

    def bought(self, qty: str, in_days: int) -> tuple[int, int]:
        """An order to ACME that he has confirmed: the order and its line."""
        line = {"item": "SCREW", "qty": qty, "price": "1", "wanted_on": self.in_days(in_days)}
        order = self.say("purchasing.add_order", supplier="ACME", location="SHELF-E", lines=[line])["id"]
        for step in ("approve", "send", "confirm"):
            self.say(f"purchasing.{step}", id=order)
        from huoku.server.purchasing.models import PurchaseLine

        return order, PurchaseLine.objects.of(self.company).get(order=order).pk

    def trail(self, case: Any) -> list[tuple[str, str]]:
        return [(step.kind, step.text_en) for step in case.trail.order_by("pk")]

    def roles(self, kind: str) -> set[str]:
        """Who has an open task of this kind."""
        from huoku.server.documents.models import Task

        return set(Task.objects.of(self.company).filter(kind=kind, state="open").values_list("role", flat=True))


@pytest.fixture
def shop(company, owner):
    from huoku.server.platform.scope import entered

    with entered(company):
        shop = Line(company, owner)
        yield shop
        shop.books_balance()
