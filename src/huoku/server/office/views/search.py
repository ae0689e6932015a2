"""Ctrl-K: whatever has a code, a number or a name, and every page of the menu."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.office.menu import menu
from huoku.server.office.opening import address_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.table import TABLES, Table

OF_EACH = 6
"""Rows of a table that are shown; who looks for more types more."""
KNOWN_BY = ("code", "number", "name")
SOUGHT = ("items", "sales_orders", "purchase_orders", "work_orders", "customers", "suppliers", "shipments", "locations")
"""Tables that are searched, in the order in which they are shown."""


class Found(NamedTuple):
    kind: str
    code: str
    name: str
    address: str


@require_GET
@page
def search(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A piece of a page: what was found, best first."""
    sought = request.GET.get("q", "").strip()[:60]
    found = [*_pages(request, actor, sought), *(_rows(actor, sought) if sought else ())]
    return shown(request, actor, "office/found.html", {"found": found, "sought": sought})


def _pages(request: HttpRequest, actor: Actor, sought: str) -> Iterator[Found]:
    lang = language()
    for group in menu(actor, request.path):
        for entry in group.entries:
            words = entry.title.say(lang)
            if sought.lower() in words.lower():
                yield Found(group.title.say(lang), "", words, entry.address)


def _rows(actor: Actor, sought: str) -> Iterator[Found]:
    lang = language()
    for name in SOUGHT:
        table = TABLES.get(name)
        if table is None or not actor.may(table.read):
            continue
        for row in _matching(actor, table, sought):
            code = row.get("code") or row.get("number") or ""
            yield Found(table.title.say(lang), code, row.get("name", ""), address_of(name, row["pk"]))


def _matching(actor: Actor, table: Table, sought: str) -> list[dict[str, str]]:
    """Rows that begin with what is sought come before those that only contain it."""
    columns = [name for name in KNOWN_BY if name in {field.name for field in table.model._meta.get_fields()}]
    begins, contains = Q(), Q()
    for column in columns:
        begins |= Q(**{f"{column}__istartswith": sought})
        contains |= Q(**{f"{column}__icontains": sought})
    rows = table.rows_for(actor).order_by(columns[0]).values("pk", *columns)
    first = list(rows.filter(begins)[:OF_EACH])
    if len(first) < OF_EACH:
        first += list(rows.filter(contains).exclude(pk__in=[row["pk"] for row in first])[: OF_EACH - len(first)])
    return first
