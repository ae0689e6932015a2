"""Work orders laid down, one or many at once: numbered, with what they take, their operations, what they will give,
and to whom that is promised."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from huoku.server.documents.numbers import next_numbers
from huoku.server.items.models import Item
from huoku.server.items.recipes import Part, recipes
from huoku.server.ledger.booking import make
from huoku.server.ledger.commands.reservations import Reserve, Wish, place_of, reserve
from huoku.server.ledger.commands.supplies import StateSupply, state_new
from huoku.server.ledger.holdings import Changes
from huoku.server.ledger.keeping import Demand, keep
from huoku.server.platform.command import At
from huoku.server.platform.kept import Unknown, facts
from huoku.server.production.models import WorkComponent, WorkOperation, WorkOrder
from huoku.server.production.operations import planned_operations, routings

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Promise:
    """So many steps of what an order will give are kept for a demand, such as sales.line:5."""

    demand: str
    steps: int
    need_on: date


@dataclass(frozen=True, slots=True)
class Laid:
    """An order that has no number yet and is not saved; by code, what of it is backflushed; its promises."""

    order: WorkOrder
    backflushed: frozenset[str]
    promised: Sequence[Promise]


def lay_down(at: At, laid: Sequence[Laid]) -> None:
    """Save the orders with everything that belongs to them. Recipe and routing are those of the day on which each
    starts; what is changed there later leaves it alone. Raises Unknown of what is to be backflushed."""
    orders = [each.order for each in laid]
    numbers = next_numbers(at, WorkOrder._meta.label_lower, "WO", len(orders))
    for order, number in zip(orders, numbers, strict=True):
        order.number = number
    WorkOrder.objects.bulk_create(orders, batch_size=500)
    for order in orders:
        at.changed(order, {}, facts(order))
        at.tell("workorder_added", order)
    _write_parts(at, laid)
    stated = [
        StateSupply(
            supply=order.ledger_name,
            item=order.item_id,
            location=order.target_id,
            quantity=order.qty_steps,
            expected_on=order.due_on,
            is_firm=False,
        )
        for order in orders
    ]
    _promise(at, laid, state_new(at, stated))


def _write_parts(at: At, laid: Sequence[Laid]) -> None:
    by_day: dict[date, set[int]] = defaultdict(set)
    for each in laid:
        by_day[each.order.start_on].add(each.order.item_id)
    parts = {day: recipes(at.company_id, wanted, day) for day, wanted in by_day.items()}
    used = {part.component for found in parts.values() for of_item in found.values() for part in of_item}
    items = Item.objects.of(at.company_id).in_bulk(used)
    routes = routings(at.company_id, {each.order.item_id for each in laid})
    components: list[WorkComponent] = []
    operations: list[WorkOperation] = []
    for each in laid:
        order = each.order
        ours = _components(order, parts[order.start_on].get(order.item_id, ()), items, each.backflushed)
        work = planned_operations(at, order, routes.get(order.item_id, ()))
        made: dict[str, Any] = {
            "components": [{"item": row.item_id, "needed_steps": row.needed_steps} for row in ours],
            "operations": [row.number for row in work],
        }
        at.changed(order, {}, made)
        components += ours
        operations += work
    WorkComponent.objects.bulk_create(components, batch_size=500)
    WorkOperation.objects.bulk_create(operations, batch_size=500)


def _components(
    order: WorkOrder, parts: Sequence[Part], items: Mapping[int, Item], backflushed: frozenset[str]
) -> list[WorkComponent]:
    must_be_components(backflushed, (items[part.component] for part in parts))
    return [
        WorkComponent(
            company_id=order.company_id,
            order=order,
            seq=seq,
            item=items[part.component],
            per_unit=str(part.per_unit),
            per_order=str(part.fixed),
            operation=part.operation,
            is_backflushed=items[part.component].code in backflushed,
            needed_steps=part.steps_for(units(order, order.qty_steps)),
        )
        for seq, part in enumerate(parts, start=1)
    ]


def _promise(at: At, laid: Sequence[Laid], supplies: Sequence[int]) -> None:
    """Nobody else is promised that much of what the orders will give."""
    changes = Changes()
    for each, supply in zip(laid, supplies, strict=True):
        order = each.order
        for promise in each.promised:
            wish = Wish(item=order.item_id, location=order.target_id, quantity=promise.steps, supply=supply)
            asked = Reserve(lines=[wish], demand=promise.demand, priority=order.priority, need_on=promise.need_on)
            reserve.checked(at, asked)
            demand = Demand(promise.demand, order.priority, promise.need_on, None)
            keep(at, demand, place_of(at, wish, 0), promise.steps, changes, 0)
    for start in range(0, len(changes.supplies), AT_ONCE):
        some = Changes()
        some.supplies.update(list(changes.supplies.items())[start : start + AT_ONCE])
        make(at, some)


def units(order: WorkOrder, steps: int) -> Fraction:
    """Steps of what the order makes in its unit."""
    return Fraction(steps, 10**order.item.decimals)


def must_be_components(codes: Iterable[str], items: Iterable[Item]) -> None:
    """Raises Unknown for a code that is none of these."""
    if unknown := set(codes) - {item.code for item in items}:
        raise Unknown(field="backflushed", value=min(unknown), noun_zh="子项", noun_en="component")
