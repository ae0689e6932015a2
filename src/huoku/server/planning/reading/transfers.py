"""Open transfers as a plan sees them: what they bring to one site, and what they take from the other.

Bins of one site are one place to a plan, so a transfer within a site is nothing to it until the stock has left: what is
under way lies nowhere, and is to arrive like any supply.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huoku.server.ledger.models import Reservation
from huoku.server.planning.reading.columns import Columns, columns, decimal, place
from huoku.server.planning.reading.trade import LIES_FREE, line_name
from huoku.server.platform.models import Site
from huoku.server.warehouse.models import TransferLine
from huoku.server.warehouse.states import COURSE

FIRST = 0
"""The priority of what transfers take: what is decided is served before what is only asked for."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Rows of the factory's tables, and what the records call each demand among them."""

    supplies: Sequence[tuple[Any, ...]]
    demands: Sequence[tuple[Any, ...]]
    reservations: Sequence[tuple[Any, ...]]
    demand_of: dict[str, str] = field(default_factory=dict)


def carried(company_id: int, today: date) -> Carried:
    """All transfers that are not at their end, drafts included: whoever wrote one has decided it."""
    lines = list(
        TransferLine.objects.of(company_id)
        .filter(transfer__state__in=COURSE.open_states(), item__is_active=True)
        .select_related("item", "transfer__origin__site", "transfer__target__site")
        .order_by("transfer__number", "seq")
    )
    count = Counter(TransferLine.objects.of(company_id).values_list("transfer_id", flat=True))
    named = {line: line_name(line.transfer.number, line.seq, count[line.transfer_id]) for line in lines}
    leaving = {line: name for line, name in named.items() if line.transfer.is_between_sites and line.to_send_steps}
    return Carried(
        supplies=[_brought(line, name, steps) for line, name in named.items() if (steps := _to_arrive(line))],
        demands=[_taken(line, name, today) for line, name in leaving.items()],
        reservations=_kept(company_id, {line.ledger_name: name for line, name in leaving.items()}),
        demand_of={name: line.ledger_name for line, name in leaving.items()},
    )


def with_more(table: Columns, rows: Sequence[tuple[Any, ...]]) -> Columns:
    """A table of the factory with further rows, in its order of columns."""
    more = columns(list(table), rows)
    return {name: [*values, *more[name]] for name, values in table.items()}


def _to_arrive(line: TransferLine) -> int:
    return line.open_steps if line.transfer.is_between_sites else line.under_way_steps


def _brought(line: TransferLine, name: str, steps: int) -> tuple[Any, ...]:
    transfer, digits = line.transfer, line.item.decimals
    arrives = (transfer.expected_on, _site(transfer.target.site), "transfer", None, "released")
    return (name, line.item.code, decimal(steps, digits), *arrives)


def _taken(line: TransferLine, name: str, today: date) -> tuple[Any, ...]:
    """Like what a contract obliges to: it uses up no forecast of the item."""
    transfer = line.transfer
    leaves = (max(transfer.start_on, today), _site(transfer.origin.site), FIRST, None, "contract", None)
    return (name, line.item.code, decimal(line.to_send_steps, line.item.decimals), *leaves)


def _kept(company_id: int, named: dict[str, str]) -> list[tuple[Any, ...]]:
    rows = (
        Reservation.objects.of(company_id)
        .filter(state__in=Reservation.OPEN, supply=None, location__kind__in=LIES_FREE, demand__in=list(named))
        .select_related("item", "lot", "location__site")
        .order_by("demand", "location__code", "made_at", "pk")
    )
    return [
        (
            *(named[row.demand], row.item.code, decimal(row.open_quantity, row.item.decimals)),
            *(_site(row.location.site), row.lot.code or None if row.lot else None),
        )
        for row in rows
    ]


def _site(site: Site | None) -> str:
    return place(site.code if site else None)
