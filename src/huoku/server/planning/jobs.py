"""What planning does by itself: each night every company that plans is planned anew, and runs whose worker has died
are taken up again."""

from datetime import timedelta
from uuid import uuid4

from django.db.models import Max

from huoku.server.planning.at_hand import laid_again
from huoku.server.planning.commands.runs import AskPlan, OneRun, ask_plan, take_up_run
from huoku.server.planning.left import is_left
from huoku.server.planning.models import PlanRun
from huoku.server.planning.working import work_out
from huoku.server.platform import clock
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import perform
from huoku.server.platform.models import Company
from huoku.server.platform.refusals import Refused
from huoku.server.platform.scope import EVERY_COMPANY, entered

State = PlanRun.State
WAITS_LONG = timedelta(minutes=2)
"""So long after it was asked for, a run that nobody works out is laid down once more."""


def take_up_what_was_left() -> int:
    """Runs whose worker has died wait their turn again, and one that waits though none is worked out gets it; how
    many. Nothing of that kind, nothing written."""
    now = clock.now()
    with entered(EVERY_COMPANY):
        open_ones = PlanRun.objects.of_every_company().filter(state__in=(State.RUNNING, State.QUEUED))
        runs = list(open_ones.select_related("company").order_by("pk"))
    left = [run for run in runs if is_left(run, now)]
    for run in left:
        try:
            perform(take_up_run, OneRun(id=run.pk), actor=the_system(run.company, via="schedule"), key=uuid4().hex)
        except Refused:
            continue  # it ended meanwhile
    busy = {run.company_id for run in runs if run.state == State.RUNNING}
    waiting = {run.company_id: run for run in reversed(runs) if run.company_id not in busy}
    forgotten = [run for run in waiting.values() if run.asked_at < now - WAITS_LONG]
    for run in forgotten:
        work_out.enqueue(run.company_id, run.pk)
    return len(left) + len(forgotten)


def lay_plans_down() -> int:
    """What this version has not laid down yet of the plans that people ask about; returns how many. After an upgrade,
    or where the folder was emptied."""
    with entered(EVERY_COMPANY):
        live = PlanRun.objects.of_every_company().filter(kind=PlanRun.Kind.LIVE, state=PlanRun.State.DONE)
        newest = list(live.order_by().values("company_id").annotate(last=Max("pk")).values_list("company_id", "last"))
    found = 0
    for company, pk in newest:
        with entered(Company.objects.get(pk=company)):
            found += laid_again(PlanRun.objects.of(company).get(pk=pk))
    return found


def plan_all() -> int:
    """Ask a plan for each company that ever had one; returns how many."""
    with entered(EVERY_COMPANY):
        planned = set(PlanRun.objects.of_every_company().values_list("company_id", flat=True))
        companies = list(Company.objects.filter(pk__in=planned, is_active=True))
    for company in companies:
        perform(ask_plan, AskPlan(), actor=the_system(company, via="schedule"), key=f"nightly:{uuid4().hex}")
    return len(companies)
