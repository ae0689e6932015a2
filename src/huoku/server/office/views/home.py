"""Today: the figures that matter, what one must do now, the dearest to leave first, what comes and what has changed."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from huoku.server.items.models import Item
from huoku.server.office.beside import MOMENTS, PANELS, Moment
from huoku.server.office.buttons import back, done
from huoku.server.office.commands.postponing import postpone, take_up
from huoku.server.office.figures import FIGURES
from huoku.server.office.frame import page, shown
from huoku.server.office.today import Today, today_of
from huoku.server.planning.rights import BRING_IN
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import page_time
from huoku.server.platform.kept import rows_for
from huoku.server.platform.rights import END_DEMO

FIRST = 12
"""So many things are seen at once; the others open with a click."""
MOST = 40
"""So many are on the page at all, before somebody asks for every one."""
OPENS, CLOSES = time(8), time(18)
"""The hours that the strip of the day shows."""


@require_GET
@page
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    told = today_of(actor, request.GET.get("view", ""), None if "all" in request.GET else MOST)
    return shown(
        request, actor, "office/home.html", {**_facts(actor, told, request.get_full_path()), **_beginning(actor, told)}
    )


@require_GET
@page
def stand_up(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list of a view on paper, for the meeting of the morning."""
    told = today_of(actor, request.GET.get("view", ""))
    panels = [found for each in PANELS if (found := each(actor, told.day))]
    facts = {
        "actor": actor,
        "today": told,
        "shown": next(words for name, words, _ in told.views if name == told.view),
        "panels": panels,
        "printed_at": f"{page_time().astimezone(ZoneInfo(actor.company.timezone)):%Y-%m-%d %H:%M}",
    }
    return render(request, "office/stand_up.html", facts)


@require_GET
@page
def waiting(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How much waits behind each page of the menu, by its address; a browser asks once a minute."""
    told = today_of(actor, most=0)
    return JsonResponse({reverse("office_home"): told.count, **told.lists})


@require_POST
@page
def put_aside(request: HttpRequest, actor: Actor) -> HttpResponse:
    asked = {name: request.POST.get(name, "").strip() for name in ("duty", "until")}
    done(request, actor, postpone, asked, f"postpone:{asked['duty']}")
    return back(request, "office_home")


@require_POST
@page
def taken_up(request: HttpRequest, actor: Actor, postponed_id: int) -> HttpResponse:
    done(request, actor, take_up, {"id": postponed_id}, f"take_up:{postponed_id}")
    return back(request, "office_home")


def _facts(actor: Actor, told: Today, here: str) -> dict[str, Any]:
    panels = [found for each in PANELS if (found := each(actor, told.day))]
    return {
        "figures": [figure for each in FIGURES for figure in each(actor)],
        "today": told,
        "rows": told.rows[:FIRST],
        "further": told.rows[FIRST:],
        "further_count": len(told.rows) - FIRST + told.untold,
        "first": told.rows[0].duty if told.rows else None,
        "tomorrow": told.day + timedelta(days=1),
        "key": uuid4().hex,
        "here": here,
        "panels": panels,
        **_strip(actor, [each for told_by in MOMENTS for each in told_by(actor, told.day)], told.day),
    }


def _strip(actor: Actor, moments: Sequence[Moment], day: date) -> dict[str, Any]:
    """The day as a line of hours; nothing where nothing comes today."""
    zone = ZoneInfo(actor.company.timezone)
    here = page_time().astimezone(zone)
    timed = [(each, at, _place(at)) for each in moments if each.at and (at := each.at.astimezone(zone))]
    return {
        "timed": timed,
        "untimed": [each for each in moments if each.at is None],
        "hours": [(f"{hour}:00", _place(here.replace(hour=hour, minute=0))) for hour in range(8, 19)] if timed else [],
        "now": (here, _place(here)) if here.date() == day else None,
        "now_words": f"{here:%H:%M}",
    }


def _place(at: datetime) -> int:
    """Where a time stands between opening and closing, in thousandths."""
    minutes = (at.hour - OPENS.hour) * 60 + at.minute
    return max(0, min(1000, minutes * 1000 // ((CLOSES.hour - OPENS.hour) * 60)))


def _beginning(actor: Actor, told: Today) -> dict[str, Any]:
    """What a company that has nothing yet is offered, and a demo company."""
    may_begin = actor.may(END_DEMO) or actor.may(BRING_IN)
    return {
        "is_demo": actor.company.is_demo and actor.may(END_DEMO),
        "is_empty": may_begin and not told.rows and not rows_for(actor, Item).exists(),
        "may_found_demo": actor.may(END_DEMO),
        "may_bring": actor.may(BRING_IN),
    }
