"""Every screen of the desk: what the menu leads to, one row of each list with its forms and its paper, and the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class Screen:
    """``address`` of a page, and what it is called in pictures and findings."""

    name: str
    address: str


OPEN = {"filter[state][in]": "open"}
BOUGHT, MADE = {"filter[kind][in]": "buy"}, {"filter[kind][in]": "make"}
LAST_DUE = {"sort": "-due_on"}
OF_A_ROW = {
    "purchase": ("/desk/buying?view=all&open={id}", "proposals", {**OPEN, **BOUGHT}),
    "excess-card": ("/desk/buying/{id}/card", "proposals", {**OPEN, **BOUGHT}),
    "quotation-of": ("/desk/quotation?item={item}&qty=150&due_on={due_on}", "sales_lines", LAST_DUE),
    "item": ("/desk/item/{id}", "items", BOUGHT),
    "item-made": ("/desk/item/{id}", "items", MADE),
    "bill": ("/desk/bill/{id}", "items", MADE),
    "revising": ("/desk/bill/{id}/revising", "items", MADE),
    "replacing": ("/desk/bill/{id}/replacing", "items", BOUGHT),
    "trial": ("/desk/what-if/{id}", "plan_runs", {"filter[kind][in]": "trial"}),
    "ship": ("/office/sales_orders/{id}/do/ship", "sales_orders", {"filter[state][in]": "confirmed"}),
    "calendar-of": ("/desk/calendar?month=2026-12&resource={id}", "resources", {}),
    "place": ("/desk/places/{id}", "locations", {"filter[kind][in]": "storage"}),
    "resource": ("/desk/resource/{id}", "resources", {}),
    "shortage": ("/desk/shortage/{id}", "shortages", {}),
    "supplier": ("/desk/supplier/{id}", "suppliers", {}),
    "customer": ("/desk/customer/{id}", "customers", {}),
    "count": ("/shop/counting/{id}", "count_tasks", {"filter[is_open][eq]": "true"}),
    "deliverable": ("/shop/deliverable/{id}", "sales_orders", {}),
    "kit": ("/shop/kitting/{id}", "work_orders", {}),
    "walk": ("/shop/picking/{id}", "pick_lists", {"sort": "-id"}),
    "operation": ("/shop/work/{id}", "work_operations", {}),
    "print-sales-order": ("/office/sales_orders/{id}/print", "sales_orders", {}),
    "print-purchase-order": ("/office/purchase_orders/{id}/print", "purchase_orders", {}),
    "print-pick-list": ("/office/pick_lists/{id}/print", "pick_lists", {}),
    "print-items": ("/office/items/?as=paper", "items", {}),
    "labels": ("/office/lots/labels?id={id}", "lots", {}),
    "cards": ("/shop/work/cards?id={id}", "work_operations", {}),
}
"""Screens about one row: address, table, and what the row is to be like."""
OF_A_LINK = {
    "pegging-of": ("/desk/pegging?view=all", "tbody a.code"),
    "purchase-of-much": ("/desk/buying?view=high", "#chosen td.frozen a.code"),
}
"""Screens that the first link of another one leads to: that screen, and the link."""
OWN = {
    "case": "/desk/case",
    "stand-up": "/desk/stand-up",
    "account": "/account/",
    "password": "/account/password/change/",
    "second-factor": "/account/2fa/",
    "recovery-codes": "/account/2fa/recovery-codes/",
    "sessions": "/account/sessions/",
    "people": "/account/people/",
    "tokens": "/account/tokens/",
    "sign-out": "/account/logout/",
    "leave-demo": "/start/demo/end",
    "not-there": "/office/items/999999/",
}
"""Pages of no row, those of one's own account, and that of something that is not there."""
OF_OTHERS = {
    "wang": {
        "first-start": "/",
        "empty-list": "/office/items/",
        "empty-buying": "/desk/buying",
        "empty-kitting": "/shop/kitting",
    },
    "sales": {"sales-today": "/", "refused": "/account/people/"},
    "storekeeper": {"storekeeper-today": "/", "storekeeper-picking": "/shop/picking"},
}
"""By login, screens that the boss does not have, or has otherwise: an empty company, what a role may not."""
OUTSIDE = {"login": "/account/login/", "lost-password": "/account/password/reset/"}
"""Pages of whoever has not signed in."""


def found(page: Any, desk: str) -> Iterator[Screen]:
    """The screens that whoever is signed in on ``page`` has, each once."""
    page.goto(f"{desk}/")
    links = page.eval_on_selector_all("nav.rail a.go", "all => all.map(each => each.getAttribute('href'))")
    for address in links:
        yield Screen(called(address), address)
    for address in links:
        if address.startswith("/office/"):
            yield from _of_the_list(page, desk, address.split("/")[2])
    for name, (address, table, query) in OF_A_ROW.items():
        if (row := first_row(page, desk, table, query)) is not None:
            yield Screen(name, address.format(**{field: quote(str(value)) for field, value in row.items()}))
    for name, (address, link) in OF_A_LINK.items():
        page.goto(f"{desk}{address}")
        if page.locator(link).count():
            yield Screen(name, str(page.locator(link).first.evaluate("link => link.pathname + link.search")))
    for name, address in OWN.items():
        yield Screen(name, address)


def of_others(login: str) -> Iterator[Screen]:
    """The screens of somebody else; of nobody who has signed in where ``login`` is empty."""
    for name, address in (OF_OTHERS[login] if login else OUTSIDE).items():
        yield Screen(name, address)


def _of_the_list(page: Any, desk: str, table: str) -> Iterator[Screen]:
    """A row of the list, and the form for a new one."""
    if (row := first_row(page, desk, table, {})) is not None:
        yield Screen(f"{table}-row", f"/office/{table}/{row['id']}/")
    if page.request.get(f"{desk}/office/{table}/new").ok:
        yield Screen(f"{table}-new", f"/office/{table}/new")


def first_row(page: Any, desk: str, table: str, query: dict[str, str]) -> dict[str, Any] | None:
    """The first row of a table, or None where there is none."""
    answer = page.request.get(f"{desk}/api/v1/DEMO/{table}?{urlencode({'limit': 1, **query})}")
    assert answer.ok, (table, query, answer.text())
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows[0] if rows else None


def called(address: str) -> str:
    """The name of a screen that the menu leads to."""
    return address.strip("/").removeprefix("office/").replace("/", "-") or "today"
