"""Who is hit by a shortage, through all levels: the order, those that wait for what it makes, the customers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from huoku.server.items.models import Item
from huoku.server.ledger.models import Reservation
from huoku.server.planning.models import PlanningSettings
from huoku.server.platform.command import At
from huoku.server.platform.exact import minor_digits
from huoku.server.production.models import WorkOrder
from huoku.server.production.models.orders import ledger_name
from huoku.server.sales.models import SalesLine
from huoku.server.shortages.models import Hit
from huoku.server.shortages.names import ORDER, SALES_LINE, ids_in, number_in

MOST_LEVELS = 50
"""Orders wait for each other no deeper; bills have no loops, so this is never reached."""
Kind = Hit.Kind


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A demand that waits for an order of the level before; ``slack``: days that its chain has left. ``root``: the
    order at whose shortage the chain begins."""

    root: int
    name: str
    steps: int
    slack: int
    due_on: date


class _Reached(NamedTuple):
    """An order that waits, with the slack that its chain has left."""

    root: int
    order: WorkOrder
    slack: int


def hits_of(at: At, order: WorkOrder) -> list[Hit]:
    """The order itself, then who waits for it, level by level; not saved. A demand that several lead to has the least
    slack of them."""
    return hits_of_each(at, [order])[order.pk]


def hits_of_each(at: At, orders: Iterable[WorkOrder]) -> dict[int, list[Hit]]:
    """By order what ``hits_of`` says of it; however many they are, each level is asked for once."""
    level = [_Reached(order.pk, order, 0) for order in orders]
    found = {each.root: {each.order.ledger_name: _of_order(at, each.order, 0, 0)} for each in level}
    rate = late_rate(at)
    for depth in range(1, MOST_LEVELS):
        waiting = _waiting_for(at, level)
        asked = WorkOrder.objects.of(at.company_id).select_related("item")
        orders_of = asked.in_bulk(ids_in((each.name for each in waiting), ORDER))
        lines_of = _lines(at, ids_in((each.name for each in waiting), SALES_LINE))
        level = []
        for each in waiting:
            made = _hit(at, each, depth, orders_of, lines_of, rate)
            before = found[each.root].get(each.name)
            if made and (before is None or made.slack_days < before.slack_days):
                found[each.root][each.name] = made
                if made.kind == Kind.WORK_ORDER:
                    level.append(_Reached(each.root, orders_of[number_in(each.name, ORDER) or 0], made.slack_days))
        if not level:
            break
    return {root: list(hits.values()) for root, hits in found.items()}


def _waiting_for(at: At, level: Iterable[_Reached]) -> list[_Waiting]:
    """Who is promised what these orders give; and whom each is made for, where nothing is kept for him yet."""
    promised: dict[str, dict[str, int]] = {each.order.ledger_name: {} for each in level}
    rows = Reservation.objects.of(at.company_id).select_related("supply")
    open_ones = rows.filter(supply__supply__in=promised, state__in=Reservation.OPEN)
    for row in open_ones.order_by("priority", "made_at", "id"):
        if row.supply:
            given = promised[row.supply.supply]
            given[row.demand] = given.get(row.demand, 0) + row.open_quantity
    waiting = []
    for root, order, slack in level:
        given = promised[order.ledger_name]
        if order.demand and not given:
            given = {order.demand: order.qty_steps - order.made_steps}
        waiting += [_Waiting(root, name, steps, slack, order.due_on) for name, steps in given.items() if steps > 0]
    return waiting


def _lines(at: At, ids: Iterable[int]) -> dict[int, SalesLine]:
    return SalesLine.objects.of(at.company_id).select_related("order", "item").in_bulk(list(ids))


def _hit(
    at: At, each: _Waiting, depth: int, orders: dict[int, WorkOrder], lines: dict[int, SalesLine], rate: int
) -> Hit | None:
    order = orders.get(number_in(each.name, ORDER) or 0)
    if order:
        return _of_order(at, order, depth, each.slack + max(0, (order.start_on - each.due_on).days))
    line = lines.get(number_in(each.name, SALES_LINE) or 0)
    return _of_line(at, line, depth, each, rate) if line else None


def _of_order(at: At, order: WorkOrder, depth: int, slack: int) -> Hit:
    return Hit(
        company_id=at.company_id,
        level=depth,
        kind=Kind.WORK_ORDER,
        document=ledger_name(order.pk),
        number=order.number,
        item=order.item,
        qty_steps=max(0, order.qty_steps - order.made_steps),
        due_on=order.start_on,
        slack_days=slack,
    )


def _of_line(at: At, line: SalesLine, depth: int, each: _Waiting, rate: int) -> Hit:
    promised_on = line.promised_on or line.due_on
    value = _value(at, line, each.steps)
    return Hit(
        company_id=at.company_id,
        level=depth,
        kind=Kind.SALES_LINE,
        document=line.demand,
        number=line.order.number,
        customer_id=line.order.customer_id,
        item=line.item,
        qty_steps=each.steps,
        due_on=promised_on,
        slack_days=each.slack + max(0, (promised_on - each.due_on).days),
        value_minor=value,
        late_per_day_minor=-(-(value or 0) * rate // 10**6),
    )


def hit_of_line(at: At, line: SalesLine, steps: int, rate: int) -> Hit:
    """A customer's line that itself waits for the material; it has no slack. ``rate``: see ``late_rate``."""
    promised_on = line.promised_on or line.due_on
    return _of_line(at, line, 0, _Waiting(0, line.demand, steps, 0, promised_on), rate)


def _value(at: At, line: SalesLine, steps: int) -> int | None:
    """What is hit of a line is worth, in the company's currency; None where that is not known."""
    currency = at.actor.company.currency
    if line.price_millionths is None or line.order.currency != currency:
        return None
    return int(line.price_millionths * steps // 10 ** (line.item.decimals + 6 - minor_digits(currency)))


def late_rate(at: At) -> int:
    """What a late day costs by the contracts, in millionths of the value; the usual rate where none is set."""
    rules = PlanningSettings.objects.of(at.company_id).first() or PlanningSettings()
    return rules.late_rate_millionths


def late_cost(hits: Iterable[Hit], days: int) -> int:
    """What it costs all who are hit when the order goes on so many days later than it should."""
    return sum(hit.late_per_day_minor * max(0, days - hit.slack_days) for hit in hits)


def per_day(hits: Iterable[Hit]) -> int:
    """What a day costs once nobody has slack left."""
    return sum(hit.late_per_day_minor for hit in hits)


def worth(at: At, item: Item, steps: int) -> int:
    """What steps of an item cost by its master, in the company's currency; 0 where it has no cost."""
    digits = item.decimals + 6 - minor_digits(at.actor.company.currency)
    return int((item.unit_cost_millionths or 0) * steps // 10**digits)
