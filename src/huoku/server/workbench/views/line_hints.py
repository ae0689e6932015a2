"""What a line of a new order should know while it is written: its price by the terms, and a minimum that it misses."""

from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from huoku.language import Sentence
from huoku.report import numbers
from huoku.server.items.models import Item
from huoku.server.items.rights import READ as READ_ITEMS
from huoku.server.look.speaking import language, named
from huoku.server.office.frame import page
from huoku.server.partners.models import Supplier
from huoku.server.planning.rights import DECIDE, QUOTE
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.exact import plain
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.purchasing.pricing import Terms, terms_of

UNKNOWN = Sentence("没有物料“{item}”。", "There is no item {item}.")
NO_TERMS = Sentence("{name}。这家供应商没有报过它的价。", "{name}. This supplier has no terms for it.")
BELOW = Sentence(
    "{name}。低于起订量：至少订 {least} {unit}，会多 {more}。",
    "{name}. Below the minimum: {least} {unit} at least, {more} more than wanted.",
)
NOT_WHOLE = Sentence(
    "{name}。要整包订：{least} {unit}，会多 {more}。",
    "{name}. In whole packs: {least} {unit}, {more} more than wanted.",
)
ORDER_LEAST = Sentence("订 {least}", "order {least}")
WAYS = Sentence("看不买这么多的办法", "see ways to buy less")
ASK = Sentence("能不能交、要不要加价", "can it be delivered, and at what price")


@require_GET
@page
def of_purchase(request: HttpRequest, actor: Actor) -> HttpResponse:
    """For one item, quantity and supplier: name, price, what is wrong with the quantity, and ways out."""
    item, qty = _asked(request, actor)
    if item is None:
        return _unknown(request)
    told: dict[str, Any] = {"words": named(item, language()), "is_wrong": False, "ways": []}
    supplier = rows_for(actor, Supplier).filter(code=request.GET.get("partner", "").strip()).first()
    if supplier is None or not actor.sees(FieldGroup.SUPPLIER_TERMS):
        return JsonResponse(told)
    day = business_day(actor.company, page_time())
    terms = terms_of(actor.company.pk, [item.pk], day, actor.company.currency, supplier.pk).get(item.pk)
    if not terms:
        return JsonResponse(told | {"words": NO_TERMS.say(language(), name=told["words"]), "is_wrong": True})
    return JsonResponse(told | _by_terms(actor, item, terms[0], qty))


@require_GET
@page
def of_sale(request: HttpRequest, actor: Actor) -> HttpResponse:
    """For one item and quantity: name, list price, and the way to what the order would leave over."""
    item, qty = _asked(request, actor)
    if item is None:
        return _unknown(request)
    told: dict[str, Any] = {"words": named(item, language()), "is_wrong": False, "ways": []}
    if actor.sees(FieldGroup.SALES_PRICE) and item.price_millionths is not None:
        told["price"] = plain(item.price_millionths, 6)
    if qty and actor.may(QUOTE):
        day, partner = business_day(actor.company, page_time()).isoformat(), request.GET.get("partner", "")
        asked = urlencode({"item": item.code, "qty": f"{qty:f}", "due_on": day, "customer": partner})
        told["ways"] = [{"words": ASK.say(language()), "address": f"{reverse('desk_quotation')}?{asked}"}]
    return JsonResponse(told)


def _asked(request: HttpRequest, actor: Actor) -> tuple[Item | None, Decimal | None]:
    """Raises Http404 where the actor reads no items."""
    if not actor.may(READ_ITEMS):
        raise Http404
    item = rows_for(actor, Item).filter(code=request.GET.get("item", "").strip()[:80]).first()
    try:
        qty = Decimal(request.GET.get("qty", "").strip() or "0")
    except InvalidOperation:
        qty = Decimal(0)
    return item, qty if qty.is_finite() and 0 < qty < 10**12 else None


def _unknown(request: HttpRequest) -> HttpResponse:
    words = UNKNOWN.say(language(), item=request.GET.get("item", "")[:80])
    return JsonResponse({"words": words, "is_wrong": True, "ways": []})


def _by_terms(actor: Actor, item: Item, terms: Terms, qty: Decimal | None) -> dict[str, Any]:
    lang, called = language(), named(item, language())
    steps = int((qty or Decimal(0)).scaleb(item.decimals))
    price = terms.price(steps)
    told: dict[str, Any] = {"price": "" if price is None else plain(price, 6)}
    least = terms.at_least(steps) if steps else 0
    if least <= steps:
        return told
    about = {
        "name": called,
        "unit": item.unit,
        "least": numbers.qty(least / 10**item.decimals),
        "more": numbers.qty((least - steps) / 10**item.decimals),
    }
    sentence = BELOW if steps < terms.moq else NOT_WHOLE
    ways = [{"words": ORDER_LEAST.say(lang, **about), "qty": plain(least, item.decimals)}]
    if actor.may(DECIDE):
        ways.append({"words": WAYS.say(lang), "address": reverse("desk_buying")})
    return told | {"words": sentence.say(lang, **about), "is_wrong": True, "ways": ways}
