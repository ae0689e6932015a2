"""Was anything accepted since a plan read the records? What it proposes then would be bought and made twice."""

from django.db.models import Count, Sum

from huoku.language import Sentence
from huoku.server.planning.models import PlanRun, Proposal
from huoku.server.platform.command import At
from huoku.server.platform.refusals import Refused


class AcceptedMeanwhile(Refused):
    code, status, is_kept = "accepted_meanwhile", 409, False
    words = Sentence(
        "计划 {value} 算好以后又接受过建议，照它会重复下单。请重新运算。",
        "Proposals were accepted since plan {value} read the records: by it they would be ordered twice. Have it "
        "worked out again.",
    )


def accepted(company_id: int) -> str:
    """What tells all proposals that are accepted now from those at another time."""
    rows = Proposal.objects.ever(company_id).filter(state=Proposal.State.ACCEPTED)
    found = rows.aggregate(count=Count("pk"), sum=Sum("pk"))
    return f"{found['count']}:{found['sum'] or 0}"


def must_stand_as_read(at: At, run: PlanRun, accepted_then: str) -> None:
    """Raises AcceptedMeanwhile. Of a run that does not say what was accepted nothing is known."""
    if accepted_then and accepted_then != accepted(at.company_id):
        raise AcceptedMeanwhile(field="id", value=run.pk)


def wait_for_the_plan(at: At) -> None:
    """A plan that is just being written ends before anything of it is accepted, and none ends until that is done."""
    list(PlanRun.objects.of(at.company_id).select_for_update().filter(state=PlanRun.State.RUNNING))
