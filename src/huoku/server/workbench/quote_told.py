"""What a quotation's page tells of an order that is asked about: its day, the waste that it leaves, other quantities,
and the words for the customer; each worked out only where the page asks for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db.models import Max
from django.http import Http404

from huoku.plan.offer import Point
from huoku.plan.quote.accepting import Pushed
from huoku.plan.quote.missing import Missing
from huoku.report.offering import plot_offer, said_inside, said_to_customer, small_from_words
from huoku.server.documents.papers import papers
from huoku.server.items.models import Item
from huoku.server.look.speaking import language, named
from huoku.server.partners.models import Customer
from huoku.server.planning.models import PlanRun
from huoku.server.planning.offering import Question, curve, delivery, offered
from huoku.server.planning.reading.columns import place
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.exact import Positive
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Site
from huoku.server.platform.requests import Asked, Code, DueDay
from huoku.server.platform.roles import FieldGroup
from huoku.server.sales.models import SalesLine
from huoku.server.sales.rights import SELL
from huoku.server.workbench.costing import material_costs
from huoku.server.workbench.promises_possible import Promise, after_all, at_once, held_up_by, said_first

MILLION = 10**6
MOST_CHOICES = 200
HOLD_HOURS = (24, 48, 72, 168)
"""For how long goods may be held while a customer thinks."""
FIELDS = ("item", "qty", "due_on", "site", "customer")


class AskOffer(Asked):
    """What a caller asks for."""

    item: Code
    qty: Positive
    due_on: DueDay
    site: Code | None = None
    customer: Code | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A question that makes sense, with the plan that answers it."""

    run: PlanRun
    item: Item
    question: Question
    customer: str


def known_of(given: Mapping[str, str], actor: Actor, run: PlanRun) -> Known:
    """Raises ValidationError for what is no question, Http404 for an item that the actor does not see."""
    asked = AskOffer.model_validate({name: given[name] for name in FIELDS if given.get(name, "").strip()})
    item = rows_for(actor, Item).filter(code=asked.item).first()
    if item is None:
        raise Http404
    question = Question(item.code, asked.qty, item.decimals, asked.due_on, place(asked.site))
    return Known(run, item, question, asked.customer or "")


def delivery_facts(actor: Actor, known: Known) -> dict[str, Any]:
    """What the plan knows without being worked out again."""
    told = delivery(known.run, known.question, language())
    return {
        "known": known,
        "quote": told.quote,
        "parts": told.parts,
        "missing": [(each.level - min(lack.level for lack in told.missing), each) for each in told.missing],
        "called": _called(actor, told.missing),
        "level": "R" if told.quote.date is None else "O" if told.quote.late_days else "G",
        "said": said_first(told.quote, business_day(actor.company, page_time()), language()),
        "promises": _shown(actor, known, at_once(told.quote, None), None),
        "blocks": held_up_by(told.missing),
        "sees_terms": actor.sees(FieldGroup.SUPPLIER_TERMS),
        "currency": actor.company.currency,
        "list_price": _list_price(actor, known.item),
        "today": business_day(actor.company, page_time()),
    }


def answer_facts(actor: Actor, known: Known) -> dict[str, Any]:
    """What the order would leave over, and its price with that on top."""
    lang, currency = language(), actor.company.currency
    of, listed = offered(known.run, known.question, lang), _list_price(actor, known.item)
    rows = [(row, row.cost / float(known.question.qty)) for row in of.wastes or ()]
    return {
        "answer": of,
        "promises": _shown(actor, known, at_once(of.quote, of), listed),
        "wastes": [each for each in rows if round(each[1], 2)],
        "without_waste": [each for each in rows if not round(each[1], 2)],
        "verdict": list(said_inside(of, currency, lang)),
        "sees_costs": actor.sees(FieldGroup.COST),
        "price": None if listed is None else listed + round(of.each, 2),
        "charge": of.each * float(of.qty),
    }


@dataclass(frozen=True, slots=True)
class Card:
    """A promise with its price, waste included, what is left of the list price after material and waste, and the papers
    that become later, by the numbers that people know; None where this is not known, or not to this reader."""

    promise: Promise
    price: float | None
    margin: float | None
    pushed: Sequence[tuple[str, Pushed]]


