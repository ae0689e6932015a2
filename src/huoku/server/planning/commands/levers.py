"""Pulling a lever: somebody has a task about a purchase, with its text ready."""

from typing import Annotated

from pydantic import Field

from huoku.language import Sentence
from huoku.report.numbers import money, qty
from huoku.server.documents.tasks import leave_task
from huoku.server.planning.commands.proposals import NotOpen
from huoku.server.planning.files import pegs_of
from huoku.server.planning.levers import LEVERS, PREFIX, Name
from huoku.server.planning.models import Proposal
from huoku.server.planning.rights import DECIDE
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Opened, Words
from huoku.server.sales.models import SalesLine

MILLION = 10**6
NOBODY = "—"


class PullLever(Opened):
    """About a proposal to buy."""

    lever: Name
    note: Annotated[Words, Field(description="What the page or the buyer adds to the text.")] = ""


@command(right=DECIDE)
def pull_lever(at: At, request: PullLever) -> dict[str, object]:
    """Leave the task to its role; an open one of the same kind is replaced. What is answered stands on its result.
    Raises NotFound, Stale, NotOpen."""
    row = opened(at, Proposal, request.id, request.version)
    if row.state != Proposal.State.OPEN or row.kind != Proposal.Kind.BUY:
        raise NotOpen(field="id", value=row.pk)
    lever = LEVERS[request.lever]
    words = Sentence(f"{lever.text.zh}{{note}}", f"{lever.text.en}{{note}}")
    note = f" {request.note}" if request.note else ""
    told = {"proposal": row.pk, "item": row.item.code, "lever": request.lever}
    task = leave_task(
        at,
        row,
        PREFIX + request.lever,
        lever.role,
        words,
        due_on=row.start_on,
        facts=told,
        note=note,
        **_facts(at, row),
    )
    return {"id": task.pk, "version": task.version, "role": lever.role}


def _facts(at: At, row: Proposal) -> dict[str, str]:
    step = 10**row.item.decimals
    needed = min(row.needed_steps, row.qty_steps)
    rest = (row.qty_steps - needed) / step
    return {
        "item": f"{row.item.code} {row.item.name}".strip(),
        "unit": row.item.unit,
        "supplier": row.supplier.name or row.supplier.code if row.supplier else NOBODY,
        "needed": qty(needed / step),
        "bought": qty(row.qty_steps / step),
        "rest": qty(rest),
        "due": row.due_on.isoformat(),
        "tied": money(rest * (row.price_millionths or 0) / MILLION, at.actor.company.currency),
        "orders": _orders(at, row),
    }


def _orders(at: At, row: Proposal) -> str:
    """The customers' orders that it is for."""
    demands = pegs_of(row.run, [row.order])["demand"].to_list()
    ids = [line for name in demands if (line := SalesLine.id_of(name))]
    lines = SalesLine.objects.of(at.company_id).filter(pk__in=ids)
    return ", ".join(sorted(set(lines.values_list("order__number", flat=True)))) or NOBODY
