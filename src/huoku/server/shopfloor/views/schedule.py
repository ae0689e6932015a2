"""The sequence of work on each resource, as the last plan laid it, and what is put on a day by hand."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.server.documents.papers import Paper
from huoku.server.items.models import Resource
from huoku.server.look.speaking import language
from huoku.server.office.frame import page
from huoku.server.office.names import names_by_code
from huoku.server.planning.models import Proposal
from huoku.server.planning.rights import READ
from huoku.server.planning.sequence import Work, last_run, sequences
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.commands.moving import fix_operation
from huoku.server.production.models import WorkOperation, WorkOrder
from huoku.server.production.states import NOT_DONE
from huoku.server.shopfloor.asking import number_asked
from huoku.server.shopfloor.frame import show
from huoku.server.shopfloor.words import WORDS

DAYS, MOST_DAYS = 14, 366


@require_GET
@page
def schedule(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Of all resources, or of one; for so many days."""
    actor.must(READ)
    run = last_run(actor)
    days, resource = number_asked(request, "days", DAYS, MOST_DAYS), request.GET.get("resource", "")
    here = set(rows_for(actor, Resource).values_list("code", flat=True))
    found = [each for each in sequences(run, days) if each.resource in here] if run else []
    shown = [each for each in found if resource in ("", each.resource)]
    items = {work.item for each in shown for day in each.days for work in day.works}
    facts = {
        "called": names_by_code(actor, language(), items=items, resources={each.resource for each in found}),
        "of_run": WORDS["of_run"].say(language(), day=run.today, run=run.pk) if run else "",
        "run": run,
        "sequences": shown,
        "resources": [each.resource for each in found],
        "operations": _operations(actor, [work for each in shown for day in each.days for work in day.works]),
        "may_move": actor.may(fix_operation.right),
        "papers": _papers(actor, {work.order for each in shown for day in each.days for work in day.works}),
        "asked": {"days": days, "resource": resource},
    }
    return show(request, actor, "schedule", facts)


def _operations(actor: Actor, works: Sequence[Work]) -> dict[str, WorkOperation]:
    """By number, such as WO-2026-00001/10: what is laid of work orders, and may still be moved."""
    orders = {work.order for work in works if not work.is_planned}
    rows = rows_for(actor, WorkOperation).filter(order__number__in=orders, state__in=NOT_DONE)
    return {row.number: row for row in rows.select_related("resource")}


def _papers(actor: Actor, names: set[str]) -> dict[str, Paper]:
    """The work orders and open proposals that the plan calls so."""
    found = {name: Paper(name) for name in names}
    proposals = rows_for(actor, Proposal).filter(order__in=names, state=Proposal.State.OPEN)
    for table, rows in (
        ("proposals", proposals.values_list("order", "pk")),
        ("work_orders", rows_for(actor, WorkOrder).filter(number__in=names).values_list("number", "pk")),
    ):
        found |= {name: Paper(name, table, id) for name, id in rows}
    return found
