"""What is lost on the way is written off: where a write-off would wait for a second person, so does this."""

from collections.abc import Iterator, Set
from typing import Any

from huoku.server.documents.course import course_of
from huoku.server.documents.meant import Meant, tells_what_is_meant
from huoku.server.documents.papers import stands_for
from huoku.server.ledger.commands.movements import write_off
from huoku.server.platform import approvals, hooks
from huoku.server.platform.command import At, Command
from huoku.server.warehouse.commands.settling import SettleDifference, settle_difference, worth_of_losses
from huoku.server.warehouse.models import Transfer, TransferLine


def why_as_a_write_off(at: At, _command: Command[Any], request: SettleDifference) -> str:
    """Why it waits, or ""."""
    worth = worth_of_losses(at, request)
    return approvals.why_it_waits(at.actor, write_off.name, worth) if worth else ""


stands_for("warehouse.line", TransferLine, "transfers", way="transfer")
hooks.APPROVE.fill(settle_difference.name, why_as_a_write_off)


@tells_what_is_meant
def to_be_carried(company_id: int, demands: Set[str]) -> Iterator[Meant]:
    """Lines of transfers that have not arrived."""
    rows = TransferLine.objects.of(company_id).filter(demand__in=demands).order_by("pk")
    for line in rows.exclude(transfer__state__in=course_of(Transfer).ends).select_related("item"):
        if line.open_steps:
            yield Meant(line.ledger_name, line.item_id, line.open_steps)
