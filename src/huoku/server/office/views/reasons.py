"""The reason of a figure, for the popover of whatever page shows it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huoku.server.look.speaking import language
from huoku.server.office.frame import page
from huoku.server.office.reasons import FIGURES_WITH_REASON, Asked
from huoku.server.platform.actor import Actor


@require_GET
@page
def reason(request: HttpRequest, actor: Actor, figure: str, about: str = "") -> HttpResponse:
    """What is added up, and the rows. There is nothing here for whoever may not know the figure."""
    why = FIGURES_WITH_REASON.get(figure)
    if why is None or not why.may_know(actor):
        raise Http404
    asked = {str(name): str(value) for name, value in request.GET.items()}
    told = why.told(actor, Asked(about, asked))
    rows = [(row, told.shown(row.amount)) for row in told.told(language())]
    facts = {"why": why, "reason": told, "rows": rows, "total": told.shown(told.total)}
    return render(request, "office/why.html", facts)
