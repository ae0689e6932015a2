"""Deciding on a transfer, within one's limit or with a second person; and when it will be there."""

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.tasks import drop_tasks
from huoku.server.documents.wanting import still_wanted
from huoku.server.ledger.queries.costs import about
from huoku.server.platform import approvals
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened, rows_for
from huoku.server.platform.requests import DueDay, Opened, Words
from huoku.server.warehouse.commands.drafting import ASKED_FOR, must_have_lines
from huoku.server.warehouse.keeping import keep_for_its_demand, keep_stock
from huoku.server.warehouse.models import Transfer, TransferLine
from huoku.server.warehouse.places import must_work_at
from huoku.server.warehouse.refusals import ArrivesBeforeItLeaves
from huoku.server.warehouse.rights import APPROVE
from huoku.server.warehouse.standing import lines_of
from huoku.server.warehouse.supplies import restate, supply_id, tell_of_lateness


def _worth(at: At, request: Opened) -> int:
    """What it carries, at cost; an amount that nobody can tell is above every limit."""
    transfer = rows_for(at.actor, Transfer).filter(pk=request.id).first()
    lines = TransferLine.objects.of(at.company_id).filter(transfer=transfer)
    worth = about(at.actor.company, [(line.item_id, line.qty_steps) for line in lines])
    return approvals.UNKNOWN if worth is None else worth


@command(right=APPROVE, amount=_worth)
def approve_transfer(at: At, request: Opened) -> dict[str, object]:
    """It is decided: its stock is kept at the origin, and what it brings is counted on at the target.

    Raises NotFound, Stale, NotFromHere, NotYourSite of the origin, NoLines, NotThere.
    """
    transfer = opened(at, Transfer, request.id, request.version)
    must_be_open_to(transfer, "warehouse.approve_transfer")
    must_work_at(at, transfer.origin)
    lines = lines_of(at, transfer)
    must_have_lines(transfer, lines)
    keep_stock(at, transfer, lines)
    told = go(at, transfer, "warehouse.approve_transfer")
    drop_tasks(at, transfer, ASKED_FOR)
    restate(at, transfer, lines)
    wanted = still_wanted(at.company_id, {line.demand for line in lines if line.demand})
    for line in lines:
        if line.demand in wanted and (supply := supply_id(at, line)):
            keep_for_its_demand(at, transfer, line, supply)
    return told


class ReviseArrival(Opened):
    expected_on: DueDay
    reason: Words = ""


@command(right=APPROVE)
def revise_arrival(at: At, request: ReviseArrival) -> dict[str, object]:
    """It will be there on another day: promises know it at once. Raises NotFound, Stale, NotFromHere,
    ArrivesBeforeItLeaves."""
    transfer = opened(at, Transfer, request.id, request.version)
    must_be_open_to(transfer, "warehouse.revise_arrival")
    if request.expected_on < transfer.start_on:
        start_on = transfer.start_on.isoformat()
        raise ArrivesBeforeItLeaves(field="expected_on", value=request.expected_on.isoformat(), start_on=start_on)
    before, lines = transfer.expected_on, lines_of(at, transfer)
    told = go(at, transfer, "warehouse.revise_arrival", expected_on=request.expected_on)
    restate(at, transfer, lines)
    tell_of_lateness(at, transfer, lines, before)
    return told
