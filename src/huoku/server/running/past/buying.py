"""Buyers order what is short and what plans propose; suppliers promise, deliver late, short or too much, and badly."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from huoku.server.documents.commands.tasks import finish_task
from huoku.server.documents.models import Task
from huoku.server.items.models import Item
from huoku.server.ledger.commands.movements import record_movement
from huoku.server.ledger.models import Balance, Location, Movement, Status
from huoku.server.partners.models import Supplier
from huoku.server.platform.commands.approvals import approve as approve_waiting
from huoku.server.platform.exact import plain
from huoku.server.platform.refusals import Refused
from huoku.server.platform.roles import Role
from huoku.server.purchasing.commands import approving, ending, inspecting, ordering, promising, receiving, requests
from huoku.server.purchasing.commands.returning import return_goods
from huoku.server.purchasing.models import PurchaseLine, PurchaseOrder, PurchaseReceipt, PurchaseRequest
from huoku.server.purchasing.models.orders import WITH_SUPPLIER
from huoku.server.purchasing.pricing import Terms, terms_of
from huoku.server.running.past.people import People

DELAYS = (-1, 0, 0, 0, 0, 1, 1, 2, 3, 5, 9)
"""Days by which deliveries come late."""
GIVEN_UP = timedelta(days=20)
"""So long after its day the rest of a delivery is no longer waited for."""


def request_what_is_short(people: People) -> None:
    """An inquiry that cannot be covered, an order that lacks something: buyers have a task, and it is asked for."""
    short = Task.objects.of(people.company).filter(
        state=Task.State.OPEN, role=Role.BUYER, kind__in=("shortage", "components_short")
    )
    for task in short.order_by("pk"):
        for code, qty in _short(task.facts):
            _request(people, code, qty, task.due_on)
        people.does(Role.BUYER, finish_task, id=task.pk, result="已请购 asked for")


def _short(facts: dict[str, Any]) -> list[tuple[str, Decimal]]:
    """What a task says is short: of an order many items, of a shortage one, and none where it only comes later."""
    if "item" in facts:
        return [(facts["item"], Decimal(facts["missing"]))] if "missing" in facts else []
    rows = facts.get("short") or facts.get("missing") or ()
    return [(row["item"], Decimal(row.get("qty") or row["missing"])) for row in rows]


def _request(people: People, code: str, qty: Decimal, need_on: date | None) -> None:
    item = Item.objects.of(people.company).get(code=code)
    if item.kind == Item.Kind.MAKE:
        return  # the plan makes it
    wanted = int(qty * 10**item.decimals)
    terms = _cheapest(people, item, wanted)
    steps = terms.at_least(wanted) if terms else wanted
    open_ones = PurchaseRequest.objects.of(people.company).filter(item=item, state="open")
    if sum(row.qty_steps for row in open_ones) >= steps:
        return
    people.does(
        *(Role.PLANNER, requests.add_request),
        item=code,
        supplier=Supplier.objects.of(people.company).get(pk=terms.supplier_id).code if terms else None,
        qty=plain(steps, item.decimals),
        need_on=max(need_on or people.today, people.today),
        is_urgent=people.happens(0.1),
        reason="订单缺料 short for an order",
    )


def _cheapest(people: People, item: Item, wanted: int) -> Terms | None:
    """From whom the least money brings so much, with all that he makes one take."""
    known = terms_of(people.company.pk, [item.pk], people.today, people.company.currency).get(item.pk, [])
    return min(known, key=lambda each: each.at_least(wanted) * (each.price(each.at_least(wanted)) or 0), default=None)


def order_requests(people: People) -> None:
    """Open requests become drafts, one for each supplier; a few are not bought."""
    open_ones = list(PurchaseRequest.objects.of(people.company).filter(state="open").order_by("pk"))
    for row in open_ones:
        if people.happens(0.02):
            people.does(Role.BUYER, requests.reject_request, id=row.pk, answer="仓库还有 there is enough")
        else:
            people.does(Role.BUYER, ordering.order_requests, requests=[row.pk], location="MAIN")


def send_orders(people: People) -> None:
    """Drafts are approved, by a second person where they are large, and sent; the supplier answers within days."""
    for order in _orders(people, "draft"):
        _approve(people, order)
    for order in _orders(people, "approved"):
        if people.happens(0.01):
            people.does(Role.BUYER, ending.cancel, id=order.pk, reason="不再需要 no longer wanted")
        else:
            people.does(Role.BUYER, approving.send, id=order.pk)
    for order in _orders(people, "sent"):
        if people.happens(0.6):
            _confirm(people, order)


def _orders(people: People, *states: str) -> list[PurchaseOrder]:
    return list(PurchaseOrder.objects.of(people.company).filter(state__in=states).order_by("pk"))


def _approve(people: People, order: PurchaseOrder) -> None:
    version = PurchaseOrder.objects.of(people.company).get(pk=order.pk).version
    known = {"id": order.pk, "version": version}
    try:
        told = people.ask(Role.BUYER, approving.approve, **known)
    except Refused as refusal:
        if refusal.code != "below_minimum":
            return
        told = people.does(Role.BUYER, approving.approve, **known, below_minimum=True)
    if told and "approval" in told:
        people.does(Role.OWNER, approve_waiting, id=told["approval"])


def _confirm(people: People, order: PurchaseOrder) -> None:
    """Most take the order as it is; some promise a later day, a few bring less."""
    answers: list[dict[str, Any]] = []
    for line in _lines(people, order):
        if people.happens(0.2):
            later = line.wanted_on + timedelta(days=people.chance.randint(1, 10))
            answers.append({"line": line.pk, "promised_on": later, "why": "产能紧 short of capacity"})
        elif people.happens(0.03) and line.qty_steps > 1:
            answers.append({"line": line.pk, "qty": plain(line.qty_steps * 4 // 5 or 1, line.item.decimals)})
    people.does(Role.BUYER, promising.confirm, id=order.pk, lines=answers)


def _lines(people: People, order: PurchaseOrder) -> list[PurchaseLine]:
    return list(PurchaseLine.objects.of(people.company).filter(order=order).select_related("item").order_by("seq"))


def chase(people: People) -> None:
    """What is late gets another day, or is given up; what has all come is closed."""
    for order in _orders(people, *WITH_SUPPLIER):
        lines = _lines(people, order)
        late = [line for line in lines if line.open_steps and line.expected_on < people.today]
        if not any(line.open_steps or line.waiting_steps for line in lines):
            people.does(Role.BUYER, ending.close, id=order.pk)
        elif late and all(line.expected_on < people.today - GIVEN_UP for line in late):
            people.does(Role.BUYER, ending.close, id=order.pk, reason="余数不再等 the rest is given up")
        elif late and people.happens(0.2):
            days = [
                {"line": line.pk, "on": people.in_days(people.chance.randint(2, 8)), "why": "催货"} for line in late
            ]
            people.does(Role.BUYER, promising.revise_dates, id=order.pk, lines=days)


def receive(people: People) -> None:
    """Lorries come: most with all of it, some with a part, a few with more than was ordered."""
    for order in _orders(people, *WITH_SUPPLIER):
        came = [line for line in _lines(people, order) if line.open_steps and _comes_today(people, line)]
        if not came:
            continue
        lines = [_delivered(people, order, line) for line in came]
        note = {"delivery_note": f"DN{people.chance.randint(10**5, 10**6)}"}
        try:
            people.ask(Role.STOREKEEPER, receiving.receive, id=order.pk, lines=lines, **note)
        except Refused as refusal:
            if refusal.code != "over_tolerance":
                raise
            # The rest goes back onto the lorry.
            due = [
                {**each, "qty": plain(line.most_steps - line.received_steps, line.item.decimals)}
                for each, line in zip(lines, came, strict=True)
            ]
            people.does(Role.STOREKEEPER, receiving.receive, id=order.pk, lines=due, **note)


def _comes_today(people: People, line: PurchaseLine) -> bool:
    delay = DELAYS[(line.pk * 7919) % len(DELAYS)] if not line.received_steps else 2
    return people.today >= line.expected_on + timedelta(days=delay)


def _delivered(people: People, order: PurchaseOrder, line: PurchaseLine) -> dict[str, Any]:
    steps = line.open_steps
    if people.happens(0.12) and steps > 1:
        steps = max(1, steps * people.chance.randint(40, 95) // 100)
    elif people.happens(0.05):
        steps += max(1, steps * people.chance.randint(1, 8) // 100)
    is_by_lot = line.item.tracking == Item.Tracking.LOT
    return {
        "line": line.pk,
        "qty": plain(steps, line.item.decimals),
        "lot": f"{order.number}-{line.seq}-{people.today:%m%d}" if is_by_lot else "",
        "inspect": people.happens(0.3),
    }


def inspect(people: People) -> None:
    """What waits is looked at; what is bad is blocked, goes back, and sometimes comes again."""
    waiting = PurchaseReceipt.objects.of(people.company).filter(waiting_steps__gt=0).order_by("pk")
    for row in waiting.select_related("line__item"):
        if people.happens(0.3):
            continue  # tomorrow
        bad = people.chance.randint(1, row.waiting_steps) if people.happens(0.12) else 0
        digits = row.line.item.decimals
        said = {"accepted": plain(row.waiting_steps - bad, digits), "rejected": plain(bad, digits)}
        told = people.does(
            Role.STOREKEEPER, inspecting.inspect, id=row.pk, **said, reason="划伤 scratched" if bad else ""
        )
        if told and bad:
            again = people.in_days(10) if people.happens(0.5) else None
            back = {"qty": plain(bad, digits), "reason": "检验不合格 failed inspection"}
            if people.does(Role.STOREKEEPER, return_goods, id=row.pk, **back, replaced_on=again) is None:
                people.does(Role.STOREKEEPER, return_goods, id=row.pk, **back)


def put_away(people: People, racks: Sequence[str]) -> None:
    """Some of what came today and is free goes from the gate to a rack."""
    places = dict(Location.objects.of(people.company).values_list("code", "pk"))
    came = PurchaseReceipt.objects.of(people.company).filter(received_on=people.today, waiting_steps=0)
    for row in came.order_by("pk"):
        lying = Balance.objects.of(people.company).filter(
            lot=row.lot_id, location=places["MAIN"], status=Status.AVAILABLE
        )
        if people.happens(0.25) and (balance := lying.first()) and balance.on_hand > balance.reserved:
            moved = {"kind": Movement.Kind.TRANSFER, "item": balance.item_id, "lot": balance.lot_id}
            ends = {"from_location": places["MAIN"], "to_location": places[people.chance.choice(racks)]}
            line = {**moved, **ends, "quantity": balance.on_hand - balance.reserved}
            people.does(Role.STOREKEEPER, record_movement, lines=[line], document="put away")
