"""Where does the stock lie, what is it worth there, and where is something to be counted or decided? (库位一览)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from huoku.language import Sentence
from huoku.server.ledger.commands.places import add_location
from huoku.server.ledger.rights import COUNT, READ
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.workbench.card.state import Action
from huoku.server.workbench.places.figures import Figures, figures_of, in_money, places_of, valuing_run
from huoku.server.workbench.places.links import blocked_rows
from huoku.server.workbench.places.rows import Opened, rows_of_tree

DO_COUNT = Sentence("盘点到期的 {n} 项", "Count the {n} that are due")
DO_BLOCKED = Sentence("看冻结的 {n} 种料", "See what is blocked ({n})")
DO_ADD = Sentence("新建地点", "New location")
DO_LIST = Sentence("看列表", "See the list")


@require_GET
@page
def places(request: HttpRequest, actor: Actor, location_id: int | None = None) -> HttpResponse:
    """Sites, zones and places with all that lies there rolled up. ``?open=all`` opens every level; with a place, the
    levels above it are open and it is marked."""
    actor.must(READ)
    tree = places_of(actor)
    if location_id is not None and not any(place.pk == location_id for root in tree.roots for place in root.places):
        raise Http404
    run = valuing_run(actor)
    told = figures_of(actor, tree, run)
    whole = told[tree.whole.key] if tree.whole else Figures()
    rows = rows_of_tree(actor, tree, told, Opened(request.GET.get("open") == "all", location_id or 0))
    facts: dict[str, Any] = {
        "rows": [(row, _money(actor, row.told.value)) for row in rows],
        "whole": whole,
        "first": tree.whole.places[0].pk if tree.whole else 0,
        "value": _money(actor, whole.value),
        "blocked_value": _money(actor, whole.blocked_value),
        "count": sum(row.node.place is not None for row in rows),
        "is_all_open": not any(row.is_hidden for row in rows),
        "run": run,
        "today": business_day(actor.company, page_time()),
        "action": _action(actor, whole),
    }
    return shown(request, actor, "workbench/places.html", facts)


def _money(actor: Actor, amount: int | None) -> Any:
    return None if amount is None else in_money(amount, actor)


def _action(actor: Actor, whole: Figures) -> Action:
    """What is due comes before what waits for a decision, and that before new places."""
    lang = language()
    if whole.due and actor.may(COUNT):
        return Action(DO_COUNT.say(lang, n=whole.due), reverse("shop_counting"))
    if whole.blocked:
        return Action(DO_BLOCKED.say(lang, n=whole.blocked), blocked_rows())
    if actor.may(add_location.right):
        return Action(DO_ADD.say(lang), reverse("office_add", args=("locations",)))
    return Action(DO_LIST.say(lang), reverse("office_list", args=("locations",)))
