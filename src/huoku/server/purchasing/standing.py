"""How far lines have come: every change of it goes this way, so that what is still to come is always right."""

from copy import copy
from typing import Any

from huoku.language import Sentence
from huoku.server.platform.command import At
from huoku.server.platform.kept import change
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.purchasing.models import PurchaseLine, PurchaseOrder


class LineTwice(Refused):
    code = "line_twice"
    words = Sentence("第 {value} 行给了两次。", "Line {value} is given twice.")


def lines_by_id(at: At, order: PurchaseOrder) -> dict[int, PurchaseLine]:
    """The lines of an order; whoever changes one has locked the order."""
    lines = PurchaseLine.objects.of(at.company_id).filter(order=order).select_related("item").order_by("seq")
    return {line.pk: line for line in lines}


def line_in(lines: dict[int, PurchaseLine], id: int, row: int) -> PurchaseLine:
    """The line with this id. Raises NotFound where the order has no such line."""
    if id not in lines:
        raise NotFound(row=row, field="line", value=id, what="purchaseline")
    return lines[id]


def must_be_named_once(lines: list[PurchaseLine]) -> None:
    """Raises LineTwice."""
    seen: set[int] = set()
    for row, line in enumerate(lines):
        if line.pk in seen:
            raise LineTwice(row=row, field="line", value=line.seq)
        seen.add(line.pk)


def come(at: At, line: PurchaseLine, **values: Any) -> None:
    """Give a line other figures, and reckon from them what is still to come."""
    changed = copy(line)
    for name, value in values.items():
        setattr(changed, name, value)
    change(at, line, {**values, "open_steps": changed.still_to_come()})