def _shown(actor: Actor, known: Known, promises: Iterable[Promise], listed: float | None) -> list[Card]:
    cost = _material(actor, known) if listed is not None and actor.sees(FieldGroup.COST) else None
    return [_card(actor, each, listed, cost) for each in promises]


def _card(actor: Actor, promise: Promise, listed: float | None, cost: float | None) -> Card:
    price = margin = None
    if listed is not None and promise.each is not None:
        price = listed + round(promise.each, 2)
        margin = None if cost is None else listed - cost - promise.each
    known = papers(actor, {row.demand for row in promise.pushed}) if promise.pushed else {}
    pushed = [(known[row.demand].number if row.demand in known else row.demand, row) for row in promise.pushed]
    return Card(promise, price, margin, pushed)


def _called(actor: Actor, missing: Sequence[Missing]) -> dict[str, str]:
    """What is short, by its name in the reader's language."""
    items = Item.objects.of(actor.company).filter(code__in={each.item for each in missing}) if missing else ()
    return {item.code: named(item, language()) for item in items}


def _material(actor: Actor, known: Known) -> float | None:
    """What the material of one piece costs, where that is known."""
    item = known.item.pk
    cost = material_costs(actor.company, [item], business_day(actor.company, page_time()))[item]
    return None if cost is None else float(cost)


def _list_price(actor: Actor, item: Item) -> float | None:
    if not actor.sees(FieldGroup.SALES_PRICE) or item.price_millionths is None:
        return None
    return item.price_millionths / MILLION


def quantity_facts(actor: Actor, known: Known) -> dict[str, Any]:
    """What other quantities come to, and what is told the customer, who hears of them too."""
    lang, currency = language(), actor.company.currency
    of, points = offered(known.run, known.question, lang), curve(known.run, known.question, lang)
    unit = of.quote.unit
    return {
        **word_facts(actor, known, points),
        "points": points,
        "small_from": small_from_words(points, unit, lang) if points else "",
        "chart": plot_offer(points, of.qty, unit, currency, lang) if len(points) > 1 else None,
    }


def word_facts(actor: Actor, known: Known, points: Sequence[Point]) -> dict[str, Any]:
    """The words for each promise, and what keeping one of them needs. Without ``points`` nothing takes long."""
    lang, currency = language(), actor.company.currency
    of = offered(known.run, known.question, lang)
    promises = list(at_once(of.quote, of))
    further = list(after_all(delivery(known.run, known.question, lang).quote, of, points)) if points else []
    texts = {
        each.name: "\n".join(
            said_to_customer(of, points, currency, lang, batches=each.batches, point=_point(points, each))
        )
        for each in (*promises, *further)
    }
    best = next((texts[each.name] for each in promises if each.is_best), None)
    return {
        "further": _shown(actor, known, further, _list_price(actor, known.item)),
        "first_key": len(promises) + 1,
        "texts": texts,
        "to_customer": "\n".join(said_to_customer(of, points, currency, lang)) if best is None else best,
        "hold_hours": HOLD_HOURS,
        "may_sell": actor.may(SELL),
        "key": uuid4().hex,
        "choices": choices(actor),
        "delivery": of.quote.date or known.question.on,
    }


def _point(points: Sequence[Point], promise: Promise) -> Point | None:
    """The quantity of a promise, where it is another than was asked for."""
    return next((each for each in points if float(each.qty) == promise.qty), None)


def choices(actor: Actor) -> dict[str, Any]:
    """What the fields offer: the items that were ordered last, customers, sites."""
    lines = SalesLine.objects.of(actor.company).values("item").annotate(last=Max("pk"))
    last = [line["item"] for line in lines.order_by("-last")[:MOST_CHOICES]]
    items = Item.objects.of(actor.company).in_bulk(last)
    return {
        "items": [items[each] for each in last],
        "customers": rows_for(actor, Customer).order_by("name")[:MOST_CHOICES] if knows_customers(actor) else (),
        "sites": list(Site.objects.of(actor.company).order_by("code")),
    }


def knows_customers(actor: Actor) -> bool:
    return actor.sees(FieldGroup.CUSTOMER_IDENTITY)
