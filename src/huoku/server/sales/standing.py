"""How an order stands: whether its materials are there, from what day on, and who has to hear of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from huoku.language import Sentence
from huoku.server.documents.tasks import drop_tasks, leave_task
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.platform.roles import Role
from huoku.server.sales.keeping import look, open_lines
from huoku.server.sales.models import SalesLine, SalesOrder
from huoku.server.sales.queries.materials import Materials, Short
from huoku.server.sales.queries.promising import promiseable

SHORTAGE = "shortage"
SHORT_WORDS = Sentence("订单 {number} 缺料：{missing}。", "Order {number} is short of {missing}.")


def check(at: At, order: SalesOrder) -> list[Materials]:
    """Look whether the order is covered; leave purchasing and planning a task where it is not, or take it back."""
    found = look(at, order, open_lines(at, order))
    short = shortages(found)
    if short:
        first = min(each.need_on for each in short)
        for role in (Role.BUYER, Role.PLANNER):
            leave_task(
                *(at, order, SHORTAGE, role, SHORT_WORDS),
                number=order.number,
                missing=in_words(short),
                due_on=first,
                facts={"short": [as_facts(each) for each in short]},
            )
        at.tell("order_short", order, items=[each.item for each in short])
    else:
        drop_tasks(at, order, SHORTAGE)
    return found


def shortages(found: Sequence[Materials]) -> list[Short]:
    """What is short over all lines: one entry an item, needed by its first day."""
    by_item: dict[int, Short] = {}
    for each in (short for materials in found for short in materials.short):
        before = by_item.get(each.item)
        quantity = each.quantity + (before.quantity if before else 0)
        need_on = min(each.need_on, before.need_on) if before else each.need_on
        by_item[each.item] = Short(each.item, each.code, quantity, each.decimals, need_on)
    return sorted(by_item.values(), key=lambda short: short.code)


def in_words(short: Sequence[Short]) -> str:
    named = [f"{each.code} × {plain(each.quantity, each.decimals)}" for each in short]
    return "; ".join(named[:20]) + (f" … ({len(named)})" if len(named) > 20 else "")


def as_facts(short: Short) -> dict[str, str]:
    return {"item": short.code, "qty": plain(short.quantity, short.decimals), "need_on": str(short.need_on)}


def told(found: Sequence[Materials]) -> dict[str, Any]:
    """What the sender is told: whether all is covered, what is short, and the first day on which each line is ready."""
    return {
        "is_covered": all(each.is_covered for each in found),
        "ready_on": [_day(each) for each in found],
        "short": [as_facts(each) for each in shortages(found)],
    }


def _day(materials: Materials) -> date | None:
    return materials.ready_on if materials.is_covered else None


def in_figures(company_id: int, line: SalesLine) -> dict[str, str]:
    """What may be promised of a line's item by the day on which it is wanted, each figure in the item's unit."""
    found = promiseable(company_id, line.item_id, line.due_on)
    names = ("available", "expected_use", "receipts", "unconfirmed", "promiseable")
    figures = {name: plain(getattr(found, name), line.item.decimals) for name in names}
    return {"item": line.item.code, "until": line.due_on.isoformat(), **figures}
