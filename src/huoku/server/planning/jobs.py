"""What planning does by itself: each night every company that plans is planned anew."""

from uuid import uuid4

from huoku.server.planning.commands.runs import AskPlan, ask_plan
from huoku.server.planning.models import PlanRun
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import perform
from huoku.server.platform.models import Company
from huoku.server.platform.scope import EVERY_COMPANY, entered


def plan_all() -> int:
    """Ask a plan for each company that ever had one; returns how many."""
    with entered(EVERY_COMPANY):
        planned = set(PlanRun.objects.of_every_company().values_list("company_id", flat=True))
        companies = list(Company.objects.filter(pk__in=planned, is_active=True))
    for company in companies:
        perform(ask_plan, AskPlan(), actor=the_system(company, via="schedule"), key=f"nightly:{uuid4().hex}")
    return len(companies)
