"""What a supplier is asked instead of its minimum, and what it has said: the letter, its reason, its written offers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from huoku.plan.buying import Advice
from huoku.report.offer_request import offer_request
from huoku.server.look.speaking import language
from huoku.server.office.buttons import done
from huoku.server.office.frame import page
from huoku.server.partners.commands.sources import change_source
from huoku.server.partners.models import REASONS, Source
from huoku.server.partners.rights import EDIT_SUPPLIERS
from huoku.server.planning.advising import advice
from huoku.server.planning.models import Proposal
from huoku.server.planning.offered import Offers, offers_of
from huoku.server.planning.rights import DECIDE
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.workbench.views.files import to_be_saved


@require_GET
@page
def letter(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    """The supplier is asked for a written offer, and why it has its minimum."""
    actor.must(DECIDE)
    row, lang = _proposal(actor, proposal_id), language()
    told = advice(row, offers_of(actor, row, lang))
    if told is None or told.minimum is None:
        raise Http404
    content = offer_request(told, lang).encode()
    return to_be_saved(content, f"request-{row.item.code}.html", "text/html; charset=utf-8")


@require_POST
@page
def reason(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    """File why the supplier has its minimum."""
    row, given = _proposal(actor, proposal_id), request.POST.get("source", "")
    sources = rows_for(actor, Source).filter(item=row.item_id)
    source = sources.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 19 else None
    if source is None:
        raise Http404
    asked = {"id": source.pk, "version": source.version, "moq_reason": request.POST.get("moq_reason", "")}
    done(request, actor, change_source, asked, f"reason:{proposal_id}")
    return redirect(_drawer_of(row))


def filing(actor: Actor, row: Proposal, told: Advice | None, offers: Offers) -> dict[str, Any]:
    """For whoever files it: of whom the minimum is, in which terms it stands, and where an offer is entered."""
    minimum = told.minimum if told else None
    if told is None or minimum is None or not actor.may(EDIT_SUPPLIERS):
        return {}
    known = {"item": row.item.code, "supplier": minimum.whom, "next": _drawer_of(row)}
    return {
        "source": offers.terms_of(minimum.whom),
        "reasons": REASONS,
        "moq_reason": told.moq_reason,
        "file_offer": f"{reverse('office_add', args=('supplier_offers',))}?{urlencode(known)}",
    }


def _proposal(actor: Actor, pk: int) -> Proposal:
    """Raises Http404."""
    rows = rows_for(actor, Proposal).filter(kind=Proposal.Kind.BUY).select_related("item", "run")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _drawer_of(row: Proposal) -> str:
    return f"{reverse('desk_buying')}?view=all&open={row.pk}"
