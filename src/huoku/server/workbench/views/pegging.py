"""Will an order go out in time, and what blocks it: every line with its day, and the tree of what feeds one."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.language import Sentence
from huoku.report.pegging_chart import plot_pegging
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.planning.advising import plan_in_hand
from huoku.server.planning.models import Proposal
from huoku.server.planning.promises import Part, Promise, open_lines, parts, promise, promises
from huoku.server.planning.rights import DECIDE, READ
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, now
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup

MOST = 200
"""So many lines one page lists; trouble comes first."""
VIEWS = {"trouble": Sentence("有风险", "In trouble"), "all": Sentence("全部", "All")}


@require_GET
@page
def every(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All open lines; those that are late, or never, first."""
    actor.must(READ)
    run = last_run(actor)
    found = open_lines(actor, run, language()) if run else []
    view = "all" if request.GET.get("view") == "all" else "trouble"
    of_view = {"trouble": [each for each in found if each.told.level != "G"], "all": found}
    facts = {
        "run": run,
        "promises": promises(actor, of_view[view][:MOST]),
        "views": [(name, words, len(of_view[name])) for name, words in VIEWS.items()],
        "view": view,
        **_around(actor),
    }
    return shown(request, actor, "workbench/promises.html", facts)


@require_GET
@page
def one(request: HttpRequest, actor: Actor, line_id: int) -> HttpResponse:
    """One line: what feeds it, from when to when, how certain that is, and what to do about what blocks it."""
    actor.must(READ)
    run = last_run(actor)
    of = promise(actor, run, line_id, language()) if run else None
    if run is None or of is None:
        raise Http404
    plan = plan_in_hand(run, language())
    told = parts(plan, of.told.demand)
    leaves = [part for part in told if part.is_leaf]
    facts = {
        "run": run,
        "promise": of,
        "parts": told,
        "leaves": len(leaves),
        "secured": sum(part.secured >= 1 for part in leaves),
        "slack": min((part.slack_days for part in told if part.slack_days is not None), default=None),
        "gantt": plot_pegging(plan, of.told.demand, language()),
        "fix": _fix(actor, of, told),
        **_around(actor),
    }
    return shown(request, actor, "workbench/pegging.html", facts)


def _around(actor: Actor) -> dict[str, Any]:
    return {"today": business_day(actor.company, now()), "sees_customers": actor.sees(FieldGroup.CUSTOMER_IDENTITY)}


def _fix(actor: Actor, of: Promise, told: Sequence[Part]) -> Proposal | None:
    """The open purchase on which the line waits most: what is tight first, then what has the least room."""
    if not actor.may(DECIDE):
        return None
    waiting = sorted(
        (part for part in told if part.covered["planned"] and part.is_leaf),
        key=lambda part: (not part.is_tight, part.slack_days or 0, part.need.item),
    )
    orders = [order for part in waiting for order in part.orders]
    buys = rows_for(actor, Proposal).filter(state=Proposal.State.OPEN, kind=Proposal.Kind.BUY, order__in=orders)
    by_order = {row.order: row for row in buys.select_related("item")}
    return next((by_order[order] for order in orders if order in by_order), None)
