"""Two sites with a store each: EAST has a second bin, bolts come in lots. Whatever is done, the books balance."""

import pytest
from tests.server.shop import Shop


class Carrier(Shop):
    """A shop with stores at two sites, and the hands to carry between them."""

    def place(self, code, site=None, kind="storage"):
        from huoku.server.ledger.commands.places import AddLocation, add_location

        self.places[code] = self.do(add_location, AddLocation(code=code, kind=kind, site=site))["id"]
        return self.places[code]

    def say(self, name, actor=None, **fields):
        """A command of the warehouse, by its name."""
        from huoku.server.platform.command import COMMANDS

        return self.ask(COMMANDS[f"warehouse.{name}"], actor=actor, **fields)

    def refusal(self, name, actor=None, **fields):
        from huoku.server.platform.command import COMMANDS

        return self.refused(COMMANDS[f"warehouse.{name}"], actor=actor, **fields)

    def transfer(self, *lines, origin="EAST", target="WEST", **fields):
        """A draft; a line is (item, quantity) and more by name."""
        given = [{"item": item, "qty": str(qty), **more} for item, qty, more in (self._line(*line) for line in lines)]
        return self.say("add_transfer", origin=origin, target=target, lines=given, **fields)["id"]

    @staticmethod
    def _line(item, qty, more=None):
        return item, qty, more or {}

    def sent(self, *lines, **fields):
        """Approved, and all of it sent."""
        transfer = self.transfer(*lines, **fields)
        self.say("approve_transfer", id=transfer)
        self.say("send_transfer", id=transfer)
        return transfer

    def row(self, transfer):
        from huoku.server.warehouse.models import Transfer

        return Transfer.objects.of(self.company).get(pk=transfer)

    def lines(self, transfer):
        from huoku.server.warehouse.models import TransferLine

        return list(TransferLine.objects.of(self.company).filter(transfer=transfer).order_by("seq"))

    def receive_at(self, place, item, quantity, **fields):
        self.record(self.line("receive", item, quantity, "supplier", place, **fields))

    def supplies(self, transfer):
        """By line: what is to arrive, what of it is promised, and when."""
        from huoku.server.ledger.models import SupplyBalance

        names = [line.ledger_name for line in self.lines(transfer)]
        rows = SupplyBalance.objects.of(self.company).filter(supply__in=names).order_by("pk")
        return [(row.quantity, row.reserved, row.expected_on) for row in rows]

    def promise(self, transfer, demand, quantity, in_days=20):
        """Keep of what the first line brings for a demand."""
        from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve
        from huoku.server.ledger.models import SupplyBalance

        supply = SupplyBalance.objects.of(self.company).get(supply=self.lines(transfer)[0].ledger_name)
        wish = Wish(item=supply.item_id, location=supply.location_id, quantity=quantity, supply=supply.pk)
        self.do(reserve, Reserve(lines=[wish], demand=demand, need_on=self.in_days(in_days)))


@pytest.fixture
def carrier(company, owner):
    from huoku.server.platform.commands.companies import AddSite, add_site
    from huoku.server.platform.scope import entered

    with entered(company):
        carrier = Carrier(company, owner)
        for code in ("EAST", "WEST"):
            site = carrier.do(add_site, AddSite(code=code, name=code))["id"]
            carrier.place(code, site)
            carrier.place(f"{code}2", site)
        carrier.bolt = carrier.item("BOLT", unit_cost="2")
        carrier.milk = carrier.item("MILK", tracking="lot")
        yield carrier
        carrier.books_balance()
