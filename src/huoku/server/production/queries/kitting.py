"""Kitting (齐套): what each work order has, lacks and waits for, and how many can be built now.

Orders are served one after the other: by start, by finish or by priority. What one gets the next does not find.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from huoku.server.ledger.doubting import leave_out_doubted
from huoku.server.ledger.queries.coverage import Need, Picture, read, serve
from huoku.server.platform import clock
from huoku.server.platform.actor import Actor
from huoku.server.production.kits import Kit, Kitting
from huoku.server.production.models.orders import ledger_name
from huoku.server.production.queries.kit_lines import KitLines, Served, Stands, enough_for
from huoku.server.production.queries.to_kit import (
    Component,
    Order,
    Service,
    components_of,
    open_orders,
    scrapped_of,
    substitutes_of,
)


def kitting(
    actor: Actor, service: Service = "start", orders: Iterable[int] | None = None, first: int | None = None
) -> Kitting:
    """The kits of these orders, in the order of service; of all that are not finished where none are named. ``first``:
    of so many of them alone, from which those behind them take nothing."""
    company_id, wanted = actor.company.pk, open_orders(actor, service, orders)[:first]
    components = components_of(company_id, [order.id for order in wanted])
    stands = substitutes_of(company_id, {row.item_id for rows in components.values() for row in rows})
    return _kits(actor, wanted, components, stands)


def kit_of(actor: Actor, order_id: int, service: Service = "start") -> Kit | None:
    """The kit of one order among all others: those that are served after it take nothing from it, and those before it
    only of what it needs or may have instead."""
    company_id, orders = actor.company.pk, open_orders(actor, service, None)
    place = next((place for place, order in enumerate(orders) if order.id == order_id), None)
    if place is None:
        return None
    needed = {row.item_id for row in components_of(company_id, [order_id]).get(order_id, ())}
    stands = substitutes_of(company_id, needed)
    before = orders[: place + 1]
    of_these = needed | {each.substitute for rows in stands.values() for each in rows}
    return _kits(actor, before, components_of(company_id, [order.id for order in before], of_these), stands).kits[-1]


def _kits(
    actor: Actor, orders: Sequence[Order], components: Mapping[int, Sequence[Component]], stands: Stands
) -> Kitting:
    """The orders served one after the other with these components."""
    company_id = actor.company.pk
    items = {row.item_id for rows in components.values() for row in rows}
    instead = {each.substitute for rows in stands.values() for each in rows}
    picture = read(company_id, items | instead, clock.business_day(actor.company, clock.page_time()))
    leave_out_doubted(company_id, picture.free)
    served = [(order, _served(picture, order, components.get(order.id, ()))) for order in orders]
    scrapped = scrapped_of(company_id, [order.id for order in orders])
    lines = KitLines(company_id, picture, stands, served)
    kits = (_kit(lines, order, rows, order.made + scrapped.get(order.id, 0)) for order, rows in served)
    return Kitting(tuple(kits), lines.look_up)


def _served(picture: Picture, order: Order, components: Sequence[Component]) -> Served:
    demand = ledger_name(order.id)
    needs = [Need(demand, row.item_id, row.open, order.start_on, order.site_id) for row in components]
    return list(zip(components, serve(picture, needs), strict=True))


def _kit(lines: KitLines, order: Order, served: Served, done: int) -> Kit:
    left = max(0, order.qty - done)
    lacking = [(row, cover) for row, cover in served if cover.missing]
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
        buildable=_buildable(order, lacking, left, done),
        priority=order.priority,
        start_on=order.start_on,
        due_on=order.due_on,
        components=len(served),
        complete_lines=len(served) - len(lacking),
        told=partial(lines.of, order.id),
    )


def _buildable(order: Order, lacking: Served, left: int, done: int) -> int:
    """Of what is left, what every lacking component suffices for."""
    most = left
    for row, cover in lacking:
        # Nothing was issued of it and nothing is here, or another lacks already: there is no need to divide.
        if most <= 0 or (row.open == row.needed and not cover.here):
            return 0
        most = min(most, enough_for(order, row, cover) - done)
    return max(0, most)
