"""Proposals that stand open again, and calls that a contract has again."""

from collections.abc import Iterable

from huoku.server.office.undoing.counter import Asked
from huoku.server.office.undoing.doing import Doing
from huoku.server.platform.kept import rows_for
from huoku.server.production.models import WorkOrder
from huoku.server.purchasing.models import PurchaseOrder
from huoku.server.warehouse.models import Transfer


def call_taken_back(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """The order that calls on the contract is cancelled: the contract has its quantity again."""
    for each in doing.changes("sales.salesorder"):
        yield "sales.cancel_order", {"id": each.id}


def reopened(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """What the proposals became is cancelled; they stand open again."""
    made = (
        ("purchase_orders", PurchaseOrder, "purchasing.cancel"),
        ("work_orders", WorkOrder, "production.cancel_order"),
        ("transfers", Transfer, "warehouse.cancel_transfer"),
    )
    for name, model, cancel in made:
        numbers = doing.answer.get(name, ())
        for pk in rows_for(doing.actor, model).filter(number__in=numbers).order_by("pk").values_list("pk", flat=True):
            yield cancel, {"id": pk}
    yield "planning.reopen_proposals", {"proposals": [each.id for each in doing.changes("planning.proposal")]}
