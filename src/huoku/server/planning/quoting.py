"""Whether an inquiry can be delivered in time, with stock, suppliers and machines as the last plan left them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huoku.language import Sentence
from huoku.server.planning.advising import ONE_AT_A_TIME, plan_in_hand
from huoku.server.planning.models import PlanRun
from huoku.server.planning.reading.columns import place
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.sales.models import SalesLine, SalesOrder


class NoPlan(Refused):
    code, status, is_kept = "no_plan", 409, False
    words = Sentence("还没有算过计划，请先算一次。", "There is no plan yet; have one worked out first.")


@dataclass(frozen=True, slots=True)
class LineQuote:
    """``date``: the first day on which all of a line can be there while everything that is promised keeps its day;
    None where there is none by the plan's last day. ``late_days`` counts from ``wanted``."""

    seq: int
    item: str
    qty: Decimal
    wanted: date
    date: date | None
    late_days: int | None


def quoted(actor: Actor, order_id: int) -> tuple[PlanRun, list[LineQuote]]:
    """What the last live plan could promise for each line of an order, each by itself; and that plan's run.

    Nothing is kept or changed. Raises NotFound, NoPlan.
    """
    order = rows_for(actor, SalesOrder).filter(pk=order_id).select_related("customer", "site").first()
    if order is None:
        raise NotFound(what="salesorder", field="id", value=order_id)
    run = last_run(actor)
    if run is None:
        raise NoPlan(field="id", value=order_id)
    plan = plan_in_hand(run, "zh")  # days are days in every language
    found = []
    for line in SalesLine.objects.of(actor.company).filter(order=order).select_related("item").order_by("seq"):
        qty = Decimal(line.open_steps).scaleb(-line.item.decimals)
        if qty:
            with ONE_AT_A_TIME:
                quote = plan.quote(
                    line.item.code,
                    qty,
                    line.due_on,
                    location=place(order.site.code if order.site else None),
                    priority=order.priority,
                )
            found.append(LineQuote(line.seq, line.item.code, qty, line.due_on, quote.date, quote.late_days))
    return run, found
