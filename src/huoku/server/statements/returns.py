"""What came back, or was sent back, in a month: of which row of a paper, and how much."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from huoku.server.ledger.models import Movement
from huoku.server.platform.clock import business_day
from huoku.server.platform.models import Company
from huoku.server.statements.entries import Month

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Moved(Generic[Row]):
    """A row of goods of one lot of which so much has gone back by now, under the number of a document."""

    row: Row
    document: str
    lot: int
    returned: int


def returned(company: Company, moved: Iterable[Moved[Row]], month: Month) -> Iterator[tuple[Row, int, date]]:
    """The row, how much of it, and the day; in the order in which it happened. Each lot goes back to the rows that it
    moved with, the first first."""
    by_lot: dict[tuple[str, int], list[Moved[Row]]] = defaultdict(list)
    for each in moved:
        if each.returned:
            by_lot[each.document, each.lot].append(each)
    moves = Movement.objects.of(company).filter(
        kind=Movement.Kind.RETURN, document__in={document for document, _ in by_lot}, effective_at__lt=month.ends
    )
    left = {id(each): each.returned for rows in by_lot.values() for each in rows}
    for move in moves.order_by("effective_at", "seq"):
        steps = move.quantity
        for each in by_lot.get((move.document, move.lot_id), ()):
            part = min(steps, left[id(each)])
            left[id(each)], steps = left[id(each)] - part, steps - part
            if part and move.effective_at >= month.begins:
                yield each.row, part, business_day(company, move.effective_at)
