"""A substitute that is not allowed waits for an engineer; for an order that has ended nothing is kept."""

from collections.abc import Iterator, Set
from typing import Any

from huoku.server.documents.meant import Meant, tells_what_is_meant
from huoku.server.documents.papers import stands_for
from huoku.server.documents.wanting import speaks_for
from huoku.server.platform import hooks
from huoku.server.platform.command import At, Command
from huoku.server.platform.commands.approvals import OneApproval
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Approval
from huoku.server.production.commands.substitutes import IssueSubstitute, issue_substitute, ratio_of
from huoku.server.production.models import WorkComponent, WorkOrder
from huoku.server.production.rights import APPROVE_SUBSTITUTE
from huoku.server.production.states import BEFORE_THE_END
from huoku.server.production.substitutes import allowed_for

ENGINEERING = "engineering"


def why_an_engineer(at: At, command: Command[Any], request: IssueSubstitute) -> str:
    """Why it waits, or "". Raises RiskNeeded: nobody is asked to approve what is not written down."""
    order = rows_for(at.actor, WorkOrder).filter(pk=request.id).first()
    component = WorkComponent.objects.of(at.company_id).filter(order=order, seq=request.line).first()
    if order is None or component is None:
        return ""  # the command itself says what is wrong
    if request.substitute in {each.code for each in allowed_for(at.company_id, order, component)}:
        return ""
    ratio_of(at, order, component, request)
    return ENGINEERING


def must_be_an_engineer(at: At, request: OneApproval) -> None:
    """Raises NotAllowed for anybody else who would approve such a substitute."""
    waiting = Approval.objects.of(at.company_id).filter(pk=request.id).first()
    if waiting and (waiting.kind, waiting.why) == (issue_substitute.name, ENGINEERING):
        at.actor.must(APPROVE_SUBSTITUTE)


stands_for("production.order", WorkOrder, "work_orders")
hooks.APPROVE.fill(issue_substitute.name, why_an_engineer)
hooks.CHECK.fill("platform.approve", must_be_an_engineer)


@speaks_for("production.order")
def orders_to_make(company_id: int, ids: Set[int]) -> Set[int]:
    """Orders that have not ended."""
    rows = WorkOrder.objects.of(company_id).filter(pk__in=ids, state__in=BEFORE_THE_END)
    return set(rows.values_list("pk", flat=True))


@tells_what_is_meant
def to_be_made(company_id: int, demands: Set[str]) -> Iterator[Meant]:
    """Orders that have not ended."""
    rows = WorkOrder.objects.of(company_id).filter(demand__in=demands, state__in=BEFORE_THE_END).order_by("pk")
    for order in rows:
        if (left := order.qty_steps - order.made_steps) > 0:
            yield Meant(order.ledger_name, order.item_id, left)
