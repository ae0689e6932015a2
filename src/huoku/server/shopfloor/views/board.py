"""The board of production: figures that open the rows they count."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.server.documents.course import course_of
from huoku.server.look.speaking import language
from huoku.server.office.frame import page
from huoku.server.office.names import names_by_code
from huoku.server.platform import clock
from huoku.server.platform.actor import Actor
from huoku.server.production.models import WorkOrder
from huoku.server.production.queries.board import board
from huoku.server.production.rights import READ
from huoku.server.production.states import BEFORE_THE_END
from huoku.server.shopfloor.frame import show
from huoku.server.shopfloor.words import WORDS


@require_GET
@page
def board_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    actor.must(READ)
    found, lang = board(actor), language()
    resources = {each.resource for each in found.paused} | {each.resource for each in found.output}
    facts = {
        "board": found,
        "called": names_by_code(actor, lang, resources=resources),
        "orders": [(state, course_of(WorkOrder).states[state].say(lang), n) for state, n in found.orders.items()],
        "operations": [(state, WORDS[state].say(lang), n) for state, n in found.operations.items()],
        "paused": [(each, WORDS[f"cause_{each.cause}"].say(lang) if each.cause else "") for each in found.paused],
        "before_the_end": ",".join(BEFORE_THE_END),
        "not_begun": "planned,released,kitted",
        "begins": clock.day_begins(actor.company, found.day).isoformat(),
    }
    return show(request, actor, "board", facts)
