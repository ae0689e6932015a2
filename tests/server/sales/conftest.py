"""A lamp shop: a lamp of one bulb, one foot and four screws; the foot is made of two plates."""

import pytest
from tests.server.shop import Shop


@pytest.fixture
def shop(company, owner):
    from huoku.server.platform.scope import entered

    with entered(company):
        shop = Shop(company, owner)
        shop.lamp = shop.item("LAMP", kind="make", lead_time_days=2, price="100")
        shop.foot = shop.item("FOOT", kind="make", lead_time_days=1)
        shop.bulb, shop.screw, shop.plate = (shop.item(code) for code in ("BULB", "SCREW", "PLATE"))
        shop.bill("LAMP", BULB="1", FOOT="1", SCREW="4")
        shop.bill("FOOT", PLATE="2")
        shop.customer()
        yield shop


@pytest.fixture
def order(shop):
    """Enter an inquiry for so many of an item; the answer, with the order's id."""
    from huoku.server.sales.commands.orders import enter_order

    def entered(qty, item="LAMP", days=30, actor=None, **fields):
        line = {"item": item, "qty": str(qty), "due_on": shop.in_days(days), **fields}
        return shop.ask(enter_order, actor=actor, customer="LI", lines=[line])

    return entered


@pytest.fixture
def lines(shop):
    """The lines of an order, as rows."""
    from huoku.server.sales.models import SalesLine

    return lambda order: list(SalesLine.objects.of(shop.company).filter(order=order["id"]).order_by("seq"))
