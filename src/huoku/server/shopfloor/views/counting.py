"""Counting: what is due, one place after the other and blind, on a telephone; and the differences that wait for a word.

Whoever counts never sees what the book says. Whoever approves sees it beside what was counted.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huoku.server.items.models import Item
from huoku.server.ledger.commands.count_plans import plan_counts
from huoku.server.ledger.commands.counts import approve_count, state_count
from huoku.server.ledger.models import Balance, Count, CountTask, Status
from huoku.server.ledger.rights import APPROVE_COUNT, COUNT, READ
from huoku.server.look.speaking import language
from huoku.server.office.buttons import back, done
from huoku.server.office.frame import page
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.exact import NotWholeSteps, whole
from huoku.server.platform.kept import rows_for
from huoku.server.shopfloor.frame import show
from huoku.server.shopfloor.words import WORDS

MOST = 200
MOST_LOTS = 40
COUNTED = {
    Count.State.APPROVED: "count_done",
    Count.State.STATED: "count_waits",
    Count.State.RECOUNT: "count_again",
}


@require_GET
@page
def due(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is to be counted, the earliest due first; and what waits for the reader's word."""
    actor.must(READ)
    tasks = list(_tasks(actor).select_related("item", "location").order_by("due_on", "-doubt", "location__code")[:MOST])
    facts = {
        "tasks": [(task, _is_mine(actor, task)) for task in tasks],
        "today": business_day(actor.company, page_time()),
        "may_count": actor.may(COUNT),
        "may_plan": actor.may(plan_counts.right),
        "waiting": _waiting(actor) if actor.may(APPROVE_COUNT) else (),
    }
    return show(request, actor, "counting", facts)


@require_http_methods(["GET", "POST"])
@page
def one(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """One place and one item; sent back, what was counted is stated, and the next place comes."""
    actor.must(COUNT)
    task = _tasks(actor).filter(pk=task_id).select_related("item", "location").first()
    if task is None and request.method == "GET":
        return redirect("shop_counting")
    if task is None:
        raise Http404
    if request.method == "POST" and _stated(request, actor, task):
        rest = _tasks(actor).order_by("due_on", "-doubt", "location__code")
        following = next((each for each in rest if not _is_mine(actor, each)), None)
        return redirect("shop_count", following.pk) if following else redirect("shop_counting")
    is_tracked = task.item.tracking != Item.Tracking.NONE
    facts = {
        "task": task,
        "is_tracked": is_tracked,
        "lots": _lots(actor, task) if is_tracked else (),
        "is_mine": _is_mine(actor, task),
        "left": _tasks(actor).count(),
    }
    return show(request, actor, "count", facts)


@require_POST
@page
def approve(request: HttpRequest, actor: Actor, count_id: int) -> HttpResponse:
    """Let the book follow a count, or leave it as it is."""
    given = request.POST
    asked = {"count": count_id, "is_approved": given.get("is_approved") == "1", "reason": given.get("reason", "")}
    done(request, actor, approve_count, asked, f"count:{count_id}")
    return back(request, "shop_counting")


@require_POST
@page
def plan(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open a task for whatever is due or in doubt."""
    done(request, actor, plan_counts, {}, "plan_counts")
    return back(request, "shop_counting")


def _tasks(actor: Actor) -> Any:
    return rows_for(actor, CountTask).filter(is_open=True)


def _waiting(actor: Actor) -> list[Count]:
    rows = rows_for(actor, Count).filter(state=Count.State.STATED)
    return list(rows.select_related("item", "location", "lot", "counter").order_by("pk")[:MOST])


def _is_mine(actor: Actor, task: CountTask) -> bool:
    """Did the reader count it the first time? Then the second count is somebody else's."""
    if task.cause != CountTask.Cause.RECOUNT or actor.user is None:
        return False
    here = rows_for(actor, Count).filter(item=task.item_id, location=task.location_id).order_by("-pk").first()
    return here is not None and here.counter_id == actor.user.pk


def _lots(actor: Actor, task: CountTask) -> list[str]:
    """The lots that should lie there, without how much of them."""
    here = {"item": task.item_id, "location": task.location_id, "status": Status.AVAILABLE, "owner__code": ""}
    rows = rows_for(actor, Balance).filter(**here).exclude(on_hand=0).order_by("lot__code")
    return list(rows.values_list("lot__code", flat=True)[:MOST_LOTS])


def _stated(request: HttpRequest, actor: Actor, task: CountTask) -> bool:
    """State what was filled in, lot by lot; whether anything was stated. What cannot be read is said."""
    lots, figures = request.POST.getlist("lot") or [""], request.POST.getlist("counted")
    read = [(lot.strip(), text.strip()) for lot, text in zip(lots, figures, strict=False) if text.strip()]
    try:
        counted = [(lot, whole(Decimal(text), task.item.decimals, "counted")) for lot, text in read]
    except (InvalidOperation, NotWholeSteps):
        messages.error(request, WORDS["no_count"].say(language(), unit=task.item.unit))
        return False
    if not counted:
        messages.error(request, WORDS["no_count"].say(language(), unit=task.item.unit))
        return False
    return all([_said(request, actor, task, lot, steps) for lot, steps in counted])


def _said(request: HttpRequest, actor: Actor, task: CountTask, lot: str, steps: int) -> bool:
    asked = {"item": task.item_id, "location": task.location_id, "counted": steps, "lot_code": lot}
    told = done(request, actor, state_count, asked, f"count:{task.pk}:{lot}")
    if told is None:
        return False
    place = f"{task.location.code} · {task.item.code}"
    messages.info(request, WORDS[COUNTED[Count.State(told["state"])]].say(language(), place=place))
    return True
