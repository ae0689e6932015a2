"""What planning hears of the documents: approved purchases are kept for their demands, changes are planned again. And
what it tells them: how long a lane takes."""

from collections import defaultdict
from collections.abc import Iterator, Set

from django.db.models import F, Q

from huoku.server.documents.meant import Meant, tells_what_is_meant
from huoku.server.planning.bringing import own_data, own_files
from huoku.server.planning.commands.pegging import KeepPegs, keep_pegs
from huoku.server.planning.commands.runs import AskPlan, ask_plan
from huoku.server.planning.models import Lane, PlanningSettings, PlanRun, Proposal, ProposalPeg
from huoku.server.planning.working import work_out
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import perform
from huoku.server.platform.events import event_key, listens
from huoku.server.platform.models import Event
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.purchasing.models.orders import COUNTED_ON
from huoku.server.purchasing.supplies import name_of
from huoku.server.warehouse.ways import knows_ways

JOBS = (own_data.check_own_data, own_data.bring_own_data, own_files.own_files)
"""What the worker does, and which files it needs for that: they have made themselves known."""

CHANGES = (
    *("order_confirmed", "order_provided", "order_cancelled", "surplus_left", "order_short"),
    *("supply_late", "supply_short", "pick_short", "count_approved", "components_short", "promise_lost", "work_moved"),
)
"""After these something is to be bought, made or moved otherwise."""


@listens("planning.begin", "planrun_added", "plan_chosen", "plan_left", "plan_done", "plan_failed")
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


@tells_what_is_meant
def drafted_for_several(company_id: int, demands: Set[str]) -> Iterator[Meant]:
    """Lines of drafts that came from proposals for several demands, which no line names: the share of each."""
    pegs = ProposalPeg.objects.of(company_id).filter(
        demand__in=demands, is_kept=False, proposal__state=Proposal.State.ACCEPTED, proposal__kind=Proposal.Kind.BUY
    )
    shares: dict[str, int] = defaultdict(int)
    for document, steps in pegs.order_by("pk").values_list("proposal__document", "qty_steps"):
        shares[document] += steps
    ids = [int(name.partition(":")[2]) for name in shares]
    lines = PurchaseLine.objects.of(company_id).filter(pk__in=ids, demand="", order__state__in=("draft", *COUNTED_ON))
    for line in lines.order_by("pk"):
        if left := min(shares[name_of(line)], line.still_to_come()):
            yield Meant(name_of(line), line.item_id, left)


@knows_ways
def lead_time(company_id: int, origin: int, target: int, item: int) -> int | None:
    """By the lane of this item, else by that of every item."""
    lanes = Lane.objects.of(company_id).filter(Q(item=item) | Q(item=None), from_site=origin, to_site=target)
    lane = lanes.order_by(F("item").asc(nulls_last=True)).first()
    return lane.lead_time_days if lane else None
