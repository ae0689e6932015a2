"""A contract is called on in parts: each is an order, and so much less is left for plans to provide for."""

import pytest
from tests.server.shop import Shop


class Seller(Shop):
    def say(self, name, **fields):
        from huoku.server.platform.command import COMMANDS

        return self.ask(COMMANDS[name], **fields)

    def contract(self, **fields):
        known = {"code": "FC-1", "item": "SCREW", "qty": "1000", "due_on": self.in_days(60), "kind": "contract"}
        self.say("planning.add_forecast", **{**known, "customer": "LI", "price": "0.35", **fields})
        return self.row("FC-1").pk

    def row(self, code):
        from huoku.server.planning.models import Forecast

        return Forecast.objects.of(self.company).get(code=code)

    def calls(self, contract, **fields):
        """The order by which the customer calls."""
        from huoku.server.sales.models import SalesOrder

        told = self.say("planning.call_off", id=contract, **fields)
        return SalesOrder.objects.of(self.company).get(number=told["document"])

    def wanted(self):
        """What plans provide for, by demand."""
        from huoku.server.planning.reading.factory import factory_of

        demands = factory_of(self.company, self.today())[0].table("demands")
        return {row["demand"]: (row["kind"], int(row["qty"])) for row in demands.iter_rows(named=True)}

    def refused(self, contract, **fields):
        from huoku.server.platform.refusals import Refused

        with pytest.raises(Refused) as refusal:
            self.calls(contract, **fields)
        return refusal.value.code, refusal.value.facts


@pytest.fixture
def seller(company, owner):
    from huoku.server.platform.scope import entered

    with entered(company):
        seller = Seller(company, owner)
        seller.screw = seller.item("SCREW")
        seller.customer()
        seller.receive(seller.screw, 1_000)
        yield seller
        seller.books_balance()


def test_from_the_contract_to_the_statement_of_the_month(seller):
    """300 of 1,000 are called, promised, shipped and settled at the contract's price: 105.00. 700 are left."""
    from huoku.server.statements.models import CustomerStatement

    contract = seller.contract()
    order = seller.calls(contract, qty="300", due_on=seller.in_days(20))
    line = order.lines.get()
    assert (order.customer_reference, line.qty_steps, line.price_millionths) == ("FC-1", 300, 350_000)
    assert seller.wanted() == {"FC-1": ("contract", 1_000)}  # an inquiry is no order yet
    seller.say("sales.confirm_order", id=order.pk)
    assert seller.wanted() == {"FC-1": ("contract", 700), order.number: ("order", 300)}
    seller.say("sales.ship_goods", id=order.pk, lines=[{"line": line.pk, "qty": "300"}])
    assert seller.wanted() == {"FC-1": ("contract", 700)}
    month = f"{seller.today():%Y-%m}"
    made = seller.say("statements.make_customer_statement", customer="LI", month=month)
    assert CustomerStatement.objects.of(seller.company).get(pk=made["id"]).moved_minor == 105_00


def test_no_more_is_called_than_is_left(seller):
    contract = seller.contract()
    seller.calls(contract, qty="300")
    code, said = seller.refused(contract, qty="701")
    assert (code, said["left"]) == ("called_too_much", "700")
    rest = seller.calls(contract)
    assert (rest.lines.get().qty_steps, rest.lines.get().due_on) == (700, seller.in_days(60))
    assert seller.refused(contract)[0] == "called_too_much"


def test_what_was_not_shipped_can_be_called_again(seller):
    contract = seller.contract()
    order = seller.calls(contract, qty="400")
    seller.say("sales.confirm_order", id=order.pk)
    seller.say("sales.ship_goods", id=order.pk, lines=[{"line": order.lines.get().pk, "qty": "150"}])
    assert seller.wanted() == {"FC-1": ("contract", 600), order.number: ("order", 250)}
    seller.say("sales.close_order", id=order.pk, reason="the customer's line stands")
    assert seller.wanted() == {"FC-1": ("contract", 850)}
    assert seller.calls(contract).lines.get().qty_steps == 850


def test_a_forecast_obliges_nobody_and_somebody_has_to_call(seller):
    forecast = seller.contract(kind="forecast")
    assert seller.refused(forecast)[0] == "no_contract"
    seller.contract(code="FC-2", customer=None)
    nobodys = seller.row("FC-2").pk
    assert seller.refused(nobodys)[0] == "no_customer"
    assert seller.calls(nobodys, customer="LI").customer.code == "LI"


def test_a_contract_that_was_called_on_is_not_removed(seller):
    from huoku.server.platform.refusals import Refused

    contract = seller.contract()
    seller.calls(contract, qty="1")
    with pytest.raises(Refused) as refused:
        seller.say("planning.remove_forecast", id=contract)
    assert refused.value.code == "in_use"
