"""Suppliers are asked for prices of the purchases that were chosen: a sheet for each, to be filled in."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.report.price_request import Sheet, Wanted, price_request
from huoku.server.look.speaking import language, named
from huoku.server.office.frame import page
from huoku.server.planning.models import Proposal
from huoku.server.planning.rights import DECIDE
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.workbench.views.files import to_be_saved

MOST = 200
"""So many purchases are asked about at once."""


@require_GET
@page
def letters(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Of the open purchases ``?id=``, those that have a supplier."""
    actor.must(DECIDE)
    ids = [int(each) for each in request.GET.getlist("id")[:MOST] if each.isdecimal() and len(each) < 18]
    rows = rows_for(actor, Proposal).filter(pk__in=ids, kind=Proposal.Kind.BUY, state=Proposal.State.OPEN)
    theirs = rows.filter(supplier__isnull=False).select_related("item", "supplier")
    found = list(theirs.order_by("supplier__code", "item__code", "due_on"))
    if not found:
        raise Http404
    lang, today = language(), business_day(actor.company, page_time())
    sheets = [
        Sheet(named(of_supplier[0].supplier, lang), [_line(row) for row in of_supplier])
        for of_supplier in (list(group) for _, group in groupby(found, key=lambda row: row.supplier_id))
    ]
    content = price_request(sheets, today, lang).encode()
    return to_be_saved(content, f"request-{today.isoformat()}.html", "text/html; charset=utf-8")


def _line(row: Proposal) -> Wanted:
    needed = min(row.needed_steps, row.qty_steps) or row.qty_steps
    name = named(row.item, language())
    return Wanted(row.item.code, name, needed / 10**row.item.decimals, row.item.unit, row.due_on)
