"""What somebody may not see is in nothing that he is sent: not in a page, not in the rows that it loads, not in what a
search finds, not in a file."""

from datetime import date, timedelta

import pytest
from tests.browser.people import MAIN

pytestmark = pytest.mark.slow
EVERYBODY = {"boss", "sales", "planner", "buyer", "storekeeper", "production_lead", "finance", "engineer", "admin"}
COST, TERMS, PRICE, CUSTOMER = "3.1719", "7.7731", "91.3377", "Quill Lanterns"
"""A cost, what a supplier asks, what a customer pays, and who he is: none of them stands anywhere else."""
MAY_KNOW = {
    COST: {"boss", "finance", "buyer", "planner"},
    TERMS: {"boss", "finance", "buyer", "planner"},
    PRICE: {"boss", "finance", "sales"},
    CUSTOMER: {"boss", "finance", "sales", "planner"},
}
MAY_OPEN = {
    "/desk/buying": {"boss", "planner", "buyer"},
    "/desk/case": {"boss", "planner", "buyer", "finance"},
    "/desk/what-if": {"boss", "planner", "buyer", "production_lead"},
    "/desk/quotation": {"boss", "sales", "planner", "production_lead"},
    "/office/audit_entries/": {"boss"},
    "/account/people/": {"boss", "admin"},
    "/office/customer_statements/": {"boss", "finance", "sales"},
    "/office/supplier_statements/": {"boss", "finance", "buyer"},
    "/office/valuations/": {"boss", "finance"},
}
"""Pages that are not for everybody."""
IN_A_BROWSER = ("/office/items/?sort=-id", "/office/purchase_orders/?sort=-id", "/office/sales_orders/?sort=-id")
"""Lists whose rows come by a script, looked at as people do."""
SOON = date.today() + timedelta(days=80)


@pytest.fixture
def secrets(enter):
    """Where the four stand: addresses of pages, rows and files."""
    boss = enter("boss", "en")
    code = "QUIET-1"
    if not boss.rows("items", **{"filter[code][eq]": code}):
        boss.makes("items", code=code, unit_cost=COST)
        boss.goes("/office/customers/new").fills(code="QUILL", name=CUSTOMER).presses(MAIN)
        supplier = boss.rows("suppliers", limit=1)[0]["code"]
        line = {"lines_0_item": code, "lines_0_qty": 3}
        boss.makes(
            *("purchase_orders",),
            **{"supplier": supplier, "location": "MAIN", **line, "lines_0_price": TERMS, "lines_0_wanted_on": SOON},
        )
        boss.makes("sales_orders", customer="QUILL", **line, lines_0_due_on=SOON, lines_0_price=PRICE)
    (item,) = boss.rows("items", **{"filter[code][eq]": code})
    (bought,) = boss.rows("purchase_lines", **{"filter[item][eq]": code})
    (sold,) = boss.rows("sales_lines", **{"filter[item][eq]": code})
    (customer,) = boss.rows("customers", **{"filter[code][eq]": "QUILL"})
    pages = [
        *(f"/desk/item/{item['id']}", f"/desk/customer/{customer['id']}", f"/desk/pegging/{sold['id']}"),
        *(f"/office/items/{item['id']}/", f"/office/customers/{customer['id']}/"),
        *(f"/office/purchase_orders/{bought['order_id']}/{end}" for end in ("", "print", "drawer")),
        *(f"/office/sales_orders/{sold['order_id']}/{end}" for end in ("", "print", "drawer")),
        *(f"/search?q={asked}" for asked in ("QUILL", "Quill", code)),
    ]
    tables = ("items", "customers", "purchase_orders", "purchase_lines", "sales_orders", "sales_lines", "audit_entries")
    for table in tables:
        pages += [f"/office/{table}/?sort=-id", f"/office/{table}/rows?sort=-id", f"/api/v1/DEMO/{table}?sort=-id"]
    pages += [f"/office/{table}/?as=csv&sort=-id" for table in ("items", "purchase_lines", "sales_lines", "customers")]
    return pages


def loaded(person, pages):
    """What stands in these pages, and in what their scripts ask for, that the person may not know: where, and what."""
    asked = set()
    person.page.on("request", lambda sent: asked.add(sent.url) if sent.method == "GET" else None)
    for address in pages:
        person.goes(address).page.locator(".tabulator-row").first.wait_for()
        yield from secrets_in(person, address, person.page.content())
    for url in sorted(each for each in asked if "/static/" not in each and each.startswith(person.desk)):
        yield from secrets_in(person, url, person.page.request.get(url).text())


def secrets_in(person, address, text):
    return [(address, secret) for secret, those in MAY_KNOW.items() if secret in text and person.login not in those]


def test_nobody_is_sent_what_he_may_not_know(enter, secrets):
    opened = {address: set() for address in MAY_OPEN}
    told, known = [], {secret: set() for secret in MAY_KNOW}
    for login in sorted(EVERYBODY):
        person = enter(login, "en")
        menu = person.page.eval_on_selector_all("nav.rail a.go", "all => all.map(each => each.getAttribute('href'))")
        for address in [*menu, *secrets]:
            answer = person.page.request.get(f"{person.desk}{address}")
            assert answer.status in (200, 403, 404), (login, address, answer.status)
            assert answer.ok or address not in menu, (login, address)
            text = answer.text()
            for secret, those in MAY_KNOW.items():
                if secret in text:
                    known[secret].add(login)
                    told += [(login, address, secret)] if login not in those else []
        told += [(login, *seen) for seen in loaded(person, [page for page in secrets if page.endswith(IN_A_BROWSER)])]
        for address in MAY_OPEN:
            if person.may_open(address):
                opened[address].add(login)
    assert told == []
    assert known == MAY_KNOW, "whoever may know it finds it"
    assert opened == MAY_OPEN
