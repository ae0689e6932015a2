"""What a row refers to is opened from its cell, on pages and in the lines of papers."""

from tests.server.api.conftest import caller_of


def test_a_transfer_opens_its_places_and_the_items_of_its_lines(company):
    call = caller_of(company, "owner")
    milk = call.added("/items", code="MILK", tracking="lot")["id"]
    for code, kind in (("A", "storage"), ("B", "storage"), ("ROAD", "transit")):
        call.added("/locations", code=code, kind=kind)
    transfer = call.added("/transfers", origin="A", target="B", lines=[{"item": "MILK", "qty": "4"}])["id"]
    (place,) = [row["id"] for row in call.rows("/locations?filter[code][eq]=A")]
    item, origin = f'<a href="/desk/item/{milk}">MILK</a>', f'<a href="/office/locations/{place}/">A</a>'
    page = call.client.get(f"/office/transfers/{transfer}/").content.decode()
    assert item in page and origin in page


def test_a_statement_is_printed_for_those_who_settle_it_alone(company):
    """A statement with a customer is no paper of the storekeeper."""
    call, keeper = caller_of(company, "owner"), caller_of(company, "storekeeper")
    call.added("/items", code="SCREW")
    call.added("/customers", code="LI")
    order = {"item": "SCREW", "qty": "1", "due_on": "2099-01-01", "price": "2"}
    call.added("/sales_orders", customer="LI", lines=[order])
    month = call.rows("/sales_orders")[0]["made_at"][:7]
    made = call.added("/customer_statements", customer="LI", month=month)["id"]
    assert call.client.get(f"/office/customer_statements/{made}/print").status_code == 200
    assert keeper.client.get("/office/customer_statements/").status_code == 404
