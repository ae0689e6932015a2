"""The picker stood before the shelf and it was not there."""

from huoku.language import Sentence
from huoku.server.documents.tasks import leave_task
from huoku.server.ledger.doubting import ask_for_a_count
from huoku.server.ledger.models import CountTask, Location
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.platform.roles import Role
from huoku.server.production.components import named
from huoku.server.production.models import WorkComponent, WorkOrder

WORDS = Sentence(
    "拣料缺料：工单 {number} 在 {place} 没有找到 {missing}，账上有。已安排盘点；请安排替代、调拨、采购或先做一部分。",
    "Not found while picking for {number}: {missing} at {place}, though the book has them. A count is asked for; "
    "find a substitute, a transfer, a purchase, or build a part.",
)
TOLD = (Role.PLANNER, Role.PRODUCTION_LEAD, Role.BUYER, Role.STOREKEEPER)


def tell_not_found(at: At, order: WorkOrder, component: WorkComponent, place: Location, missing: int) -> None:
    """Ask for a count of the place, and tell planning, production, purchasing and the store at once."""
    ask_for_a_count(at, component.item_id, place.pk, CountTask.Cause.NOT_FOUND)
    facts = {
        "item": component.item.code,
        "place": place.code,
        "missing": plain(missing, component.item.decimals),
        "line": component.seq,
    }
    at.tell("pick_short", order, **facts)
    words = {"number": order.number, "place": place.code, "missing": named(component, missing)}
    for role in TOLD:
        leave_task(at, order, f"pick_short_{component.seq}", role, WORDS, due_on=order.start_on, facts=facts, **words)
