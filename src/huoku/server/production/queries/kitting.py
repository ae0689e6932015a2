"""Kitting (齐套): what each work order has, lacks and waits for, and how many can be built now.

Orders are served one after the other: by start, by finish or by priority. What one gets the next does not find.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any, Literal

from huoku.server.items.models import Substitute
from huoku.server.ledger.doubting import not_found
from huoku.server.ledger.queries.coverage import Arrival, Cover, Need, Picture, read, serve
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.covering import late_of
from huoku.server.production.models import WorkComponent, WorkOperation, WorkOrder
from huoku.server.production.states import BEFORE_THE_END

Service = Literal["start", "finish", "priority"]
ORDERS: dict[Service, tuple[str, ...]] = {
    "start": ("start_on", "priority", "due_on", "id"),
    "finish": ("due_on", "priority", "start_on", "id"),
    "priority": ("priority", "due_on", "start_on", "id"),
}


@dataclass(frozen=True, slots=True)
class Stand:
    """What may be issued instead: so many units for one of the item, and what of it nobody has claimed yet."""

    item: str
    ratio: Fraction
    free: int
    decimals: int


@dataclass(frozen=True, slots=True)
class KitLine:
    """One component of an order, in its smallest steps."""

    item: str
    unit: str
    decimals: int
    needed: int
    issued: int
    """At the work or used already, by itself or by substitutes."""
    on_hand: int
    """Of what is still open: lies in a store and is this order's for the taking."""
    reserved: int
    """Of it: kept for this order by name."""
    elsewhere: int
    """Of it: lies at another site and is to be transferred."""
    arriving: tuple[Arrival, ...]
    """What will be there in time, by reservation or not."""
    late: tuple[Arrival, ...]
    short: int
    """What neither stock nor supply covers in time."""
    substitutes: tuple[Stand, ...]
    kept: Mapping[str, int]
    demand: str

    @property
    def missing(self) -> int:
        """What does not lie here now."""
        return self.needed - self.issued - self.on_hand

    @property
    def others(self) -> dict[str, int]:
        """What is kept of the item for others, by demand."""
        return {name: quantity for name, quantity in self.kept.items() if name != self.demand}


@dataclass(frozen=True, slots=True)
class Kit:
    """One order. ``buildable``: steps of the product that what is here now suffices for, beside what is done."""

    order: int
    number: str
    item: str
    state: str
    open: int
    buildable: int
    start_on: date
    due_on: date
    lines: tuple[KitLine, ...]

    @property
    def is_complete(self) -> bool:
        return not any(line.missing for line in self.lines)


@dataclass(frozen=True, slots=True)
class Kitting:
    kits: tuple[Kit, ...]

    @property
    def possible(self) -> int:
        """Orders of which everything is here."""
        return sum(kit.is_complete for kit in self.kits)


def kitting(actor: Actor, service: Service = "start", orders: Iterable[int] | None = None) -> Kitting:
    """The kits of these orders, in the order of service; of all that are not finished where none are named."""
    rows = rows_for(actor, WorkOrder).filter(state__in=BEFORE_THE_END)
    if orders is not None:
        rows = rows.filter(pk__in=set(orders))
    wanted = list(rows.select_related("item").order_by(*ORDERS[service]))
    components = _components(actor.company.pk, wanted)
    items = {row.item_id for row in components}
    stands = _substitutes(actor.company.pk, items)
    picture = read(actor.company.pk, items | {row.substitute_id for rows in stands.values() for row in rows})
    for item, place in not_found(actor.company.pk):
        picture.free.get(item, {}).pop(place, None)
    by_order: dict[int, list[WorkComponent]] = {}
    for row in components:
        by_order.setdefault(row.order_id, []).append(row)
    served = [(order, _served(picture, order, by_order.get(order.pk, []))) for order in wanted]
    done = _done(actor.company.pk, wanted)
    return Kitting(tuple(_kit(picture, order, covers, stands, done.get(order.pk, 0)) for order, covers in served))


Served = list[tuple[WorkComponent, Cover]]


def _components(company_id: int, orders: Sequence[WorkOrder]) -> list[WorkComponent]:
    rows = WorkComponent.objects.of(company_id).filter(order__in=[order.pk for order in orders], stands_for=None)
    return list(rows.select_related("item").order_by("order", "seq"))


def _served(picture: Picture, order: WorkOrder, components: Sequence[WorkComponent]) -> Served:
    needs = [Need(order.ledger_name, row.item_id, row.open_steps, order.start_on, order.site_id) for row in components]
    return list(zip(components, serve(picture, needs), strict=True))


def _substitutes(company_id: int, items: set[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    rows = Substitute.objects.of(company_id).filter(item__in=items).select_related("substitute")
    for row in rows.order_by("priority", "id"):
        found.setdefault(row.item_id, []).append(row)
    return found


def _done(company_id: int, orders: Sequence[WorkOrder]) -> dict[int, int]:
    """Steps of each order that are good or scrap for ever."""
    done = {order.pk: order.made_steps for order in orders}
    scrapped = WorkOperation.objects.of(company_id).filter(order__in=list(done), scrap_steps__gt=0)
    for order, scrap in scrapped.values_list("order", "scrap_steps"):
        done[order] += scrap
    return done


def _kit(picture: Picture, order: WorkOrder, served: Served, stands: dict[int, list[Any]], done: int) -> Kit:
    left = max(0, order.qty_steps - done)
    enough = min((_enough_for(order, row, cover) for row, cover in served), default=order.qty_steps)
    return Kit(
        order=order.pk,
        number=order.number,
        item=order.item.code,
        state=order.state,
        open=left,
        buildable=max(0, min(left, enough - done)),
        start_on=order.start_on,
        due_on=order.due_on,
        lines=tuple(_line(picture, order, row, cover, stands) for row, cover in served),
    )


def _enough_for(order: WorkOrder, row: WorkComponent, cover: Cover) -> int:
    """Steps of the product that what was issued and what is here suffices for, from its first piece on."""
    if not cover.missing:
        return order.qty_steps
    have = Fraction(row.needed_steps - row.open_steps + cover.here, 10**row.item.decimals)
    units = (have - Fraction(row.per_order)) / Fraction(row.per_unit)
    steps: int = floor(units * 10**order.item.decimals)
    return steps


def _line(
    picture: Picture, order: WorkOrder, row: WorkComponent, cover: Cover, stands: dict[int, list[Any]]
) -> KitLine:
    there = (*cover.kept.items(), *cover.stock.items())
    late = late_of(cover)
    return KitLine(
        item=row.item.code,
        unit=row.item.unit,
        decimals=row.item.decimals,
        needed=row.needed_steps,
        issued=row.needed_steps - row.open_steps,
        on_hand=cover.here,
        reserved=sum(cover.kept.values()),
        elsewhere=sum(steps for place, steps in there if _is_elsewhere(picture, order, place)),
        arriving=tuple(each for each in (*cover.kept_supply, *cover.supply) if each not in late),
        late=tuple(late),
        short=cover.short + sum(each.quantity for each in cover.kept_supply if each in late),
        substitutes=_stands(picture, order, stands.get(row.item_id, ())) if cover.missing else (),
        kept=picture.by_demand.get(row.item_id, {}),
        demand=order.ledger_name,
    )


def _is_elsewhere(picture: Picture, order: WorkOrder, place: int) -> bool:
    return order.site_id is not None and picture.sites.get(place) not in (None, order.site_id)


def _stands(picture: Picture, order: WorkOrder, rows: Iterable[Substitute]) -> tuple[Stand, ...]:
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
