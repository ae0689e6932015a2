"""Who is told of a shortage: the heads of production, purchasing, warehouse and planning, at once; and the sellers."""

from collections.abc import Iterable
from datetime import date, timedelta

from huoku.language import Sentence
from huoku.server.documents.tasks import drop_tasks, leave_task
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.platform.roles import Role
from huoku.server.production.models import WorkOperation
from huoku.server.sales.models import SalesLine
from huoku.server.shortages.impact import hits_of
from huoku.server.shortages.models import Hit, ShortageCase
from huoku.server.shortages.names import SALES_LINE, ids_in, number_in

HEADS = (Role.PRODUCTION_LEAD, Role.BUYER, Role.STOREKEEPER, Role.PLANNER)
SHORTAGE, STOP, CUSTOMER = "shortage", "line_stops", "shortage_hits_customer"

FOUND = Sentence(
    "缺料 {case}：工单 {number} 缺 {missing}，{need_on} 要用。等着它的客户订单：{orders}。",
    "Shortage {case}: work order {number} lacks {missing}, needed on {need_on}. Customers' orders that wait: {orders}.",
)
SLIPPED = Sentence(
    "缺料 {case}：{missing} 又推迟，{was} → {day}（第 {times} 次）。请重新选办法；料到齐前不要开工，免得开开停停。",
    "Shortage {case}: {missing} are later again, {was} → {day} (change {times}). Choose again, and do not start "
    "the line before all of it is here, or it will start and stop.",
)
STOPS = Sentence(
    "工单 {number} 正在生产，{item} 要到 {day}：现有的料用完就停线。请安排先停还是先做别的。",
    "Work order {number} is running, and {item} will not be here before {day}: it stops when what is here is used up. "
    "Decide whether to stop now or build something else.",
)
SELLER = Sentence(
    "订单 {number} 会晚：工单 {order} 缺 {item}，最早 {day} 开工；"
    "答应的是 {promised_on}，预计 {new_day}。请先告诉客户。",
    "Order {number} will be late: work order {order} lacks {item} and starts on {day} at the earliest. Promised was "
    "{promised_on}, expected is {new_day}. Tell the customer first.",
)


def said(case: ShortageCase, steps: int) -> str:
    return f"{plain(steps, case.item.decimals)} {case.item.unit} {case.item.code}"


def tell_heads(at: At, case: ShortageCase, hits: Iterable[Hit]) -> None:
    """A task for each head, with the numbers; and an event."""
    customers = sorted({hit.number for hit in hits if hit.kind == Hit.Kind.SALES_LINE})
    facts = {"item": case.item.code, "missing": plain(case.missing_steps, case.item.decimals), "orders": customers}
    for role in HEADS:
        leave_task(
            *(at, case, SHORTAGE, role, FOUND),
            due_on=case.need_on,
            facts=facts,
            case=case.number,
            number=case.order.number,
            missing=said(case, case.missing_steps),
            need_on=case.need_on,
            orders=", ".join(customers) or "–",
        )
    at.tell("shortage_opened", case, order=case.order.number, **facts)


def tell_it_slipped(at: At, case: ShortageCase, was: date, day: date, times: int) -> None:
    """The day on which the line was to go on has become later."""
    for role in HEADS:
        leave_task(
            *(at, case, SHORTAGE, role, SLIPPED),
            due_on=at.today,
            facts={"item": case.item.code, "was": was.isoformat(), "day": day.isoformat(), "times": times},
            case=case.number,
            missing=said(case, case.missing_steps),
            was=was,
            day=day,
            times=times,
        )
    at.tell("shortage_slipped", case, was=was, day=day, times=times)


def warn_if_running(at: At, case: ShortageCase, day: date) -> None:
    """Who runs the order is told before it stops; no more, where it comes in time after all."""
    running = WorkOperation.objects.of(at.company_id).filter(order=case.order_id, state="running")
    if day <= case.need_on:
        drop_tasks(at, case, STOP)
    elif running.exists():
        leave_task(
            *(at, case, STOP, Role.PRODUCTION_LEAD, STOPS),
            due_on=at.today,
            number=case.order.number,
            item=case.item.code,
            day=day,
        )


def tell_sellers(at: At, case: ShortageCase, day: date) -> None:
    """Each customer's order that is late when the line goes on that day: its seller hears of it before the customer.
    Where it is not late any more, he need not."""
    delay, kind = max(0, (day - case.need_on).days), f"{CUSTOMER}_{case.item_id}"
    hits = [hit for hit in hits_of(at, case.order) if hit.kind == Hit.Kind.SALES_LINE]
    lines = SalesLine.objects.of(at.company_id).select_related("order")
    lines_of = lines.in_bulk(ids_in((hit.document for hit in hits), SALES_LINE))
    for hit in hits:
        line = lines_of[number_in(hit.document, SALES_LINE) or 0]
        if delay <= hit.slack_days:
            drop_tasks(at, line.order, kind, Role.SALES)
            continue
        new_day = hit.due_on + timedelta(days=delay - hit.slack_days)
        leave_task(
            *(at, line.order, kind, Role.SALES, SELLER),
            due_on=at.today,
            facts={"case": case.number, "promised_on": hit.due_on.isoformat(), "expected_on": new_day.isoformat()},
            number=hit.number,
            order=case.order.number,
            item=case.item.code,
            day=day,
            promised_on=hit.due_on,
            new_day=new_day,
        )
