"""Every screen of the desk: what the menu leads to, one row of each list with its forms and its paper, and the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Screen:
    """``address`` of a page, and what it is called in pictures and findings."""

    name: str
    address: str


OF_A_ROW = {
    "purchase": ("/desk/buying/{}", "proposals", {"filter[state][in]": "proposed", "filter[kind][in]": "buy"}),
    "pegging-of": ("/desk/pegging/{}", "sales_lines", {"sort": "due_on"}),
    "item": ("/desk/item/{}", "items", {"filter[kind][in]": "buy"}),
    "item-made": ("/desk/item/{}", "items", {"filter[kind][in]": "make"}),
    "bill": ("/desk/bill/{}", "items", {"filter[kind][in]": "make"}),
    "revising": ("/desk/bill/{}/revising", "items", {"filter[kind][in]": "make"}),
    "replacing": ("/desk/bill/{}/replacing", "items", {"filter[kind][in]": "buy"}),
    "calendar-of": ("/desk/calendar?month=2026-12&resource={}", "resources", {}),
    "resource": ("/desk/resource/{}", "resources", {}),
    "supplier": ("/desk/supplier/{}", "suppliers", {}),
    "customer": ("/desk/customer/{}", "customers", {}),
    "count": ("/shop/counting/{}", "count_tasks", {"filter[is_open][eq]": "true"}),
    "deliverable": ("/shop/deliverable/{}", "sales_orders", {}),
    "kit": ("/shop/kitting/{}", "work_orders", {}),
    "walk": ("/shop/picking/{}", "pick_lists", {}),
    "operation": ("/shop/work/{}", "work_operations", {}),
    "print-sales-order": ("/office/sales_orders/{}/print", "sales_orders", {}),
    "print-purchase-order": ("/office/purchase_orders/{}/print", "purchase_orders", {}),
    "print-pick-list": ("/office/pick_lists/{}/print", "pick_lists", {}),
    "labels": ("/office/lots/labels?id={}", "lots", {}),
    "cards": ("/shop/work/cards?id={}", "work_operations", {}),
}
"""Screens about one row: address, table, and what the row is to be like."""
OWN = {
    "account": "/account/",
    "password": "/account/password/change/",
    "second-factor": "/account/2fa/",
    "recovery-codes": "/account/2fa/recovery-codes/",
    "sessions": "/account/sessions/",
    "people": "/account/people/",
    "tokens": "/account/tokens/",
    "not-there": "/office/items/999999/",
}
"""Pages of one's own account, and that of something that is not there."""


def found(page: Any, desk: str) -> Iterator[Screen]:
    """The screens that whoever is signed in on ``page`` has, each once."""
    page.goto(f"{desk}/")
    links = page.eval_on_selector_all("nav.rail a.go", "all => all.map(each => each.getAttribute('href'))")
    for address in links:
        yield Screen(_called(address), address)
    for address in links:
        if address.startswith("/office/"):
            yield from _of_the_list(page, desk, address.split("/")[2])
    for name, (address, table, query) in OF_A_ROW.items():
        if (row := first_row(page, desk, table, query)) is not None:
            yield Screen(name, address.format(row))
    for name, address in OWN.items():
        yield Screen(name, address)


def _of_the_list(page: Any, desk: str, table: str) -> Iterator[Screen]:
    """A row of the list, and the form for a new one."""
    if (row := first_row(page, desk, table, {})) is not None:
        yield Screen(f"{table}-row", f"/office/{table}/{row}/")
    if page.request.get(f"{desk}/office/{table}/new").ok:
        yield Screen(f"{table}-new", f"/office/{table}/new")


def first_row(page: Any, desk: str, table: str, query: dict[str, str]) -> object:
    """The id of the first row of a table, or None where there is none."""
    answer = page.request.get(f"{desk}/api/v1/DEMO/{table}?{urlencode({'limit': 1, **query})}")
    assert answer.ok, (table, query, answer.text())
    rows = answer.json()["rows"]
    return rows[0]["id"] if rows else None


def _called(address: str) -> str:
    return address.strip("/").removeprefix("office/").replace("/", "-") or "today"
