"""How full is this resource, with what, and when is there room? (资源一页)"""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.server.items.models import Resource
from huoku.server.items.rights import EDIT, READ
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.office.happened import happened
from huoku.server.office.parts import rows_about
from huoku.server.office.talk import talk
from huoku.server.planning.models import PlanRun
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.planning.sequence import Work, last_run, load_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.platform.tables.table import TABLES
from huoku.server.production.models import WorkOperation
from huoku.server.production.states import NOT_DONE
from huoku.server.workbench.calendars import Day, Kind, days_from, minutes_of
from huoku.server.workbench.load_strip import draw_load

DAYS = 28
ROWS = "50"
ROOM = 0.95
"""A day that is filled no more than this has room."""


@require_GET
@page
def resource(request: HttpRequest, actor: Actor, resource_id: int) -> HttpResponse:
    """Its load day by day, the work on it, its calendar, and why it stands still."""
    actor.must(READ)
    found = rows_for(actor, Resource).filter(pk=resource_id).first()
    if found is None:
        raise Http404
    lang = language()
    facts: dict[str, Any] = {
        "resource": found,
        "minutes": minutes_of(found),
        "may_edit": actor.may(EDIT),
        **_open_work(actor, found),
        "work": _about(actor, "work_operations", found, "order", **{"filter[state][in]": ",".join(NOT_DONE)}),
        "routing": _about(actor, "operations", found, "parent"),
        **_load(actor, found),
        **talk(actor, TABLES["resources"], found.pk),
        "history": happened(TABLES["resources"], actor, found.pk, lang),
    }
    return shown(request, actor, "workbench/resource.html", facts)


def _about(actor: Actor, table: str, of: Resource, sort: str, **asked: str) -> dict[str, Any] | None:
    """The first rows of a table about the resource; None where the actor may not read it."""
    if not actor.may(TABLES[table].read):
        return None
    question = {"filter[resource][eq]": of.code, "limit": ROWS, "sort": sort, **asked}
    return rows_about(actor, table, question, language(), without=("resource",))


def _open_work(actor: Actor, of: Resource) -> dict[str, Any]:
    """How many operations are not done, and which of them stand still, and why."""
    rows = rows_for(actor, WorkOperation).filter(resource=of, state__in=NOT_DONE).select_related("order__item")
    found = list(rows) if actor.may(TABLES["work_operations"].read) else []
    return {"open_count": len(found), "paused": [each for each in found if each.state == "paused"]}


def _load(actor: Actor, of: Resource) -> dict[str, Any]:
    """The next weeks by the last plan; without one, the days alone."""
    run = last_run(actor) if actor.may(READ_PLANS) else None
    days, works = coming(actor, of, run)
    return {
        "run": run,
        "days": [(day, works.get(day.on, ())) for day in days],
        "first": days[0].on,
        "chart": draw_load(of.code, days, minutes_of(of) or 0.0, language()) if run else None,
        "laid": sum(day.minutes or 0.0 for day in days),
        "able": sum(day.capacity or 0.0 for day in days),
        "room": next((day.on for day in days if day.kind.is_worked and (day.share or 0.0) < ROOM), None),
        "stops": [day.on for day in days if day.kind == Kind.STOP],
    }


def coming(actor: Actor, of: Resource, run: PlanRun | None) -> tuple[tuple[Day, ...], dict[date, tuple[Work, ...]]]:
    """The next days of a resource, and what the plan lays on each."""
    laid = load_of(run, of.code) if run else ()
    today = business_day(actor.company, page_time())
    days = days_from(actor, today, DAYS, of, {day.day: day.minutes for day in laid})
    return days, {day.day: day.works for day in laid}
