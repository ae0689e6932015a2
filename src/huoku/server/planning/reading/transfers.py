"""Open transfers as a plan sees them: what they bring to one site, and what they take from the other.

Bins of one site are one place to a plan, so a transfer within a site is nothing to it until the stock has left: what is
under way lies nowhere, and is to arrive like any supply.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huoku.server.planning.reading.columns import Columns, columns, decimal, place
from huoku.server.planning.reading.keeping import Kept
from huoku.server.planning.reading.trade import line_name
from huoku.server.planning.reading.work import Taken
from huoku.server.platform.models import Site
from huoku.server.warehouse.models import TransferLine
from huoku.server.warehouse.states import COURSE


@dataclass(frozen=True, slots=True)
class Carried:
    """``taken`` at origins, with what is kept for that; ``brought`` to targets, as rows of the table of supplies."""

    taken: Sequence[Taken]
    brought: Sequence[tuple[Any, ...]]


def open_transfers(company_id: int, today: date, kept: Kept) -> Carried:
    """All transfers that are not at their end, drafts included: whoever wrote one has decided it. What is kept for them
    is taken from ``kept``."""
    rows = TransferLine.objects.of(company_id).filter(transfer__state__in=COURSE.open_states(), item__is_active=True)
    lines = rows.select_related("item", "transfer__origin__site", "transfer__target__site")
    taken: list[Taken] = []
    brought: list[tuple[Any, ...]] = []
    for line in lines.order_by("transfer__number", "seq"):
        name = line_name(line.transfer.number, line.seq)
        is_between_sites = line.transfer.is_between_sites
        if is_between_sites:
            taken += _taken(line, name, today, kept)
        else:
            _leave_there(line, kept)
        if steps := line.open_steps if is_between_sites else line.under_way_steps:
            brought.append(_brought(line, name, steps))
    return Carried(taken, brought)


def with_more(table: Columns, rows: Sequence[tuple[Any, ...]]) -> Columns:
    """A table of the factory with further rows, in its order of columns."""
    more = columns(list(table), rows)
    return {name: [*values, *more[name]] for name, values in table.items()}


def _taken(line: TransferLine, name: str, today: date, kept: Kept) -> Iterator[Taken]:
    """What is still to leave. Before it is approved, what is kept at the origin for its demand is what will go."""
    transfer, steps = line.transfer, line.to_send_steps
    if not steps:
        return
    site = _site(transfer.origin.site)
    held = kept.take(line.ledger_name, line.item_id, steps)
    if line.demand:
        left = steps - sum(each.steps for each in held)
        held += kept.take(line.demand, line.item_id, left, (site,))
    need_on = max(transfer.start_on, today)
    yield Taken(name, line.ledger_name, line.item.code, line.item.decimals, steps, need_on, site, held)


def _leave_there(line: TransferLine, kept: Kept) -> None:
    """Within a site what is kept for a line stays its demand's, or free, wherever it lies."""
    for held in kept.take(line.ledger_name, line.item_id, line.to_send_steps):
        if line.demand:
            kept.give(line.demand, line.item_id, held)


def _brought(line: TransferLine, name: str, steps: int) -> tuple[Any, ...]:
    transfer = line.transfer
    arrives = (transfer.expected_on, _site(transfer.target.site), "transfer", None, "released")
    return (name, line.item.code, decimal(steps, line.item.decimals), *arrives)


def _site(site: Site | None) -> str:
    return place(site.code if site else None)
