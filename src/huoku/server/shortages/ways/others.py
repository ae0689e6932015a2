"""Taking over what is kept for a less urgent order: it names whom that harms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from huoku.language import Sentence
from huoku.server.documents.tasks import leave_task
from huoku.server.ledger.commands.pre_empting import PreEmpt, pre_empt
from huoku.server.ledger.models import Reservation
from huoku.server.platform.roles import Role
from huoku.server.production.models import WorkOrder
from huoku.server.production.states import BEFORE_THE_END
from huoku.server.sales.models import SalesLine
from huoku.server.shortages.impact import hit_of_line, hits_of_each, late_cost, late_rate
from huoku.server.shortages.lacking import is_here
from huoku.server.shortages.models import Hit, ShortageCase, Way
from huoku.server.shortages.names import ORDER, SALES_LINE, ids_in
from huoku.server.shortages.opening import open_for
from huoku.server.shortages.ways.look import Doing, Found, Look, Outcome, said

WORDS = Sentence(
    "占用留给 {victim} 的 {quantity}（优先级更低，{need_on} 要）；它要等到 {fallback}。",
    "Take the {quantity} kept for {victim}, which is less urgent and needs it on {need_on}; it then waits "
    "until {fallback}.",
)
TAKEN = Sentence(
    "留给 {number} 的 {quantity} 让给了更急的工单 {by}：{reason}。预计 {fallback} 补上，请看交期。",
    "The {quantity} kept for {number} went to the more urgent work order {by}: {reason}. Expected again on {fallback}; "
    "look at its date.",
)
UNKNOWN = "?"


def less_urgent(look: Look) -> Iterator[Found]:
    """Of each less urgent demand what is kept for it in stock here."""
    rows = Reservation.objects.of(look.at.company_id).filter(
        item=look.item.pk, supply=None, state__in=Reservation.OPEN, priority__gt=look.order.priority
    )
    by_demand: dict[str, list[Reservation]] = defaultdict(list)
    for row in rows.exclude(demand=look.order.ledger_name).order_by("-priority", "-made_at", "id"):
        if is_here(look.picture, look.order, row.location_id):
            by_demand[row.demand].append(row)
    if not by_demand:
        return
    orders, lines = _orders_named(look, by_demand), _lines_named(look, by_demand)
    hits, rate = hits_of_each(look.at, orders.values()), late_rate(look.at)
    for demand, kept in by_demand.items():
        order, line = orders.get(demand), lines.get(demand)
        of_line = [hit_of_line(look.at, line, line.open_steps, rate)] if line else []
        yield _found(look, demand, kept, order, line, hits[order.pk] if order else of_line)


def _found(
    look: Look, demand: str, kept: list[Reservation], order: WorkOrder | None, line: SalesLine | None, hits: list[Hit]
) -> Found:
    left, taken = look.missing, {}
    for row in kept:
        if part := min(left, row.open_quantity):
            taken[str(row.pk)] = part
            left -= part
    steps = look.missing - left
    need_on = order.start_on if order else kept[0].need_on
    values: dict[str, object] = {
        "victim": order.number if order else line.order.number if line else demand,
        "quantity": said(look.item, steps),
        "need_on": need_on or UNKNOWN,
        "fallback": look.fallback_on or UNKNOWN,
    }
    facts = {"reservations": taken, "demand": demand}
    harm = _harm(look, hits, need_on)
    kind, victim = Way.Kind.TAKE_OVER, str(values["victim"])
    return Found(
        kind, look.item, steps, steps, look.at.today, WORDS, values, facts, harm=harm, later=steps, victim=victim
    )


def _orders_named(look: Look, demands: Iterable[str]) -> dict[str, WorkOrder]:
    """Of the demands those that are work orders under way."""
    orders = WorkOrder.objects.of(look.at.company_id).filter(state__in=BEFORE_THE_END).select_related("item")
    return {order.ledger_name: order for order in orders.filter(pk__in=ids_in(demands, ORDER))}


def _lines_named(look: Look, demands: Iterable[str]) -> dict[str, SalesLine]:
    """Of the demands those that are lines of customers."""
    lines = SalesLine.objects.of(look.at.company_id).select_related("order", "item")
    return {line.demand: line for line in lines.filter(pk__in=ids_in(demands, SALES_LINE))}


def _harm(look: Look, hits: list[Hit], need_on: date | None) -> int | None:
    """What it costs those who wait for the victim; None where nobody knows when it has its material again."""
    if look.fallback_on is None or need_on is None:
        return None
    return late_cost(hits, max(0, (look.fallback_on - need_on).days))


def take_over(doing: Doing) -> Outcome:
    """Pre-empt it; the victim has a shortage of its own then, or its seller a task."""
    look, way = doing.look, doing.way
    reason = doing.reason or look.case.number
    for reservation, steps in way.facts["reservations"].items():
        asked = PreEmpt(
            loser=reservation,
            demand=look.order.ledger_name,
            priority=look.order.priority,
            reason=reason,
            quantity=steps,
            need_on=look.order.start_on,
            promised_on=look.fallback_on,
        )
        pre_empt(look.at, asked)
    demand = way.facts["demand"]
    if order := _orders_named(look, [demand]).get(demand):
        open_for(look.at, order, look.item, ShortageCase.Source.TAKEN)
    elif line := _lines_named(look, [demand]).get(demand):
        leave_task(
            *(look.at, line.order, f"taken_{look.item.pk}", Role.SALES, TAKEN),
            number=line.order.number,
            quantity=said(look.item, way.qty_steps),
            by=look.order.number,
            reason=reason,
            fallback=look.fallback_on or UNKNOWN,
        )
    return Outcome(demand, look.at.today)
