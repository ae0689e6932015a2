"""How full is this resource, with what, whom does it make late, and when is there room? (资源一页)"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.server.items.models import Resource
from huoku.server.items.rights import EDIT, READ
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.office.happened import happened
from huoku.server.office.talk import talk
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.table import TABLES
from huoku.server.workbench.calendars import Kind, minutes_of
from huoku.server.workbench.load_strip import draw_load
from huoku.server.workbench.machine.load import FULL, Week, fullest, weeks_ahead
from huoku.server.workbench.machine.state import Seen, action_of, badge_of
from huoku.server.workbench.machine.work import held_up, made_on, next_work, open_work

MOST_WORK, MOST_HELD, MOST_MADE, MOST_CLOSED = 12, 8, 10, 12


@require_GET
@page
def resource(request: HttpRequest, actor: Actor, resource_id: int) -> HttpResponse:
    """Its load week by week, whom it makes late, what is next on it, and when it stands still."""
    actor.must(READ)
    found = rows_for(actor, Resource).filter(pk=resource_id).select_related("site").first()
    if found is None:
        raise Http404
    lang = language()
    run = last_run(actor) if actor.may(READ_PLANS) else None
    weeks = weeks_ahead(actor, found, run)
    rows = open_work(actor, found)
    work = next_work(rows, weeks if run else (), run)
    waits = held_up(actor, found, run)
    seen = Seen(found, run.today if run else None, weeks if run else (), work, waits)
    facts: dict[str, Any] = {
        "resource": found,
        "badge": badge_of(seen),
        "action": action_of(actor, seen),
        "minutes": minutes_of(found),
        "may_edit": actor.may(EDIT),
        "sees_customers": actor.sees(FieldGroup.CUSTOMER_IDENTITY),
        "reads_work": actor.may(TABLES["work_operations"].read),
        "run": run,
        "today": weeks[0].first,
        "paused": seen.paused,
        "open_count": len(rows),
        "work": work[:MOST_WORK],
        "further_work": len(work[MOST_WORK:]),
        "held_up": waits[:MOST_HELD],
        "held_count": len(waits),
        "made": made_on(found, actor, MOST_MADE),
        **_load(found, weeks),
        **talk(actor, TABLES["resources"], found.pk),
        "history": happened(TABLES["resources"], actor, found.pk, lang),
    }
    return shown(request, actor, "workbench/resource.html", facts)


def _load(of: Resource, weeks: Sequence[Week]) -> dict[str, Any]:
    """The weeks ahead in figures, and the days on which it does not work as usual."""
    days = [day for week in weeks for day in week.days]
    closed = [(day.on, day.kind.value) for day in days if day.kind in (Kind.STOP, Kind.HOLIDAY, Kind.EXTRA)]
    return {
        "weeks": weeks,
        "chart": draw_load(of.code, weeks, language()),
        "fullest": fullest(weeks),
        "laid": sum(week.hours for week in weeks),
        "able": sum(week.able_hours for week in weeks),
        "room": next((day.on for day in days if day.kind.is_worked and (day.share or 0.0) < FULL), None),
        "closed": _spans(closed)[:MOST_CLOSED],
    }


def _spans(days: Sequence[tuple[date, str]]) -> list[tuple[date, date, str]]:
    """Days of one kind that follow each other, from the first to the last."""
    found: list[tuple[date, date, str]] = []
    for on, kind in days:
        if found and found[-1][2] == kind and (on - found[-1][1]).days == 1:
            found[-1] = (found[-1][0], on, kind)
        else:
            found.append((on, on, kind))
    return found
