"""Reports made ready from the plan: by resource and day, one operation for a phone, and job cards to print."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import groupby

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from huoku.server.look.speaking import language
from huoku.server.office.frame import page
from huoku.server.office.names import names_by_code
from huoku.server.planning.sequence import last_run, planned_days
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.models import WorkOperation
from huoku.server.production.queries.ready import OPEN, ReadyReport, ready_reports
from huoku.server.production.rights import READ, RUN
from huoku.server.shopfloor.asking import day_asked, scan_asked
from huoku.server.shopfloor.frame import OF_A_PAGE, show
from huoku.server.shopfloor.words import WORDS

Ready = tuple[ReadyReport, date, str]
"""A report, the day on which its work is to begin, and its state in words."""
MOST_CARDS = 200
"""So many are printed at once."""
MASK = 2
"""One of the eight patterns that a code may be laid under."""


@require_GET
@page
def every(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What can be reported, by resource and in the order of days. ``?scan=`` leads to an operation by its card."""
    actor.must(READ)
    if scan := scan_asked(request):
        return _scanned(request, actor, scan)
    resource = request.GET.get("resource", "")
    until = day_asked(request.GET, "until")
    every_one = _ready(actor)
    part = Paginator(_asked_for(every_one, resource, until), OF_A_PAGE).get_page(request.GET.get("page"))
    resources = sorted({ready.resource for ready, _, _ in every_one if ready.resource})
    facts = {
        "part": part,
        "groups": [(name, list(found)) for name, found in groupby(part, key=lambda each: each[0].resource)],
        "called": _called(actor, part, resources),
        "resources": resources,
        "asked": {"resource": resource, "until": until},
        "causes": causes(),
        "may_run": actor.may(RUN),
    }
    return show(request, actor, "work", facts)


def _ready(actor: Actor, order: int | None = None) -> list[Ready]:
    """The days are those of the last plan; else those on which the orders start."""
    run, lang = last_run(actor), language()
    days = planned_days(run) if run else {}
    return [
        (each, days.get((each.number.rpartition("/")[0], each.seq), each.start_on), WORDS[each.state].say(lang))
        for each in ready_reports(actor, order=order)
    ]


def _called(actor: Actor, found: Iterable[Ready], resources: Iterable[str] = ()) -> dict[str, dict[str, str]]:
    """What items and resources of these are called."""
    reports = [ready for ready, _, _ in found]
    at = {*resources, *(ready.resource for ready in reports)}
    return names_by_code(actor, language(), items={ready.item for ready in reports}, resources=at)


def _asked_for(found: Iterable[Ready], resource: str, until: date | None) -> list[Ready]:
    """By resource, and there in the order of days."""
    wanted = (each for each in found if resource in ("", each[0].resource) and (until is None or each[1] <= until))
    return sorted(wanted, key=lambda each: (each[0].resource, each[1]))


def causes() -> list[tuple[str, str]]:
    """Why an operation may stand still."""
    return [(each.value, WORDS[f"cause_{each.value}"].say(language())) for each in WorkOperation.Cause]


def _scanned(request: HttpRequest, actor: Actor, scan: str) -> HttpResponse:
    """A card shows the operation's number, and its address as a code."""
    number = scan
    if scan.startswith(("http://", "https://")):
        last = scan.rstrip("/").rpartition("/")[2]
        wanted = rows_for(actor, WorkOperation).filter(pk=int(last) if last.isdigit() and len(last) < 19 else 0)
    else:
        wanted = rows_for(actor, WorkOperation).filter(number=number)
    operation = wanted.first()
    if operation is None:
        messages.error(request, WORDS["no_card"].say(language(), code=scan[:80]))
        return redirect("shop_work")
    return redirect("shop_operation", operation.pk)


@require_GET
@page
def one(request: HttpRequest, actor: Actor, operation_id: int) -> HttpResponse:
    """One operation to report, pause or resume; where there is nothing to do, its page in the books."""
    actor.must(READ)
    operation = rows_for(actor, WorkOperation).filter(pk=operation_id).first()
    if operation is None:
        raise Http404
    found = next((each for each in _ready(actor, operation.order_id) if each[0].operation == operation_id), None)
    if found is None or operation.state not in OPEN:
        return redirect("office_row", "work_operations", operation_id)
    ready, day, state = found
    facts = {
        **{"ready": ready, "day": day, "state": state, "causes": causes(), "may_run": actor.may(RUN)},
        "called": _called(actor, [found]),
    }
    return show(request, actor, "operation", facts)


@require_GET
@page
def cards(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Job cards: each with the planned figures and a code that leads to its report."""
    actor.must(READ)
    found = _asked_for(_ready(actor), request.GET.get("resource", ""), day_asked(request.GET, "until"))
    told = [
        (ready, day, _code(request.build_absolute_uri(reverse("shop_operation", args=[ready.operation]))))
        for ready, day, _ in found[:MOST_CARDS]
    ]
    left = WORDS["more_cards"].say(language(), count=len(found) - MOST_CARDS) if len(found) > MOST_CARDS else ""
    facts = {"cards": told, "not_shown": left, "called": _called(actor, found[:MOST_CARDS])}
    return show(request, actor, "cards", facts)


@lru_cache(maxsize=2_000)
def _code(address: str) -> str:
    """Any mask can be read: to weigh all eight would take ten times as long."""
    return str(segno.make_qr(address, error="m", mask=MASK).svg_data_uri(scale=3, border=1))
