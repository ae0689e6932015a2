"""Kitting (齐套): what each work order has, lacks and waits for, and how many can be built now.

Orders are served one after the other: by start, by finish or by priority. What one gets the next does not find.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from huoku.server.items.models import Item, Substitute
from huoku.server.ledger.doubting import leave_out_doubted
from huoku.server.ledger.queries.coverage import Cover, Need, Picture, read, serve
from huoku.server.platform import clock
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.covering import late_of
from huoku.server.production.kits import Kit, KitLine, Kitting, Stand
from huoku.server.production.models import WorkComponent, WorkOperation, WorkOrder
from huoku.server.production.models.components import open_steps
from huoku.server.production.models.orders import ledger_name
from huoku.server.production.states import BEFORE_THE_END

Service = Literal["start", "finish", "priority"]
ORDERS: dict[Service, tuple[str, ...]] = {
    "start": ("start_on", "priority", "due_on", "id"),
    "finish": ("due_on", "priority", "start_on", "id"),
    "priority": ("priority", "due_on", "start_on", "id"),
}


@dataclass(frozen=True, slots=True)
class _Order:
    """What kitting must know of an order. Plain values: thousands are read at once."""

    id: int
    number: str
    state: str
    priority: int
    site_id: int | None
    site: str | None
    item_id: int
    item: str
    name: str
    name_en: str
    unit: str
    decimals: int
    start_on: date
    due_on: date
    qty: int
    made: int


@dataclass(frozen=True, slots=True)
class _Component:
    seq: int
    item_id: int
    code: str
    name: str
    name_en: str
    unit: str
    decimals: int
    is_bought: bool
    per_unit: str
    per_order: str
    needed: int
    open: int


Served = list[tuple[_Component, Cover]]
Stands = dict[int, list[Substitute]]


def kitting(actor: Actor, service: Service = "start", orders: Iterable[int] | None = None) -> Kitting:
    """The kits of these orders, in the order of service; of all that are not finished where none are named."""
    return Kitting(tuple(_kits(actor, _orders(actor, service, orders))))


def kit_of(actor: Actor, order_id: int, service: Service = "start") -> Kit | None:
    """The kit of one order among all others: those that are served after it take nothing from it."""
    before: list[_Order] = []
    for order in _orders(actor, service, None):
        before.append(order)
        if order.id == order_id:
            return next(_kits(actor, before, {order_id}))
    return None


def _kits(actor: Actor, wanted: Sequence[_Order], told: Collection[int] | None = None) -> Iterator[Kit]:
    """``told``: the orders whose kits are asked for, where not all are."""
    company_id = actor.company.pk
    components = _components(company_id, [order.id for order in wanted])
    items = {row.item_id for rows in components.values() for row in rows}
    stands = _substitutes(company_id, items)
    wanted_too = {row.substitute_id for rows in stands.values() for row in rows}
    picture = read(company_id, items | wanted_too, clock.business_day(actor.company, clock.now()))
    leave_out_doubted(company_id, picture.free)
    served = [(order, _served(picture, order, components.get(order.id, []))) for order in wanted]
    scrapped = _scrapped(company_id, [order.id for order in wanted])
    for order, covers in served:
        if told is None or order.id in told:
            yield _kit(picture, order, covers, stands, order.made + scrapped.get(order.id, 0))


def _orders(actor: Actor, service: Service, orders: Iterable[int] | None) -> list[_Order]:
    rows = rows_for(actor, WorkOrder).filter(state__in=BEFORE_THE_END)
    if orders is not None:
        rows = rows.filter(pk__in=set(orders))
    columns = (
        *("id", "number", "state", "priority", "site", "site__code", "item", "item__code"),
        *(
            "item__name",
            "item__name_en",
            "item__unit",
            "item__decimals",
            "start_on",
            "due_on",
            "qty_steps",
            "made_steps",
        ),
    )
    return [_Order(*row) for row in rows.order_by(*ORDERS[service]).values_list(*columns)]


def _components(company_id: int, orders: Sequence[int]) -> dict[int, list[_Component]]:
    """By order, in the order of their lines. Substitutes that were issued count with what they stand for."""
    used = WorkComponent.objects.of(company_id).filter(order__in=orders).values("item")
    of_items = Item.objects.of(company_id).filter(pk__in=used)
    items = {
        id: (code, name, name_en, unit, decimals, kind != Item.Kind.MAKE)
        for id, code, name, name_en, unit, decimals, kind in of_items.values_list(
            "id", "code", "name", "name_en", "unit", "decimals", "kind"
        )
    }
    found: dict[int, list[_Component]] = {}
    rows = WorkComponent.objects.of(company_id).filter(order__in=orders, stands_for=None).order_by("order", "seq")
    columns = (
        *("order", "seq", "item", "per_unit", "per_order", "needed_steps"),
        *("replaced_steps", "issued_steps", "returned_steps"),
    )
    for order, seq, item, per_unit, per_order, needed, *gone in rows.values_list(*columns):
        left = open_steps(needed, *gone)
        found.setdefault(order, []).append(_Component(seq, item, *items[item], per_unit, per_order, needed, left))
    return found


def _served(picture: Picture, order: _Order, components: Sequence[_Component]) -> Served:
    demand = ledger_name(order.id)
    needs = [Need(demand, row.item_id, row.open, order.start_on, order.site_id) for row in components]
    return list(zip(components, serve(picture, needs), strict=True))


def _substitutes(company_id: int, items: set[int]) -> Stands:
    found: Stands = {}
    rows = Substitute.objects.of(company_id).filter(item__in=items).select_related("substitute")
    for row in rows.order_by("priority", "id"):
        found.setdefault(row.item_id, []).append(row)
    return found


def _scrapped(company_id: int, orders: Sequence[int]) -> dict[int, int]:
    """Steps of each order that were scrapped at any operation."""
    scrapped: dict[int, int] = {}
    rows = WorkOperation.objects.of(company_id).filter(order__in=orders, scrap_steps__gt=0)
    for order, scrap in rows.values_list("order", "scrap_steps"):
        scrapped[order] = scrapped.get(order, 0) + scrap
    return scrapped


def _kit(picture: Picture, order: _Order, served: Served, stands: Stands, done: int) -> Kit:
    left = max(0, order.qty - done)
    lacking = [(row, cover) for row, cover in served if cover.missing]
    enough = min((_enough_for(order, row, cover) for row, cover in lacking), default=order.qty)
    return Kit(
        order=order.id,
        number=order.number,
        item=order.item,
        name=order.name,
        name_en=order.name_en,
        unit=order.unit,
        decimals=order.decimals,
        state=order.state,
        site=order.site or "",
        open=left,
        done=done,
        buildable=max(0, min(left, enough - done)),
        priority=order.priority,
        start_on=order.start_on,
        due_on=order.due_on,
        components=len(served),
        complete_lines=len(served) - len(lacking),
        told=lambda: tuple(_line(picture, order, row, cover, stands) for row, cover in served),
    )


def _enough_for(order: _Order, row: _Component, cover: Cover) -> int:
    """Steps of the product that what was issued and what is here suffices for, from its first piece on."""
    # (have - per order) / per unit, in whole numbers throughout: thousands of lines are asked at once.
    (once, of_once), (each, of_each) = _exact(row.per_order), _exact(row.per_unit)
    step = 10**row.decimals
    left = (row.needed - row.open + cover.here) * of_once - once * step
    if not each:  # taken once per order, such as what an order that was taken over still takes
        return order.qty if left >= 0 else 0
    steps: int = left * of_each * 10**order.decimals // (step * of_once * each)
    return steps


@lru_cache(maxsize=4_096)
def _exact(text: str) -> tuple[int, int]:
    return Fraction(text).as_integer_ratio()


def _line(picture: Picture, order: _Order, row: _Component, cover: Cover, stands: Stands) -> KitLine:
    late = late_of(cover)
    coming = (*cover.kept_supply, *cover.supply)
    return KitLine(
        seq=row.seq,
        item_id=row.item_id,
        item=row.code,
        name=row.name,
        name_en=row.name_en,
        unit=row.unit,
        decimals=row.decimals,
        is_bought=row.is_bought,
        needed=row.needed,
        issued=row.needed - row.open,
        on_hand=cover.here,
        reserved=sum(cover.kept.values()),
        elsewhere=_elsewhere(picture, order, cover),
        arriving=tuple(each for each in coming if each not in late) if late else coming,
        late=tuple(late),
        short=cover.short + sum(each.quantity for each in cover.kept_supply if each in late),
        enough_for=_enough_for(order, row, cover) if cover.missing else order.qty,
        substitutes=_stands(picture, order, stands.get(row.item_id, ())) if cover.missing else (),
        kept=picture.by_demand.get(row.item_id, {}),
        demand=cover.need.demand,
    )


def _elsewhere(picture: Picture, order: _Order, cover: Cover) -> int:
    """What of it lies at another site than the order's."""
    if order.site_id is None:
        return 0
    there = (*cover.kept.items(), *cover.stock.items())
    return sum(steps for place, steps in there if picture.sites.get(place) not in (None, order.site_id))


def _stands(picture: Picture, order: _Order, rows: Iterable[Substitute]) -> tuple[Stand, ...]:
    return tuple(
        Stand(
            row.substitute.code,
            Fraction(row.ratio_numerator, row.ratio_denominator),
            sum(picture.free.get(row.substitute_id, {}).values()),
            row.substitute.decimals,
        )
        for row in rows
        if row.parent_id in (None, order.item_id)
        and (row.valid_from is None or row.valid_from <= order.start_on)
        and (row.valid_to is None or row.valid_to >= order.start_on)
    )
