"""Proposals to carry stock from site to site become transfers, asked for; the warehouse approves and sends them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from huoku.server.documents.places import place_of_kind
from huoku.server.ledger.models import Location
from huoku.server.planning.models import Proposal, ProposalPeg
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.platform.requests import Opened
from huoku.server.warehouse.commands.drafting import AddTransfer, add_transfer, ask_for_transfer
from huoku.server.warehouse.models import TransferLine

Way = tuple[int | None, int | None, date, date]
"""From which site to which, leaving and arriving on these days."""


def carry(at: At, rows: Sequence[Proposal], pegs: Mapping[int, Sequence[ProposalPeg]]) -> list[str]:
    """One transfer for each way and day, a line for each demand: once it is approved, what is kept at the origin for a
    demand goes with it, and what arrives is kept for the same. Returns their numbers."""
    papers: dict[Way, list[Proposal]] = defaultdict(list)
    for row in rows:
        papers[row.from_site_id, row.site_id, row.start_on, row.due_on].append(row)
    return [_transfer(at, way, papers[way], pegs) for way in sorted(papers, key=str)]


def _transfer(at: At, way: Way, rows: Sequence[Proposal], pegs: Mapping[int, Sequence[ProposalPeg]]) -> str:
    from_site, to_site, start_on, due_on = way
    ends = [place_of_kind(at, Location.Kind.STORAGE, site) for site in (from_site, to_site)]
    codes = Location.objects.of(at.company_id).in_bulk(ends)
    origin, target = (codes[end].code for end in ends)
    shares = [(row, demand, steps) for row in rows for demand, steps in _shares(row, pegs.get(row.pk, ()))]
    lines = [
        {"item": row.item.code, "qty": plain(steps, row.item.decimals), "demand": demand}
        for row, demand, steps in shares
    ]
    days = {"start_on": start_on, "expected_on": due_on}
    asked = AddTransfer.model_validate({"origin": origin, "target": target, **days, "lines": lines})
    made = add_transfer(at, asked)
    written = TransferLine.objects.of(at.company_id).filter(transfer=made["id"]).order_by("seq")
    for (row, _, _), line in zip(shares, written, strict=True):
        row.document = row.document or line.ledger_name
    ask_for_transfer(at, Opened(id=made["id"]))
    meant = [peg.pk for row in rows for peg in pegs.get(row.pk, ())]
    ProposalPeg.objects.of(at.company_id).filter(pk__in=meant).update(is_kept=True)
    return str(made["number"])


def _shares(row: Proposal, pegs: Sequence[ProposalPeg]) -> Iterator[tuple[str, int]]:
    """So many steps for each demand, the largest first, as far as the proposal goes; the rest is for nobody."""
    left = row.qty_steps
    for peg in pegs:
        if steps := min(left, peg.qty_steps):
            yield peg.demand, steps
            left -= steps
    if left:
        yield "", left
