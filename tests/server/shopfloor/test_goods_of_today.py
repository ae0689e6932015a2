"""Goods that came, and goods on their way: on the storekeeper's Today, with the page where each is done."""

import re
from html import unescape

import pytest
from tests.server.api.conftest import caller_of, nobody_is_too_quick
from tests.server.warehouse.conftest import carrier

__all__ = ["carrier", "nobody_is_too_quick"]


def today(company, role="storekeeper"):
    """By its words: why now, and where it leads."""
    client = caller_of(company, role).client
    client.cookies["django_language"] = "en"
    page = client.get("/").content.decode()
    rows = re.findall(r'<td class="told">(.*?)</tr>', page, re.S)
    found = {}
    for row in rows:
        words = unescape(re.search(r'<a class="code"[^>]*>(.*?)</a>', row, re.S)[1])
        reason = re.sub(r"<[^>]+>", " ", row.partition("</a>")[2].partition("</td>")[0])
        links = [unescape(each) for each in re.findall(r'href="([^"]+)"', row)]
        found[words] = (" ".join(unescape(reason).split()), links[0])
    return found


def say(shop, name, **fields):
    from huoku.server.platform.command import COMMANDS

    return shop.ask(COMMANDS[name], **fields)


def bought(shop, quantity, *, inspect):
    """Bolts that have come to the dock: the order, and the receipt."""
    from huoku.server.purchasing.models import PurchaseLine, PurchaseReceipt

    line = {"item": "BOLT", "qty": quantity, "price": "2", "wanted_on": shop.in_days(5)}
    order = say(shop, "purchasing.add_order", supplier="ACME", location="DOCK", lines=[line])["id"]
    for step in ("approve", "send"):
        say(shop, f"purchasing.{step}", id=order)
    row = PurchaseLine.objects.of(shop.company).get(order=order)
    say(shop, "purchasing.receive", id=order, lines=[{"line": row.pk, "qty": quantity, "inspect": inspect}])
    return order, PurchaseReceipt.objects.of(shop.company).get(line=row)


@pytest.fixture
def store(carrier):
    from huoku.server.partners.commands.partners import add_supplier

    carrier.ask(add_supplier, code="ACME")
    from huoku.server.platform.models import Site

    carrier.place("DOCK", Site.objects.of(carrier.company).get(code="EAST").pk)
    return carrier


def test_what_came_is_inspected_and_then_put_where_it_belongs(store):
    order, receipt = bought(store, "40", inspect=True)
    told = today(store.company)
    number = receipt.line.order.number
    day = f"{store.today():%m-%d}"
    assert told == {
        f"{number}: 1 receipt waits for inspection": (f"Received {day}", f"/office/purchase_orders/{order}/")
    }
    say(store, "purchasing.inspect", id=receipt.pk, accepted="40")
    assert today(store.company) == {}  # it has no other place
    store.receive_at("EAST", store.bolt, 5)
    told = today(store.company)
    place = store.places["DOCK"]
    assert told == {
        "1 new receipt at DOCK belongs elsewhere": (
            f"Received {day}",
            f"/office/balances/?filter%5Blocation_id%5D%5Beq%5D={place}",
        )
    }
    from huoku.server.ledger.models import Balance

    lying = Balance.objects.of(store.company).get(location=place, on_hand__gt=0)
    say(store, "ledger.put_away", id=lying.pk, to_location=store.places["EAST"])
    assert today(store.company) == {}


def test_a_transfer_is_sent_on_its_day_and_received_on_its_day(store):
    store.receive_at("EAST", store.bolt, 50)
    transfer = store.transfer((store_item(store), 10), expected_on=store.today())
    assert today(store.company) == {}  # nobody has approved it
    store.say("approve_transfer", id=transfer)
    number, day = store.row(transfer).number, f"{store.today():%m-%d}"
    address = f"/office/transfers/{transfer}/"
    assert today(store.company) == {f"Transfer {number} is to be sent": (f"To leave {day} for WEST", address)}
    store.say("send_transfer", id=transfer)
    assert today(store.company) == {f"Transfer {number} is to be received": (f"Due {day} from EAST", address)}
    (line,) = store.lines(transfer)
    store.say("receive_transfer", id=transfer, lines=[{"line": line.pk, "qty": 10}])
    assert today(store.company) == {}


def store_item(shop):
    from huoku.server.items.models import Item

    return Item.objects.of(shop.company).get(pk=shop.bolt).code
