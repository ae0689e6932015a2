"""What planning hears of the documents: approved purchases are kept for their demands, changes are planned again. And
what it tells them: how long a lane takes."""

from django.db.models import F, Q

from huoku.server.planning.bringing import own_data, own_files
from huoku.server.planning.commands.pegging import KeepPegs, keep_pegs
from huoku.server.planning.commands.runs import AskPlan, ask_plan
from huoku.server.planning.models import Lane, PlanningSettings, PlanRun
from huoku.server.planning.working import work_out
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import perform
from huoku.server.platform.events import event_key, listens
from huoku.server.platform.models import Event
from huoku.server.warehouse.ways import knows_ways

JOBS = (own_data.check_own_data, own_data.bring_own_data, own_files.own_files)
"""What the worker does, and which files it needs for that: they have made themselves known."""

CHANGES = (
    *("order_confirmed", "order_cancelled", "surplus_left", "order_short"),
    *("supply_late", "supply_short", "pick_short", "count_approved", "components_short", "promise_lost", "work_moved"),
)
"""After these something is to be bought, made or moved otherwise."""


@listens("planning.begin", "planrun_added", "plan_chosen", "plan_done", "plan_failed")
def begin_the_next(event: Event) -> None:
    """The run that has waited longest is worked out by the worker, one after the other."""
    waiting = PlanRun.objects.of(event.company_id).filter(state=PlanRun.State.QUEUED).order_by("pk").first()
    if waiting:
        work_out.enqueue(event.company_id, waiting.pk)


@listens("planning.keep_pegs", "purchaseorder_changed")
def keep_what_was_bought(event: Event) -> None:
    order = int(event.subject.rpartition(":")[2])
    key = event_key("planning.keep_pegs", event)
    perform(keep_pegs, KeepPegs(order=order), actor=the_system(event.company), key=key)


@listens("planning.plan_again", *CHANGES)
def plan_again(event: Event) -> None:
    """Where there is a live plan and the company wants it so. Several changes before it runs make one run."""
    rules = PlanningSettings.objects.of(event.company_id).first()
    has_plan = PlanRun.objects.of(event.company_id).filter(kind=PlanRun.Kind.LIVE).exists()
    if has_plan and (rules is None or rules.replans_by_itself):
        key = event_key("planning.plan_again", event)
        perform(ask_plan, AskPlan(), actor=the_system(event.company), key=key)


@knows_ways
def lead_time(company_id: int, origin: int, target: int, item: int) -> int | None:
    """By the lane of this item, else by that of every item."""
    lanes = Lane.objects.of(company_id).filter(Q(item=item) | Q(item=None), from_site=origin, to_site=target)
    lane = lanes.order_by(F("item").asc(nulls_last=True)).first()
    return lane.lead_time_days if lane else None
