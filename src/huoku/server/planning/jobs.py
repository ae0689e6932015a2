"""What planning does by itself: each night every company that plans is planned anew."""

from uuid import uuid4

from django.db.models import Max

from huoku.server.planning.at_hand import laid_again
from huoku.server.planning.commands.runs import AskPlan, ask_plan
from huoku.server.planning.models import PlanRun
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import perform
from huoku.server.platform.models import Company
from huoku.server.platform.scope import EVERY_COMPANY, entered


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
