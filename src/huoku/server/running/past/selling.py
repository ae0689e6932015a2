"""Customers ask, order, change their minds, get their goods and send some back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Sum

from huoku.server.documents.commands.tasks import finish_task
from huoku.server.documents.models import Task
from huoku.server.ledger.commands.movements import record_movement, write_off
from huoku.server.ledger.models import Balance, Location, Movement, Reservation, Status
from huoku.server.partners.models import Customer
from huoku.server.planning.commands.calling import call_off
from huoku.server.planning.commands.masters import add_forecast
from huoku.server.planning.models import Forecast, PastUse
from huoku.server.platform.exact import plain
from huoku.server.platform.refusals import Refused
from huoku.server.platform.roles import Role
from huoku.server.running.past.people import People
from huoku.server.sales.commands import changing, departments, locking, orders, promising, shipping
from huoku.server.sales.models import Requirement, SalesLine, SalesOrder, Shipment
from huoku.server.sales.states import AGREED, CONFIRMED, HELD, LOCKED, OPEN, SENT, SHIPPED

PATIENCE = timedelta(days=30)
"""So long a customer waits for an answer."""
CALLED_OFF_AHEAD = timedelta(days=25)
WISHES = ("外箱贴红色标签 red label on the carton", "附检验报告 with a test report", "单独打托 on a pallet of its own")


@dataclass(frozen=True, slots=True)
class Market:
    """What is bought of the company: items with so many a month, and how many customers take at a time."""

    items: Sequence[str]
    monthly: Sequence[float]
    sizes: Sequence[int]
    customers: Sequence[str]


def market_of(people: People) -> Market:
    """As its past use and its open orders say."""
    used = PastUse.objects.of(people.company).exclude(item__price_millionths=None)
    by_item = used.values("item__code", "item__decimals").annotate(steps=Sum("qty_steps")).order_by("item__code")
    days = {day for day in used.values_list("date", flat=True)}
    months = max(1, (max(days) - min(days)).days // 30) if days else 1
    lines = SalesLine.objects.of(people.company).select_related("item").order_by("pk")
    sizes = [max(1, line.qty_steps // 10**line.item.decimals) for line in lines]
    customers = Customer.objects.of(people.company).exclude(code="~").order_by("code")
    return Market(
        [row["item__code"] for row in by_item],
        [row["steps"] / 10 ** row["item__decimals"] / months for row in by_item],
        sizes or [10],
        list(customers.values_list("code", flat=True)),
    )


def take_inquiries(people: People, market: Market) -> None:
    """So many orders come that, over a month, about as much is sold as ever was."""
    share = sum(market.monthly) / (sum(market.sizes) / len(market.sizes)) / 21
    for _ in range(_number(people, share / 1.5)):
        codes = people.chance.choices(market.items, market.monthly, k=people.chance.choice((1, 1, 1, 2, 3)))
        lines = [
            {
                "item": code,
                "qty": str(people.chance.choice(market.sizes)),
                "due_on": people.in_days(people.chance.randint(12, 70)),
                "requirements": [people.chance.choice(WISHES)] if people.happens(0.1) else [],
            }
            for code in dict.fromkeys(codes)
        ]
        customer = people.chance.choice(market.customers)
        told = people.does(Role.SALES, orders.enter_order, customer=customer, lines=lines)
        if told and people.happens(0.2):
            people.does(Role.SALES, promising.hold_order, id=told["id"], hours=people.chance.choice((24, 72)))


def call_off_contracts(people: People) -> None:
    """What a contract obliges to becomes an order when its day is near; then it goes on with one half a year later."""
    due = Forecast.objects.of(people.company).filter(
        kind=Forecast.Kind.CONTRACT, due_on__lte=people.today + CALLED_OFF_AHEAD, calls=None
    )
    for row in due.select_related("item", "customer").order_by("code"):
        if people.does(Role.SALES, call_off, id=row.pk, customer=None if row.customer else "~") is None:
            continue
        known = {"item": row.item.code, "customer": row.customer.code if row.customer else "~", "kind": row.kind}
        more = {"qty": plain(row.qty_steps, row.item.decimals), "priority": row.priority}
        days = {"due_on": row.due_on + timedelta(days=180), "code": f"{row.code}+"[:40]}
        people.does(Role.PLANNER, add_forecast, **known, **more, **days)


def answer_customers(people: People) -> None:
    """Confirm what can be promised; who waits too long goes elsewhere."""
    for order in SalesOrder.objects.of(people.company).filter(state__in=OPEN).order_by("pk"):
        if people.now - order.made_at > PATIENCE:
            people.does(Role.SALES, changing.cancel_order, id=order.pk, reason="客户不等了 the customer went elsewhere")
        elif order.state == HELD or people.happens(0.7):
            confirm(people, order.pk)


def confirm(people: People, order: int) -> None:
    """Promise an order; where the departments have to say yes first, they are asked and most do."""
    try:
        people.ask(Role.SALES, promising.confirm_order, id=order, accepts_later=True)
    except Refused as refusal:
        if refusal.code != "needs_departments":
            return
        asked = people.does(Role.SALES, departments.ask_departments, id=order)
        for role in asked["asked"] if asked else ():
            said = {"role": role, "can_be_done": not people.happens(0.05)}
            people.does(Role(role), departments.answer_for_department, id=order, **said)
        people.does(Role.SALES, promising.confirm_order, id=order, accepts_later=True)


def change_minds(people: People) -> None:
    """Now and then a customer wants more, less or nothing; sales and production agree that an order stands still."""
    rows = SalesOrder.objects.of(people.company).filter(state=CONFIRMED).order_by("pk")
    standing = list(rows.values_list("pk", flat=True))
    if not standing:
        return
    order = people.chance.choice(standing)
    if people.happens(0.15):
        line = people.chance.choice(list(SalesLine.objects.of(people.company).filter(order=order).order_by("pk")))
        factor = people.chance.choice((Decimal("0.5"), Decimal("0.8"), Decimal("1.2")))
        qty = max(Decimal(1), (Decimal(line.qty_steps) * factor).to_integral_value())
        wanted = {"line": line.pk, "qty": plain(int(qty), line.item.decimals), "accepts_later": True}
        people.does(Role.SALES, changing.change_quantity, id=order, **wanted)
    elif people.happens(0.05):
        people.does(Role.SALES, changing.cancel_order, id=order, reason="客户取消 the customer cancelled")
    elif people.happens(0.1) and people.does(Role.SALES, locking.ask_lock, id=order, until=people.in_days(10)):
        people.does(Role.PRODUCTION_LEAD, locking.agree_lock, id=order)
    for row in SalesOrder.objects.of(people.company).filter(state=LOCKED, lock_until__lte=people.today):
        people.does(Role.PRODUCTION_LEAD, locking.unlock_order, id=row.pk)


def ship(people: People) -> None:
    """What is due within days and lies here for its order leaves; an order that is delivered is closed."""
    soon = people.in_days(2)
    rows = SalesOrder.objects.of(people.company).filter(state__in=AGREED, lines__due_on__lte=soon).distinct()
    for order in rows.order_by("priority", "pk"):
        lines = SalesLine.objects.of(people.company).filter(order=order, due_on__lte=soon).select_related("item")
        ready = [each for line in lines.order_by("seq") if (each := _shippable(people, line))]
        if not ready:
            continue
        wishes = Requirement.objects.of(people.company).filter(line__in=[line for line, _, _ in ready])
        for wish in wishes.filter(checked_at=None):
            people.does(Role.STOREKEEPER, shipping.check_off, id=order.pk, requirement=wish.pk)
        sent = [
            {"line": line.pk, "qty": plain(steps, line.item.decimals), "location": place}
            for line, steps, place in ready
        ]
        about = {"carrier": "顺丰 SF", "tracking": f"SF{people.chance.randint(10**9, 10**10)}"}
        people.does(Role.STOREKEEPER, shipping.ship_goods, id=order.pk, lines=sent, **about)
    for order in SalesOrder.objects.of(people.company).filter(state=SHIPPED).order_by("pk"):
        people.does(Role.SALES, changing.close_order, id=order.pk)


def _shippable(people: People, line: SalesLine) -> tuple[SalesLine, int, str | None] | None:
    """How much of a line can leave: what is kept for it here; what keeps nothing takes what is free at one place."""
    kept = Reservation.objects.of(people.company).filter(
        demand=line.demand, item=line.item_id, state__in=Reservation.OPEN
    )
    here = sum(row.open_quantity for row in kept.filter(supply=None))
    if here:
        return line, min(here, line.open_steps), None
    if kept.exists() or line.due_on > people.today or not line.open_steps:
        return None
    places: dict[str, int] = {}
    lying = Balance.objects.of(people.company).filter(
        item=line.item_id, status=Status.AVAILABLE, location__kind=Location.Kind.STORAGE
    )
    for row in lying.select_related("location"):
        places[row.location.code] = places.get(row.location.code, 0) + row.on_hand - row.reserved
    place = max(places, key=lambda code: (places[code], code), default="")
    return (line, min(places[place], line.open_steps), place) if places.get(place, 0) > 0 else None


def take_back(people: People) -> None:
    """Some goods come back into quarantine; a look at them tells whether they are as new or scrap."""
    recent = Shipment.objects.of(people.company).filter(state=SENT, shipped_on__gte=people.in_days(-14))
    for shipment in recent.order_by("pk"):
        if not people.happens(0.01):
            continue
        line = shipment.lines.select_related("line__item").order_by("pk").first()
        if line is None:
            continue
        item, steps = line.line.item, people.chance.randint(1, line.qty_steps)
        back = {"shipment_line": line.pk, "qty": plain(steps, item.decimals)}
        known = {"location": "MAIN", "reason": "外壳有划痕 scratches on the housing", "lines": [back]}
        if not people.does(Role.STOREKEEPER, shipping.take_back, id=shipment.pk, **known):
            continue
        _look_at(people, item.pk, line.lot_id, steps)


def _look_at(people: People, item: int, lot: int, steps: int) -> None:
    main = Location.objects.of(people.company).get(code="MAIN").pk
    moved = {"item": item, "lot": lot, "quantity": steps, "from_location": main}
    if people.happens(0.6):
        freed = {"kind": Movement.Kind.STATUS, "to_location": main, "from_status": Status.QUARANTINE}
        people.does(Role.STOREKEEPER, record_movement, lines=[{**moved, **freed}], reason="如新 as new")
        return
    scrap = Location.objects.of(people.company).get(kind=Location.Kind.SCRAP).pk
    gone = {
        "kind": Movement.Kind.SCRAP,
        "to_location": scrap,
        **{end: Status.QUARANTINE for end in ("from_status", "to_status")},
    }
    people.does(Role.STOREKEEPER, write_off, lines=[{**moved, **gone}], reason="不能再卖 cannot be sold again")


def look_after_surplus(people: People) -> None:
    """Whoever has a task about what became surplus has looked at it within a few days."""
    old = Task.objects.of(people.company).filter(state=Task.State.OPEN, made_at__lte=people.now - timedelta(days=3))
    for task in old.exclude(kind__in=("shortage", "components_short", "urgent_request")).order_by("pk"):
        people.does(Role(task.role), finish_task, id=task.pk, result="已看过 looked after")


def _number(people: People, mean: float) -> int:
    """A whole number that is ``mean`` on average."""
    whole = int(mean)
    return whole + people.happens(mean - whole) + people.chance.choice((-1, 0, 0, 1)) * (whole > 0)
