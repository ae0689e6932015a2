"""What to buy this week so that nothing is late and nothing is left dead: proposals by supplier, and their options."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from huoku.language import Sentence
from huoku.report.numbers import money
from huoku.server.look.speaking import language
from huoku.server.office.buttons import back, done
from huoku.server.office.frame import page, shown
from huoku.server.planning.advising import advice
from huoku.server.planning.commands.levers import pull_lever
from huoku.server.planning.commands.proposals import accept_proposals, reject_proposals
from huoku.server.planning.models import Proposal
from huoku.server.planning.offered import offers_of
from huoku.server.planning.purchase_sums import View
from huoku.server.planning.purchase_views import first_after, listed, whole
from huoku.server.planning.purchases import Purchase, limits_of, purchase
from huoku.server.planning.rights import DECIDE
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.tables.export import FORMATS
from huoku.server.workbench.drawer import drawer, line_at
from huoku.server.workbench.options import can_be_taken
from huoku.server.workbench.purchase_file import file_of
from huoku.server.workbench.purchase_rows import Reading, groups_of
from huoku.server.workbench.savings import savings

WEEK = timedelta(days=7)
SAVES = Sentence("{n} 个方案 · 省 {saved}", "{n} {n|option|options} · save {saved}")
WAYS = Sentence("{n} 个方案", "{n} {n|option|options}")
FILE = Sentence("采购建议 {view} {day}.{end}", "What to buy - {view} {day}.{end}")
VIEWS: dict[View, Sentence] = {
    "week": Sentence("本周要下单", "Order this week"),
    "high": Sentence("余料高", "High excess"),
    "waiting": Sentence("待答复", "Waiting for an answer"),
    "changed": Sentence("计划变更", "Changed"),
    "all": Sentence("全部", "All"),
}


@require_GET
@page
def every(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list, by supplier, from the purchase ``?from=`` on; ``?open=``: beside it the options of one. ``?as=xlsx``:
    the whole view as a file."""
    actor.must(DECIDE)
    if wanted := request.GET.get("as", ""):
        return _file(request, actor, wanted)
    return shown(request, actor, "workbench/buying.html", _facts(request, actor))


def _file(request: HttpRequest, actor: Actor, wanted: str) -> HttpResponse:
    """The view that is asked for as a file that ends in ``wanted``."""
    media_type = next((kind for kind, end in FORMATS.items() if end == wanted), "")
    if not media_type:
        return HttpResponse(status=406)
    today, lang = business_day(actor.company, page_time()), language()
    view, until = view_asked(request.GET.get("view", "")) or "week", today + WEEK
    purchases, about = whole(actor, view, until)
    ways = {each.purchase.proposal.pk: each for each in savings(actor, view, until)}
    reading = Reading(limits_of(actor), actor.company.currency, today, lang)
    response = HttpResponse(file_of(purchases, about, ways, reading, media_type), content_type=media_type)
    name = FILE.say(lang, view=VIEWS[view].say(lang), day=today.isoformat(), end=wanted)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@require_GET
@page
def one(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    """The options of one purchase: the drawer alone, for the page that is open already. Whoever comes by its address
    gets that page with it."""
    actor.must(DECIDE)
    if request.headers.get("Sec-Fetch-Dest") == "document":
        return redirect(f"{reverse('desk_buying')}?view=all&open={proposal_id}")
    facts = drawer(actor, _purchase(actor, proposal_id), limits_of(actor))
    return shown(request, actor, "workbench/purchase.html", facts)


@require_GET
@page
def saved(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What other ways would save: asked for when the list is open already, for every row of which it is worked out."""
    actor.must(DECIDE)
    view = view_asked(request.GET.get("view", "")) or "week"
    found = savings(actor, view, business_day(actor.company, page_time()) + WEEK)
    currency, lang = actor.company.currency, language()
    total = sum(each.saved for each in found)
    rows = {
        each.purchase.proposal.pk: (SAVES if each.saved >= 1 else WAYS).say(
            lang, n=each.ways, saved=money(each.saved, currency)
        )
        for each in found
    }
    return JsonResponse({"total": money(total, currency) if total >= 1 else "", "rows": rows})


@require_POST
@page
def approve(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All that were chosen become drafts, one for each supplier and site, or none does."""
    chosen = [{"id": int(each)} for each in request.POST.getlist("id") if each.isdecimal()]
    done(request, actor, accept_proposals, {"proposals": chosen}, "approve")
    return back(request, "desk_buying")


@require_POST
@page
def take(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    """Buy in the way that was chosen among the options that need nobody else."""
    row = _purchase(actor, proposal_id).proposal
    wanted: dict[str, Any] = {"id": proposal_id, "reason": request.POST.get("reason", "")}
    offers = offers_of(actor, row, language())
    line = line_at(advice(row, offers), request.POST.get("option", ""))
    offer = offers.of(line) if line else None
    if line is None or not (offer or can_be_taken(line)):
        raise Http404
    if offer:
        wanted |= {"qty": f"{line.qty:f}", "offer": offer.pk}
    elif not line.taken:
        wanted |= {"qty": f"{line.qty:f}", "supplier": line.whom}
    done(request, actor, accept_proposals, {"proposals": [wanted]}, f"take:{proposal_id}")
    return back(request, "desk_buying")


@require_POST
@page
def reject(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    asked = {"proposals": [proposal_id], "reason": request.POST.get("reason", "")}
    done(request, actor, reject_proposals, asked, f"reject:{proposal_id}")
    return back(request, "desk_buying")


@require_POST
@page
def pull(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    """Leave a task to whoever has to arrange it."""
    asked = {"id": proposal_id, "lever": request.POST.get("lever", ""), "note": request.POST.get("note", "").strip()}
    done(request, actor, pull_lever, asked, f"pull:{proposal_id}:{asked['lever']}")
    return redirect(f"{reverse('desk_buying')}?view=all&open={proposal_id}")


def _purchase(actor: Actor, pk: int) -> Purchase:
    found = purchase(actor, pk)
    if found is None or found.proposal.kind != Proposal.Kind.BUY:
        raise Http404
    return found


def _facts(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    today = business_day(actor.company, page_time())
    view, until = view_asked(request.GET.get("view", "")) or "week", today + WEEK
    wanted = _number(request.GET.get("open", ""))
    found = listed(actor, view, until, _number(request.GET.get("from", "")), wanted)
    if wanted and (found.also is None or found.also.proposal.kind != Proposal.Kind.BUY):
        raise Http404
    limits, currency = limits_of(actor), actor.company.currency
    return {
        "limits": limits,
        "groups": groups_of(found, Reading(limits, currency, today, language())),
        "listed": found,
        "last": found.start + len(found.purchases),
        "count_of_all": found.counts["all"],
        "views": [(name, words, found.counts[name]) for name, words in VIEWS.items()],
        "view": view,
        "later": first_after(actor, until) if view == "week" and not found.total.rows and found.counts["all"] else None,
        "total": found.total,
        "currency": currency,
        "today": today,
        "key": uuid4().hex,
        **(drawer(actor, found.also, limits, found.around.asked) if found.also else {}),
    }


def view_asked(name: str) -> View | None:
    """The view of this name, if there is one."""
    return next((view for view in VIEWS if view == name), None)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 18 else 0
