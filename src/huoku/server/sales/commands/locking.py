"""The lock period (锁定期): sales and production agree that an order stands still while its stock is verified."""

from datetime import date

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.tasks import drop_tasks, leave_task
from huoku.server.ledger.commands.count_plans import open_counts_in_doubt
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Opened
from huoku.server.platform.roles import Role
from huoku.server.sales.keeping import open_lines
from huoku.server.sales.models import SalesOrder
from huoku.server.sales.queries.materials import items_behind
from huoku.server.sales.refusals import LockIsOver, NotAsked, SameSide
from huoku.server.sales.rights import AGREE_LOCK

TASK = "lock"
WORDS = Sentence(
    "订单 {number} 提出锁定到 {until}，请另一方同意。",
    "A lock period until {until} is asked for order {number}; the other side has to agree.",
)
MAKERS = frozenset({Role.PRODUCTION_LEAD, Role.PLANNER})


class AskLock(Opened):
    until: date


@command(right=AGREE_LOCK)
def ask_lock(at: At, request: AskLock) -> dict[str, object]:
    """Ask for a lock period. Raises NotFound, Stale, NotFromHere, LockIsOver."""
    order = opened(at, SalesOrder, request.id, request.version)
    if request.until < at.today:
        raise LockIsOver(field="until", value=request.until)
    side = _side(at)
    other = Role.SALES if side == Role.PRODUCTION_LEAD else Role.PRODUCTION_LEAD
    answer = go(
        *(at, order, "sales.ask_lock"),
        lock_until=request.until,
        lock_asked_by_id=at.actor.user and at.actor.user.pk,
        lock_asked_as=side,
    )
    leave_task(at, order, TASK, other, WORDS, number=order.number, until=request.until)
    return {**answer, "lock_until": request.until}


@command(right=AGREE_LOCK)
def agree_lock(at: At, request: Opened) -> dict[str, object]:
    """Agree to the lock period that the other side asked for. What of its materials is in doubt is to be counted.
    Raises NotFound, Stale, NotFromHere, NotAsked, SameSide."""
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.agree_lock")
    if order.lock_until is None:
        raise NotAsked(field="lock_until")
    is_same_person = at.actor.user is not None and order.lock_asked_by_id == at.actor.user.pk
    agrees = {Role.PRODUCTION_LEAD if role in MAKERS else role for role in at.actor.roles} - {order.lock_asked_as}
    if is_same_person or not agrees & {Role.SALES, Role.PRODUCTION_LEAD, Role.OWNER}:
        raise SameSide(field="id", value=order.number)
    lines = open_lines(at, order)
    items = items_behind(at.company_id, [line.item_id for line in lines], order.lock_until)
    counts = open_counts_in_doubt(at, items)
    drop_tasks(at, order, TASK)
    return {**go(at, order, "sales.agree_lock"), "lock_until": order.lock_until, "counts": counts}


@command(right=AGREE_LOCK)
def unlock_order(at: At, request: Opened) -> dict[str, object]:
    """The order may change again. Raises NotFound, Stale, NotFromHere."""
    order = opened(at, SalesOrder, request.id, request.version)
    return go(at, order, "sales.unlock_order", lock_until=None, lock_asked_by_id=None, lock_asked_as="")


def _side(at: At) -> Role:
    return Role.PRODUCTION_LEAD if at.actor.roles & MAKERS and Role.SALES not in at.actor.roles else Role.SALES
