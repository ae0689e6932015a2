"""Opening decided proposals again: whoever pressed too quickly."""

from typing import Annotated

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import COURSES
from huoku.server.documents.document import Document
from huoku.server.planning.files import has_orders, orders_of
from huoku.server.planning.models import PlanRun, Proposal, ProposalPeg
from huoku.server.planning.rights import DECIDE
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import Unknown, change, nouns, rows_for
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Id
from huoku.server.production.models import WorkOrder
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.warehouse.models import TransferLine

State = Proposal.State
AS_PROPOSED = ("qty_steps", "start_on", "due_on", "supplier_id")
"""What whoever accepted it may have changed."""


class StillActedOn(Refused):
    code, status, is_kept = "still_acted_on", 409, False
    words = Sentence("{number} 还在，先取消它。", "{number} is still there; cancel it first.")


class ReopenProposals(Asked):
    proposals: Annotated[list[Id], Field(min_length=1, max_length=2_000)]


@command(right=DECIDE)
def reopen_proposals(at: At, request: ReopenProposals) -> dict[str, object]:
    """What was accepted or rejected is to be decided again, as it was proposed. What it became has to be cancelled
    before. Raises Unknown, StillActedOn."""
    rows = rows_for(at.actor, Proposal).select_for_update(of=("self",)).select_related("run")
    found = {row.pk: row for row in rows.filter(pk__in=request.proposals, state__in=(State.ACCEPTED, State.REJECTED))}
    for place, pk in enumerate(request.proposals):
        if pk not in found:
            raise Unknown(row=place, field="proposals", value=pk, **nouns(Proposal))
        _must_be_cancelled(at, found[pk])
    proposed = {run: _as_proposed(run) for run in {row.run for row in found.values()}}
    ProposalPeg.objects.of(at.company_id).filter(proposal__in=found).delete()
    for row in found.values():
        values = proposed[row.run].get(row.order, {})
        open_again = {"state": State.OPEN, "document": "", "reason": "", "decided_at": None, "decided_by_id": None}
        change(at, row, {**values, **open_again})
    return {"reopened": len(found)}


def _as_proposed(run: PlanRun) -> dict[str, dict[str, object]]:
    """By order of the run, what it proposed; nothing where its files are gone: then it stays as it was decided."""
    if not has_orders(run):
        return {}
    rows = orders_of(run).select("order", *AS_PROPOSED).iter_rows(named=True)
    return {row.pop("order"): row for row in rows}


def _must_be_cancelled(at: At, row: Proposal) -> None:
    """Raises StillActedOn."""
    kind, _, pk = row.document.partition(":")
    if not pk:
        return
    paper: Document
    if kind == "purchasing.line":
        paper = PurchaseLine.objects.of(at.company_id).select_related("order").get(pk=int(pk)).order
    elif kind == "production.order":
        paper = WorkOrder.objects.of(at.company_id).get(pk=int(pk))
    else:
        paper = TransferLine.objects.of(at.company_id).select_related("transfer").get(pk=int(pk)).transfer
    if paper.state not in COURSES[paper._meta.label_lower].ends:
        raise StillActedOn(field="proposals", value=row.pk, number=paper.number)
