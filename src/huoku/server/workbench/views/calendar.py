"""On which days is there work? (工作日历) The factory's calendar, or that of one resource, as a year or a month."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from huoku.language import Sentence
from huoku.server.items.commands.calendar import copy_year, set_days
from huoku.server.items.models import Resource
from huoku.server.items.rights import EDIT, READ
from huoku.server.office.buttons import back, done
from huoku.server.office.frame import page, shown
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.planning.sequence import last_run, load_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.workbench.calendars import Kind, minutes_of, year_of

FIRST_YEAR, LAST_YEAR = 2000, 2199
CALLED = {
    Kind.WORK: Sentence("上班", "working day"),
    Kind.EXTRA: Sentence("休息日上班", "worked on a day of rest"),
    Kind.REST: Sentence("周休", "weekly rest"),
    Kind.HOLIDAY: Sentence("放假", "holiday"),
    Kind.STOP: Sentence("本资源停", "this resource stands still"),
}
LETTERS = {
    Kind.WORK: Sentence("", ""),
    Kind.EXTRA: Sentence("班", "W"),
    Kind.REST: Sentence("休", "R"),
    Kind.HOLIDAY: Sentence("假", "H"),
    Kind.STOP: Sentence("停", "S"),
}
"""What stands in the cell of a day beside its number."""
WEEKDAYS = (
    Sentence("一", "Mo"),
    Sentence("二", "Tu"),
    Sentence("三", "We"),
    Sentence("四", "Th"),
    Sentence("五", "Fr"),
    Sentence("六", "Sa"),
    Sentence("日", "Su"),
)


@require_GET
@page
def calendar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """``?resource=`` names one, ``?year=`` or ``?month=2026-11`` what is looked at, ``?day=`` what is chosen."""
    actor.must(READ)
    resources = list(rows_for(actor, Resource).filter(is_active=True).order_by("code"))
    resource = _asked_resource(request, resources)
    today = business_day(actor.company, page_time())
    month = _asked_day(f"{request.GET.get('month', '')}-01")
    chosen = _asked_day(request.GET.get("day", ""))
    number = (month or chosen or today).year if not request.GET.get("year") else _asked_year(request)
    load = _load(actor, resource)
    year = year_of(actor, number, resource, load)
    facts: dict[str, Any] = {
        "resources": resources,
        "resource": resource,
        "of_resource": f"resource={resource.pk}" if resource else "",
        "minutes": minutes_of(resource),
        "year": year,
        "month": year.months[month.month - 1] if month else None,
        "months": [year.months[month.month - 1]] if month else year.months,
        "around": _around(number, month),
        "chosen": chosen or month or (today if today.year == number else date(number, 1, 1)),
        "today": today,
        "weekdays": WEEKDAYS,
        "legend": [
            (kind, LETTERS[kind], words, year.counts[kind])
            for kind, words in CALLED.items()
            if resource or kind != Kind.STOP
        ],
        "called": CALLED,
        "letters": LETTERS,
        "has_load": load is not None,
        "may_edit": actor.may(EDIT),
        "next_year": number + 1,
        "key": uuid4().hex,
    }
    return shown(request, actor, "workbench/calendar.html", facts)


@require_POST
@page
def change(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The days from the first to the last are worked, closed, or as any other again."""
    given = request.POST
    asked = {name: given[name] for name in ("first", "last", "holds", "resource") if given.get(name)}
    done(request, actor, set_days, {**asked, "weekdays": given.getlist("weekdays")}, "set_days")
    return back(request, "desk_calendar")


@require_POST
@page
def copy(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The next year is like this one; it is what one sees then."""
    given = request.POST
    asked = {name: given[name] for name in ("year", "resource") if given.get(name)}
    told = done(request, actor, copy_year, asked, "copy_year")
    if told is None:
        return back(request, "desk_calendar")
    resource = rows_for(actor, Resource).filter(code=given.get("resource", "")).first()
    there = f"{reverse('desk_calendar')}?year={int(given['year']) + 1}"
    return redirect(f"{there}&resource={resource.pk}" if resource else there)


def _asked_resource(request: HttpRequest, resources: list[Resource]) -> Resource | None:
    asked = request.GET.get("resource", "")
    if not asked:
        return None
    found = next((each for each in resources if str(each.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _asked_day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _asked_year(request: HttpRequest) -> int:
    asked = request.GET["year"]
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= LAST_YEAR):
        raise Http404
    return int(asked)


def _load(actor: Actor, resource: Resource | None) -> dict[date, float] | None:
    """What the last plan lays on the resource; None where there is no plan to be seen."""
    run = last_run(actor) if resource and actor.may(READ_PLANS) else None
    return {each.day: each.minutes for each in load_of(run, resource.code)} if run and resource else None


def _around(number: int, month: date | None) -> tuple[str, str]:
    """The addresses of what comes before and after."""
    if month is None:
        return f"year={number - 1}", f"year={number + 1}"
    before = date(number - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    after = date(number + (month.month == 12), month.month % 12 + 1, 1)
    return f"month={before:%Y-%m}", f"month={after:%Y-%m}"
