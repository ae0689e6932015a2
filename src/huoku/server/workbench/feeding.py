"""For whom a purchase is: the customers' orders that it goes into, as a sentence with links."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from huoku.report import numbers
from huoku.server.documents.papers import papers
from huoku.server.look.speaking import language, named
from huoku.server.planning.files import pegs_of
from huoku.server.planning.models import Proposal
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.sales.models import SalesLine

MOST = 3
"""So many orders are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Fed:
    """One order: its number, what of it is meant, the page that shows how it is fed ("" where it is no sales order)."""

    number: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Feeds:
    orders: Sequence[Fed]
    others: int


def fed_by(actor: Actor, row: Proposal) -> Feeds:
    """Those that take most of it first. Customers are named to those who may know them."""
    demands = pegs_of(row.run, [row.order])["demand"].to_list()
    shown = demands[:MOST]
    lines = _lines(actor, [line for name in shown if (line := SalesLine.id_of(name))])
    others = [name for name in shown if name not in lines]
    called = papers(actor, others) if others else {}
    orders = [_of_line(actor, lines[name]) if name in lines else Fed(called[name].number, "", "") for name in shown]
    return Feeds(orders, len(demands) - len(shown))


def _lines(actor: Actor, ids: Sequence[int]) -> dict[str, SalesLine]:
    rows = rows_for(actor, SalesLine).filter(pk__in=ids).select_related("order__customer", "item")
    return {line.demand: line for line in rows}


def _of_line(actor: Actor, line: SalesLine) -> Fed:
    lang, qty = language(), numbers.qty(line.qty_steps / 10**line.item.decimals)
    who = named(line.order.customer, lang) if actor.sees(FieldGroup.CUSTOMER_IDENTITY) else ""
    words = " ".join(each for each in (who, named(line.item, lang) or line.item.code, qty, line.item.unit) if each)
    return Fed(line.order.number, words, reverse("desk_pegging_of", args=(line.pk,)))
