"""What kitting reads of the open orders. Plain values: thousands are read at once."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Literal, NamedTuple

from huoku.server.items.models import Item, Substitute
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.sql import among, ask, listed
from huoku.server.production.models import WorkComponent, WorkOperation, WorkOrder
from huoku.server.production.models.components import open_steps
from huoku.server.production.states import BEFORE_THE_END

Service = Literal["start", "finish", "priority"]
ORDERS: dict[Service, tuple[str, ...]] = {
    "start": ("start_on", "priority", "due_on", "id"),
    "finish": ("due_on", "priority", "start_on", "id"),
    "priority": ("priority", "due_on", "start_on", "id"),
}


class Order(NamedTuple):
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


OF_AN_ORDER = (
    *("id", "number", "state", "priority", "site", "site__code", "item", "item__code", "item__name"),
    *("item__name_en", "item__unit", "item__decimals", "start_on", "due_on", "qty_steps", "made_steps"),
)


def open_orders(actor: Actor, service: Service, orders: Iterable[int] | None) -> list[Order]:
    """In the order in which they are served; these, where any are named."""
    rows = rows_for(actor, WorkOrder).filter(state__in=BEFORE_THE_END)
    if orders is not None:
        rows = rows.filter(pk__in=set(orders))
    return [Order._make(row) for row in rows.order_by(*ORDERS[service]).values_list(*OF_AN_ORDER)]


def open_count(actor: Actor) -> int:
    return rows_for(actor, WorkOrder).filter(state__in=BEFORE_THE_END).count()


class Component(NamedTuple):
    """In steps of the item, of which a unit has ``10**decimals``; ``open``: what of ``needed`` is to be issued yet."""

    seq: int
    item_id: int
    decimals: int
    per_unit: str
    per_order: str
    needed: int
    open: int


_COMPONENTS, _ITEMS = WorkComponent._meta.db_table, Item._meta.db_table
_LINES = (
    "SELECT c.order_id, c.seq, c.item_id, i.decimals, c.per_unit, c.per_order, "
    "c.needed_steps, c.replaced_steps, c.issued_steps, c.returned_steps "
    f'FROM "{_COMPONENTS}" c JOIN "{_ITEMS}" i ON i.id = c.item_id WHERE c.company_id = %s AND c.stands_for_id IS NULL'
)


def components_of(
    company_id: int, orders: Collection[int], items: Collection[int] | None = None
) -> dict[int, list[Component]]:
    """By order, in the order of their lines; those of these items, where any are named. Substitutes that were issued
    count with what they stand for."""
    which, parameters = among("c.order_id", orders)
    if items is not None:
        of_these, wanted = among("c.item_id", items)
        which, parameters = f"{which} AND {of_these}", [*parameters, *wanted]
    rows = ask(f"{_LINES} AND {which} ORDER BY c.order_id, c.seq", [company_id, *parameters])
    found: dict[int, list[Component]] = {}
    for order, seq, item, decimals, per_unit, per_order, needed, *moved in rows:
        line = Component(seq, item, decimals, per_unit, per_order, needed, open_steps(needed, *moved))
        found.setdefault(order, []).append(line)
    return found


class Allowed(NamedTuple):
    """A substitute of ``item`` in the product ``parent`` (None: in every one), from a day until another."""

    item: int
    parent: int | None
    valid_from: date | None
    valid_to: date | None
    substitute: int
    code: str
    decimals: int
    numerator: int
    denominator: int

    def may_be_in(self, order: Order) -> bool:
        return (
            self.parent in (None, order.item_id)
            and (self.valid_from is None or self.valid_from <= order.start_on)
            and (self.valid_to is None or self.valid_to >= order.start_on)
        )


def substitutes_of(company_id: int, items: Collection[int]) -> dict[int, list[Allowed]]:
    """By item, the preferred first."""
    columns = (
        *("item", "parent", "valid_from", "valid_to", "substitute", "substitute__code", "substitute__decimals"),
        *("ratio_numerator", "ratio_denominator"),
    )
    found: dict[int, list[Allowed]] = {}
    rows = Substitute.objects.of(company_id).filter(item__in=listed(items)).order_by("priority", "id")
    for row in rows.values_list(*columns):
        found.setdefault(row[0], []).append(Allowed(*row))
    return found


def scrapped_of(company_id: int, orders: Collection[int]) -> dict[int, int]:
    """Steps of each order that were scrapped at any operation."""
    scrapped: dict[int, int] = {}
    rows = WorkOperation.objects.of(company_id).filter(order__in=listed(orders), scrap_steps__gt=0)
    for order, scrap in rows.values_list("order", "scrap_steps"):
        scrapped[order] = scrapped.get(order, 0) + scrap
    return scrapped
