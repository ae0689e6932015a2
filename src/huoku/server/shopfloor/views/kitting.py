"""Kitting: of all open orders, and of one with its components."""

from collections.abc import Sequence
from typing import Any, get_args

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from huoku.server.documents.course import course_of
from huoku.server.documents.papers import papers
from huoku.server.look.speaking import language
from huoku.server.office.buttons import done
from huoku.server.office.frame import page
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Site
from huoku.server.production.kits import Choice, Kit, KitLine, Kitting, chosen
from huoku.server.production.models import WorkOrder
from huoku.server.production.models.orders import ledger_name
from huoku.server.production.queries.kitting import kitting
from huoku.server.production.queries.to_kit import Service, open_count
from huoku.server.production.rights import ISSUE, PLAN, READ, RELEASE
from huoku.server.production.states import UNDER_WAY
from huoku.server.purchasing.commands.requests import add_request
from huoku.server.purchasing.models import PurchaseRequest
from huoku.server.purchasing.rights import REQUEST
from huoku.server.shopfloor.asking import choice_asked, service_asked
from huoku.server.shopfloor.frame import OF_A_PAGE, show
from huoku.server.shopfloor.reasons import one_kit
from huoku.server.shopfloor.words import WORDS


@require_GET
@page
def every(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All open orders in the order in which they are served, as far as they are asked for."""
    actor.must(READ)
    lang = language()
    told, kits, part = _of_page(request, actor)
    facts = {
        "told": told,
        "part": part,
        "kits": [(kit, course_of(WorkOrder).states[kit.state].say(lang)) for kit in kits],
        "services": [(name, WORDS[name].say(lang)) for name in get_args(Service)],
        "sites": _sites(actor),
        **_asked(request),
        "may_release": actor.may(RELEASE),
        "may_plan": actor.may(PLAN),
    }
    return show(request, actor, "kitting", facts)


@require_GET
@page
def figures(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What all of them come to, for the page that is open already."""
    actor.must(READ)
    told = chosen(kitting(actor, service_asked(request.GET)), choice_asked(request.GET))
    return show(request, actor, "kitting_figures", {"told": told, **_asked(request)})


def _asked(request: HttpRequest) -> dict[str, Any]:
    choice = choice_asked(request.GET)
    days = {"from": choice.start_from, "until": choice.start_until}
    asked = {"site": choice.site, **days, "only": request.GET.get("only", "")}
    return {"service": service_asked(request.GET), "asked": asked}


def _of_page(request: HttpRequest, actor: Actor) -> tuple[Kitting | None, Sequence[Kit], Page[Any]]:
    """All that are asked for, those that the page lists, and which part of all these are. Of a long list those behind
    the page are not worked out for its rows: they take nothing from them. What all come to follows then (None)."""
    service, choice, wanted = service_asked(request.GET), choice_asked(request.GET), request.GET.get("page")
    only = request.GET.get("only", "")
    part: Page[Any]
    if choice == Choice() and not only and "whole" not in request.GET:
        part = Paginator(range(open_count(actor)), OF_A_PAGE).get_page(wanted)
        if part.has_other_pages():
            told = kitting(actor, service, first=part.end_index())
            kits = told.kits[part.start_index() - 1 :]
            told.look_at(kits)
            return None, kits, part
    told = chosen(kitting(actor, service), choice)
    of_these = [kit for kit in told.kits if only in ("", "complete" if kit.is_complete else "incomplete")]
    part = Paginator(of_these, OF_A_PAGE).get_page(wanted)
    told.look_at(part)
    return told, list(part), part


def _sites(actor: Actor) -> Sequence[str]:
    """The codes of the sites where the actor works."""
    rows = Site.objects.of(actor.company).filter(is_active=True).order_by("code")
    return [row.code for row in rows if actor.works_at(row.pk)]


@require_GET
@page
def one(request: HttpRequest, actor: Actor, order_id: int) -> HttpResponse:
    """One order, served among all others, or (``alone``) as if it were the only one."""
    actor.must(READ)
    service, is_alone = service_asked(request.GET), request.GET.get("service") == "alone"
    kit = one_kit(actor, order_id, request.GET)
    lang, demand = language(), ledger_name(order_id)
    requested = _requested(actor, demand)
    arrivals = {each.name for line in kit.lines for each in (*line.arriving, *line.late)}
    facts = {
        "kit": kit,
        "main": _main(actor, kit),
        "state": course_of(WorkOrder).states[kit.state].say(lang),
        "lines": [(line, requested.get(line.item_id, 0)) for line in kit.lines],
        "papers": papers(actor, {*arrivals, *(name for line in kit.lines for name in line.others)}),
        "service": "alone" if is_alone else service,
        "services": [(name, WORDS[name].say(lang)) for name in (*get_args(Service), "alone")],
        "may_release": actor.may(RELEASE) and kit.state == "planned",
        "may_reserve": actor.may(RELEASE) and kit.state in UNDER_WAY,
        "may_pick": actor.may(ISSUE) and kit.state in UNDER_WAY,
        "may_plan": actor.may(PLAN),
        "asks": _asks(kit, requested) if actor.may(REQUEST) else [],
    }
    return show(request, actor, "kit", facts)


def _main(actor: Actor, kit: Kit) -> str:
    """The one thing that leads on: release it, or fetch what is here."""
    if kit.state == "planned":
        return "release" if actor.may(RELEASE) else ""
    can_be_fetched = any(line.on_hand for line in kit.lines)
    return "pick" if kit.state in UNDER_WAY and can_be_fetched and actor.may(ISSUE) else ""


def _requested(actor: Actor, demand: str) -> dict[int, int]:
    """Steps by item that somebody has asked for already and nobody has ordered yet."""
    start = course_of(PurchaseRequest).start
    found: dict[int, int] = {}
    for item, quantity in (
        rows_for(actor, PurchaseRequest).filter(demand=demand, state=start).values_list("item_id", "qty_steps")
    ):
        found[item] = found.get(item, 0) + quantity
    return found


def _asks(kit: Kit, requested: dict[int, int]) -> list[tuple[KitLine, int]]:
    """Bought components of which something is missing that is on its way for nobody and was not asked for yet."""
    left = [
        (line, line.uncovered - requested.get(line.item_id, 0)) for line in kit.lines if line.is_bought and line.missing
    ]
    return [(line, quantity) for line, quantity in left if quantity > 0]


@require_POST
@page
def request_missing(request: HttpRequest, actor: Actor, order_id: int) -> HttpResponse:
    """Ask for each component that stands in the form with a quantity, for this order."""
    order = rows_for(actor, WorkOrder).filter(pk=order_id).select_related("site").first()
    if order is None:
        raise Http404
    reason = WORDS["requested_for"].say(language(), number=order.number)
    about: dict[str, Any] = {
        "need_on": order.start_on,
        "reason": reason,
        "demand": order.ledger_name,
        "site": order.site.code if order.site else None,
    }
    for item, quantity in zip(request.POST.getlist("item"), request.POST.getlist("qty"), strict=False):
        if quantity.strip() not in ("", "0"):
            asked = {"item": item, "qty": quantity.strip(), **about}
            done(request, actor, add_request, asked, f"request:{item}"[:40])
    return redirect("shop_kit", order_id)
