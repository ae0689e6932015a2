"""Material that was taken to work, where it came from."""

from collections.abc import Iterable

from huoku.server.ledger.models import Movement
from huoku.server.office.undoing.counter import Asked
from huoku.server.office.undoing.doing import Doing
from huoku.server.platform.exact import plain
from huoku.server.platform.kept import rows_for
from huoku.server.production.models import WorkComponent, WorkOrder


def returned(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """What was issued goes back to the place that it came from, lot by lot."""
    order = WorkOrder.objects.of(doing.actor.company).get(pk=doing.answer["id"])
    mine = {"document": order.ledger_name, "command_key": doing.key}
    for each in rows_for(doing.actor, Movement).filter(**mine).select_related("item", "lot", "from_location"):
        component = WorkComponent.objects.of(doing.actor.company).filter(order=order, item=each.item_id).first()
        if component is not None:
            yield (
                "production.return_component",
                {
                    "id": order.pk,
                    "line": component.seq,
                    "quantity": plain(each.quantity, each.item.decimals),
                    "to_location": each.from_location.code,
                    "lot": each.lot.code or None,
                },
            )


def put_back(doing: Doing) -> Iterable[tuple[str, Asked]]:
    yield "production.put_back_line", {"id": doing.answer["id"], "line": doing.answer["line"]}
