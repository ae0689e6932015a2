"""What an order would do, before its price is given: the day, the waste that it leaves, what to tell the customer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST
from pydantic import ValidationError

from huoku.errors import HuokuError
from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.buttons import back, done
from huoku.server.office.frame import page, shown
from huoku.server.office.views.doing import error_of
from huoku.server.partners.models import Customer
from huoku.server.planning.commands.offers import keep_offer
from huoku.server.planning.rights import QUOTE
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.workbench.quote_told import (
    FIELDS,
    Known,
    answer_facts,
    choices,
    delivery_facts,
    known_of,
    quantity_facts,
    word_facts,
)

OTHER_CURRENCY = Sentence(
    "这位客户用 {currency} 结算，这里的单价不是；请清空单价，留下后在订单上填。",
    "This customer is billed in {currency}, and the price here is not: clear it, and enter it on the order.",
)


@require_GET
@page
def quotation(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The question, and where one is asked the day that there is. What the order would leave over the page asks for
    when it is open; with ``?whole=1`` that and other quantities are there at once."""
    actor.must(QUOTE)
    facts: dict[str, Any] = {
        "asked": {name: request.GET.get(name, "") for name in FIELDS},
        "run": last_run(actor),
        "today": business_day(actor.company, page_time()),
        "choices": choices(actor),
        "query": request.GET.urlencode(),
    }
    if not facts["run"] or "item" not in request.GET:
        return shown(request, actor, "workbench/quotation.html", facts)
    try:
        known = known_of(request.GET.dict(), actor, facts["run"])
        facts |= delivery_facts(actor, known)
        if "whole" in request.GET:
            facts |= answer_facts(actor, known) | quantity_facts(actor, known)
    except ValidationError as fault:
        facts["errors"] = [error_of(each) for each in fault.errors()]
    except HuokuError as fault:
        facts["errors"] = [fault.say(language())]
    return shown(request, actor, "workbench/quotation.html", facts, status=422 if "errors" in facts else 200)


@require_GET
@page
def offered(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The day and what the order would leave over alone, for the page that is open already."""
    return _further(request, actor, "workbench/offered.html", answer_facts)


@require_GET
@page
def words(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is told the customer, to be copied and kept, before other quantities are worked out."""
    return _further(
        request, actor, "workbench/words.html", lambda who, what: answer_facts(who, what) | word_facts(who, what, ())
    )


@require_GET
@page
def quantities(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Other quantities alone, and what they add to the words, for the page that is open already."""
    return _further(
        request,
        actor,
        "workbench/quantities.html",
        lambda *of: answer_facts(*of) | quantity_facts(*of) | {"is_apart": True},
    )


def _further(
    request: HttpRequest, actor: Actor, template: str, facts: Callable[[Actor, Known], dict[str, Any]]
) -> HttpResponse:
    actor.must(QUOTE)
    run = last_run(actor)
    if run is None:
        raise Http404
    try:
        known = known_of(request.GET.dict(), actor, run)
        told = {"query": request.GET.urlencode(), **delivery_facts(actor, known), **facts(actor, known)}
    except (ValidationError, HuokuError):
        raise Http404 from None
    return shown(request, actor, template, told)


@require_POST
@page
def keep(request: HttpRequest, actor: Actor) -> HttpResponse:
    """As an inquiry, or with a hold; then to the order."""
    names = ("customer", "item", "qty", "due_on", "site", "price", "note")
    asked: dict[str, Any] = {name: request.POST[name] for name in names if request.POST.get(name, "").strip()}
    customer = rows_for(actor, Customer).filter(code=asked.get("customer", "")).first()
    if customer and customer.currency != actor.company.currency and "price" in asked:
        messages.error(request, OTHER_CURRENCY.say(language(), currency=customer.currency))
        return back(request, "desk_quotation")
    is_held = request.POST.get("how") == "hold"
    hours = {"hours": request.POST["hours"]} if is_held and request.POST.get("hours", "").strip() else {}
    told = done(request, actor, keep_offer, asked | {"is_held": is_held} | hours, "keep")
    return redirect("office_row", "sales_orders", str(told["id"])) if told else back(request, "desk_quotation")
