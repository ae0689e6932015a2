"""What is lost on the way is written off: where a write-off would wait for a second person, so does this."""

from typing import Any

from huoku.server.documents.papers import stands_for
from huoku.server.ledger.commands.movements import write_off
from huoku.server.platform import approvals, hooks
from huoku.server.platform.command import At, Command
from huoku.server.warehouse.commands.settling import SettleDifference, settle_difference, worth_of_losses
from huoku.server.warehouse.models import TransferLine


def why_as_a_write_off(at: At, _command: Command[Any], request: SettleDifference) -> str:
    """Why it waits, or ""."""
    worth = worth_of_losses(at, request)
    return approvals.why_it_waits(at.actor, write_off.name, worth) if worth else ""


stands_for("warehouse.line", TransferLine, "transfers", way="transfer")
hooks.APPROVE.fill(settle_difference.name, why_as_a_write_off)
