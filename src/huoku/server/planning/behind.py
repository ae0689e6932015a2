"""The papers behind what a plan calls by their numbers: purchases, requests and work orders that are open still."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from huoku.report.pegging_bars import Known
from huoku.server.planning.reading.trade import line_name
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.models import WorkOrder
from huoku.server.purchasing.models import PurchaseLine, PurchaseRequest

CONFIRMED, DRAFT = "confirmed", "draft"


@dataclass(frozen=True, slots=True)
class Paper:
    """``id``: of the order or request; ``is_sent``: a supplier has it."""

    kind: Literal["purchase", "request", "work"]
    id: int
    number: str
    known: Known
    supplier: object | None = None
    is_sent: bool = True


def papers_behind(actor: Actor, supplies: Iterable[str]) -> Mapping[str, Paper]:
    """By what the plan calls each of these open supplies, as far as the actor may see its paper."""
    names = set(supplies)
    numbers = {name.partition("/")[0] for name in names}
    if not numbers:
        return {}
    found: dict[str, Paper] = {}
    lines = rows_for(actor, PurchaseLine).filter(order__number__in=numbers).select_related("order__supplier")
    for line in lines:
        found[line_name(line.order.number, line.seq)] = _of_line(line)
    left = numbers - {name.partition("/")[0] for name in found}
    for order in rows_for(actor, WorkOrder).filter(number__in=left) if left else ():
        known = Known(True, order.due_on, order.start_on)
        found[order.number] = Paper("work", order.pk, order.number, known)
    left -= set(found)
    for row in rows_for(actor, PurchaseRequest).filter(number__in=left) if left else ():
        found[row.number] = Paper("request", row.pk, row.number, Known(False, row.need_on), is_sent=False)
    return {name: found[name] for name in names if name in found}


def _of_line(line: PurchaseLine) -> Paper:
    """A day that the supplier has given is sure; what was only wanted is not."""
    order, given = line.order, line.revised_on or line.promised_on
    known = Known(given is not None or order.state == CONFIRMED, line.expected_on)
    return Paper("purchase", order.pk, order.number, known, order.supplier, order.state != DRAFT)


def known_of(papers: Mapping[str, Paper]) -> dict[str, Known]:
    return {name: paper.known for name, paper in papers.items()}
