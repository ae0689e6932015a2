"""What a month with a customer or a supplier came to: ordered, moved, returned, open; in money, and by its papers."""

from datetime import date, timedelta

import pytest
from tests.server.api.conftest import nobody_is_too_quick
from tests.server.shop import Shop
from tests.server.shopfloor.conftest import Reader
from tests.server.whys import hold, reason

__all__ = ["nobody_is_too_quick"]


class Books(Shop):
    def say(self, name, **fields):
        from huoku.server.platform.command import COMMANDS

        return self.ask(COMMANDS[name], **fields)

    def this_month(self):
        return f"{self.today():%Y-%m}"

    def last_month(self):
        return f"{self.today().replace(day=1) - timedelta(days=1):%Y-%m}"

    def sold(self, qty, price):
        """A confirmed order of screws; its id and its line's."""
        from huoku.server.sales.models import SalesLine

        line = {"item": "SCREW", "qty": str(qty), "due_on": self.in_days(30), "price": price}
        order = self.say("sales.enter_order", customer="LI", lines=[line])["id"]
        self.say("sales.confirm_order", id=order)
        return order, SalesLine.objects.of(self.company).get(order=order).pk

    def shipped(self, order, line, qty, **fields):
        self.say("sales.ship_goods", id=order, lines=[{"line": line, "qty": str(qty), "location": "STORAGE"}], **fields)

    def bought(self, qty, price):
        """An order to ACME, sent; its id and its line's."""
        from huoku.server.purchasing.models import PurchaseLine

        line = {"item": "SCREW", "qty": str(qty), "price": price, "wanted_on": self.in_days(10)}
        order = self.say("purchasing.add_order", supplier="ACME", location="STORAGE", lines=[line])["id"]
        for step in ("approve", "send"):
            self.say(f"purchasing.{step}", id=order)
        return order, PurchaseLine.objects.of(self.company).get(order=order).pk

    def customer_statement(self, **fields):
        from huoku.server.statements.models import CustomerStatement

        made = self.say("statements.make_customer_statement", customer="LI", **{"month": self.this_month(), **fields})
        return CustomerStatement.objects.of(self.company).get(pk=made["id"])


def sums(statement):
    return {name: getattr(statement, f"{name}_minor") / 100 for name in ("ordered", "moved", "returned", "due", "open")}


def lines(statement):
    return [(line.kind, line.qty_steps, line.amount_minor) for line in statement.lines.order_by("seq")]


@pytest.fixture
def books(company, owner):
    from huoku.server.partners.commands.partners import add_supplier
    from huoku.server.platform.scope import entered

    with entered(company):
        books = Books(company, owner)
        books.screw = books.item("SCREW")
        books.customer()
        books.ask(add_supplier, code="ACME")
        books.receive(books.screw, 1_000)
        yield books
        books.books_balance()


def test_a_month_with_a_customer(books):
    """100 at 0.35 are ordered, 60 shipped, 10 come back: 17.50 are due and 14.00 stand open."""
    from huoku.server.sales.models import Shipment, ShipmentLine

    order, line = books.sold(100, "0.35")
    books.shipped(order, line, 60)
    shipment = Shipment.objects.of(books.company).get()
    back = {"shipment_line": ShipmentLine.objects.of(books.company).get().pk, "qty": "10"}
    books.say("sales.take_back", id=shipment.pk, location="STORAGE", lines=[back], reason="bent")
    statement = books.customer_statement()
    assert sums(statement) == {"ordered": 35, "moved": 21, "returned": 3.5, "due": 17.5, "open": 14}
    assert lines(statement) == [
        ("ordered", 100, 3500),
        ("shipped", 60, 2100),
        ("returned", 10, 350),
        ("open", 40, 1400),
    ]
    assert [row.shipment_id for row in statement.lines.order_by("seq")] == [None, shipment.pk, shipment.pk, None]
    assert {row.order_id for row in statement.lines.all()} == {order}


def test_each_sum_of_a_statement_opens_the_lines_that_it_is_made_of(books):
    """100 ordered at 0.25, 60 shipped: 25.00 ordered, 15.00 due, 10.00 open."""
    order, line = books.sold(100, "0.25")
    books.shipped(order, line, 60)
    statement = books.customer_statement()
    owner = Reader(books.company, "owner")
    told = hold(owner, f"/office/customer_statements/{statement.pk}/")
    assert told == {f"customer_statements.{name}" for name in ("ordered", "moved", "returned", "due", "open")}
    rows, due = reason(owner, f"/desk/why/customer_statements.due/{statement.pk}")
    assert due == 15 and [amount for _, amount in rows] == [15]


