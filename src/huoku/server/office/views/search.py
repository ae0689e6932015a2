"""Ctrl-K: whatever has a code, a number or a name, and every page of the menu; Chinese by its pinyin, too."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from unicodedata import normalize

from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.language import Sentence
from huoku.server.ledger.models import Location
from huoku.server.look.speaking import language, named
from huoku.server.office.frame import page, shown
from huoku.server.office.menu import menu
from huoku.server.office.opening import address_of
from huoku.server.office.values import of_the_books
from huoku.server.platform.actor import Actor
from huoku.server.platform.sounds import Sounding, as_typed, sounds_of
from huoku.server.platform.tables.table import TABLES, Table

OF_EACH = 6
"""Rows of a table that are shown; who looks for more types more."""
KNOWN_BY = ("code", "number", "name", "name_en")
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
    sought = normalize("NFKC", request.GET.get("q", "")).strip()[:60]  # an input method left on writes ＰＯ－１
    found = [*_pages(request, actor, sought), *(_rows(actor, sought) if sought else ())]
    return shown(request, actor, "office/found.html", {"found": found, "sought": sought})


def _pages(request: HttpRequest, actor: Actor, sought: str) -> Iterator[Found]:
    lang, typed = language(), as_typed(sought)
    for group in menu(actor, request.path):
        for entry in group.entries:
            words = entry.title.say(lang)
            if _names(entry.title, words, sought.lower()) or (typed and typed in sounds_of(entry.title.zh)):
                yield Found(group.title.say(lang), "", words, entry.address)


def _names(title: Sentence, words: str, sought: str) -> bool:
    """Pages go by their names in either language, whichever somebody reads: half a factory says BOM."""
    return any(sought in each.lower() for each in (words, title.zh, title.en))


def _rows(actor: Actor, sought: str) -> Iterator[Found]:
    lang = language()
    for name in SOUGHT:
        table = TABLES.get(name)
        if table is None or not actor.may(table.read):
            continue
        for row in _matching(actor, table, sought):
            code = getattr(row, "code", "") or getattr(row, "number", "")
            called = named(row, lang) if "name" in table.seen_by(actor) else ""
            if (words := of_the_books(code, lang)) != code:
                code, called = "", words
            yield Found(table.title.say(lang), code, called, address_of(name, row.pk))


def _matching(actor: Actor, table: Table, sought: str) -> list[Any]:
    """Rows that begin with what is sought come before those that only contain it; by what the actor may see of them."""
    fields, seen = {field.name for field in table.model._meta.get_fields()}, table.seen_by(actor)
    columns = [name for name in KNOWN_BY if name in fields and name in seen]
    begins, contains = Q(), Q()
    for column in columns:
        begins |= Q(**{f"{column}__istartswith": sought})
        contains |= Q(**{f"{column}__icontains": sought})
    if "name" in columns and issubclass(table.model, Sounding) and (typed := as_typed(sought)):
        begins |= Q(sound__contains=f" {typed}")
        contains |= Q(sound__contains=typed)
    if table.model is Location:
        contains |= Q(code__in=_places_of_the_books(sought))
    rows = table.rows_for(actor).filter(contains).only(*columns)
    return list(rows.order_by(Case(When(begins, then=0), default=1), columns[0])[:OF_EACH])


def _places_of_the_books(sought: str) -> list[str]:
    """The codes of places that only the books have, by what they are called in the reader's language."""
    lang, codes = language(), [f"~{kind}" for kind in Location.Kind.values]
    return [code for code in codes if sought.lower() in of_the_books(code, lang).lower()]
