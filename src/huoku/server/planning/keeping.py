"""A new plan takes the place of the one before: what it proposes alike stays, with what was decided of it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from huoku.server.planning.models import PlanRun, Proposal, ProposalPeg
from huoku.server.planning.proposing import Proposed, key_of_row
from huoku.server.platform.command import At

State = Proposal.State


def replace_proposals(at: At, run: PlanRun, wanted: Sequence[Proposed]) -> dict[str, object]:
    """Open proposals that the new plan makes too stay what they are, those that were rejected stay rejected; others
    are new, and what it makes no more is replaced. Returns how many of each."""
    there: dict[tuple[Any, ...], list[Proposal]] = defaultdict(list)
    for row in Proposal.objects.of(at.company_id).filter(state__in=(State.OPEN, State.REJECTED)).order_by("-pk"):
        there[key_of_row(row)].append(row)
    fresh: list[tuple[Proposal, Proposed]] = []
    kept: list[tuple[Proposal, Proposed]] = []
    for each in wanted:
        same = there[each.key].pop() if there[each.key] else None
        if same is None:
            fresh.append((Proposal(company_id=at.company_id, run=run, **each.values), each))
        else:
            kept.append((same, each))
    gone = [row for rows in there.values() for row in rows if row.state == State.OPEN]
    Proposal.objects.bulk_create([row for row, _ in fresh], batch_size=500)
    _stay(at, run, kept)
    Proposal.objects.of(at.company_id).filter(pk__in=[row.pk for row in gone]).update(state=State.REPLACED)
    _write_pegs(at, [*fresh, *kept], [*kept])
    at.changed(run, {}, {"proposals": {"new": len(fresh), "kept": len(kept), "replaced": len(gone)}})
    return {"new": len(fresh), "kept": len(kept), "replaced": len(gone)}


def _stay(at: At, run: PlanRun, kept: Sequence[tuple[Proposal, Proposed]]) -> None:
    for row, each in kept:
        row.run = run
        for name in ("order", "needed_steps", "price_millionths", "fees_minor", "why_zh", "why_en"):
            setattr(row, name, each.values[name])
    columns = ["run", "order", "needed_steps", "price_millionths", "fees_minor", "why_zh", "why_en"]
    Proposal.objects.of(at.company_id).bulk_update([row for row, _ in kept], columns, batch_size=500)


def _write_pegs(
    at: At, all_of: Sequence[tuple[Proposal, Proposed]], before: Sequence[tuple[Proposal, Proposed]]
) -> None:
    ProposalPeg.objects.of(at.company_id).filter(proposal__in=[row.pk for row, _ in before]).delete()
    pegs = [
        ProposalPeg(company_id=at.company_id, proposal=row, demand=peg.demand, qty_steps=peg.steps, need_on=peg.need_on)
        for row, each in all_of
        for peg in each.pegs
    ]
    ProposalPeg.objects.bulk_create(pegs, batch_size=1000)