def test_what_happened_in_another_month_stands_in_that_months_statement(books):
    order, line = books.sold(100, "0.35")
    last = date.fromisoformat(f"{books.last_month()}-15")
    books.shipped(order, line, 60, shipped_on=last)
    books.shipped(order, line, 10)
    assert lines(books.customer_statement(month=books.last_month())) == [("shipped", 60, 2100)]
    assert lines(books.customer_statement()) == [("ordered", 100, 3500), ("shipped", 10, 350), ("open", 30, 1050)]


def test_a_month_with_a_supplier(books):
    """200 at 0.255 are ordered, 120 come, 20 go back for good: 25.50 are due; 80 stand open."""
    from huoku.server.purchasing.models import PurchaseReceipt
    from huoku.server.statements.models import SupplierStatement

    order, line = books.bought(200, "0.255")
    books.say("purchasing.receive", id=order, lines=[{"line": line, "qty": "120"}], delivery_note="D-7")
    receipt = PurchaseReceipt.objects.of(books.company).get()
    books.say("purchasing.return_goods", id=receipt.pk, qty="20", reason="bent", status="available")
    made = books.say("statements.make_supplier_statement", supplier="ACME", month=books.this_month())
    statement = SupplierStatement.objects.of(books.company).get(pk=made["id"])
    assert sums(statement) == {"ordered": 51, "moved": 30.6, "returned": 5.1, "due": 25.5, "open": 20.4}
    assert lines(statement) == [
        *(("ordered", 200, 5100), ("received", 120, 3060), ("returned", 20, 510), ("open", 80, 2040)),
    ]
    assert [row.receipt_id for row in statement.lines.order_by("seq")] == [None, receipt.pk, receipt.pk, None]


def test_amounts_are_rounded_line_by_line_and_what_has_no_price_is_counted(books):
    """3 at 0.335 are 1.005 and cost 1.01; a line without a price is in no sum."""
    books.sold(3, "0.335")
    books.sold(5, None)
    statement = books.customer_statement()
    assert lines(statement)[:2] == [("ordered", 3, 101), ("ordered", 5, None)]
    assert (statement.ordered_minor, statement.unpriced) == (101, 2)


def test_a_statement_is_sent_disputed_made_anew_and_agreed_to(books):
    from huoku.server.platform.command import COMMANDS

    order, line = books.sold(100, "0.35")
    statement = books.customer_statement()
    books.say("statements.send_customer_statement", id=statement.pk)
    assert books.refused(COMMANDS["statements.remake_customer_statement"], id=statement.pk)["code"] == "not_from_here"
    books.say("statements.dispute_customer_statement", id=statement.pk, answer="60 came last week")
    books.shipped(order, line, 60)
    books.say("statements.remake_customer_statement", id=statement.pk)
    statement.refresh_from_db()
    assert (statement.state, statement.moved_minor, statement.open_minor) == ("draft", 2100, 1400)
    assert len(lines(statement)) == 3
    books.say("statements.send_customer_statement", id=statement.pk)
    books.say("statements.agree_customer_statement", id=statement.pk, answer="Ms Li, by telephone")
    statement.refresh_from_db()
    assert statement.state == "agreed"


def test_one_for_everybody_who_has_something_to_agree_on(books):
    from huoku.server.platform.command import COMMANDS
    from huoku.server.statements.models import CustomerStatement

    books.sold(100, "0.35")
    books.customer("WU")
    told = books.say("statements.make_customer_statements", month=books.this_month())
    assert [row.number for row in CustomerStatement.objects.of(books.company).all()] == told["made"]
    assert len(told["made"]) == 1
    assert books.say("statements.make_customer_statements", month=books.this_month())["made"] == []
    make = COMMANDS["statements.make_customer_statement"]
    assert books.refused(make, customer="LI", month=books.this_month())["code"] == "taken"
    assert books.refused(make, customer="LI", month="2999-01")["code"] == "still_to_come"


def test_a_closed_orders_rest_is_not_open(books):
    order, line = books.sold(100, "0.35")
    books.shipped(order, line, 60)
    books.say("sales.close_order", id=order, reason="enough")
    assert [kind for kind, _, _ in lines(books.customer_statement())] == ["ordered", "shipped"]


def test_a_statement_for_each_of_many_asks_little_more_than_for_one(books):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(*customers):
        for code in customers:
            books.customer(code)
            line = {"item": "SCREW", "qty": "10", "due_on": books.in_days(30), "price": "1"}
            order = books.say("sales.enter_order", customer=code, lines=[line])["id"]
            books.say("sales.confirm_order", id=order)
        with CaptureQueriesContext(connection) as found:
            told = books.say("statements.make_customer_statements", month=books.this_month())
        assert len(told["made"]) == len(customers)
        return len(found)

    asked("AN")  # the first one begins its range of numbers
    # One more for each: where the audit trail tells of it.
    assert asked("CAI", "DENG", "EN", "FU") - asked("BO") == 3
