"""Whether a work order's material is complete, and how many can be built now: on the page of the order."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from huoku.language import Sentence
from huoku.server.documents.papers import papers
from huoku.server.look.speaking import language
from huoku.server.office.frame import page
from huoku.server.office.sections import Section, later
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.models import WorkOrder
from huoku.server.production.queries.kitting import kit_of
from huoku.server.production.rights import READ
from huoku.server.production.states import BEFORE_THE_END
from huoku.server.shopfloor.words import WORDS

MOST = 5
"""So many lacking components are named; the page of the kit has all."""


WORDS_BEFORE = Sentence("看齐套：现在能装多少，还缺什么", "The kit: how many can be built, and what lacks")


def kit_of_a_paper(actor: Actor, id: int) -> Section | None:
    """None of an order that has ended: nothing is fetched for it any more."""
    is_open = rows_for(actor, WorkOrder).filter(pk=id, state__in=BEFORE_THE_END).exists()
    if not is_open or not actor.may(READ):
        return None
    return later(reverse("shop_kit_section", args=(id,)), reverse("shop_kit", args=(id,)), WORDS_BEFORE)


@require_GET
@page
def kit_section(request: HttpRequest, actor: Actor, order_id: int) -> HttpResponse:
    """How many can be built, and the components that hold it up, the worst first."""
    actor.must(READ)
    kit = kit_of(actor, order_id)
    if kit is None:
        raise Http404
    lacking = sorted((line for line in kit.lines if line.missing), key=lambda line: line.enough_for)
    lang = language()
    names = {each.name for line in lacking[:MOST] for each in (*line.arriving, *line.late)}
    told = {
        "kit": kit,
        "lacking": lacking[:MOST],
        "more": len(lacking) - MOST,
        "papers": papers(actor, names),
        "w": {name: words.template(lang) for name, words in WORDS.items()},
    }
    return render(request, "shopfloor/on_paper.html", {"told": told, "actor": actor, "lang": lang})
