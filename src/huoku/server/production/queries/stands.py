"""What may be issued instead of a component, where it lies free, and how much of it would do."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from huoku.server.items.models import Item
from huoku.server.ledger.models import Location
from huoku.server.ledger.queries.stock import available
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.models import WorkComponent, WorkOrder
from huoku.server.production.places import STORES
from huoku.server.production.substitutes import allowed_for


@dataclass(frozen=True, slots=True)
class StandAt:
    """``free`` and ``enough`` (for what is still open) in steps of the substitute."""

    item: str
    unit: str
    decimals: int
    ratio: Fraction
    place: str
    free: int
    enough: int


def stands_at(actor: Actor, order: WorkOrder, seq: int) -> list[StandAt]:
    """The allowed substitutes of a component, the preferred first, by the place where they lie free."""
    company_id = actor.company.pk
    components = WorkComponent.objects.of(company_id).filter(order=order, seq=seq, stands_for=None)
    component = components.select_related("item").first()
    allowed = allowed_for(company_id, order, component) if component else []
    if component is None or not allowed:
        return []
    items = Item.objects.of(company_id).in_bulk([each.item for each in allowed])
    stores = rows_for(actor, Location).filter(kind__in=STORES, is_active=True).values_list("pk", "code")
    places, free = dict(stores), available(company_id, items)
    need = Fraction(component.open_steps, 10**component.item.decimals)
    return [
        StandAt(
            item=each.code,
            unit=items[each.item].unit,
            decimals=items[each.item].decimals,
            ratio=each.ratio,
            place=places[row.location_id],
            free=row.free,
            enough=ceil(need * each.ratio * 10 ** items[each.item].decimals),
        )
        for each in allowed
        for row in sorted(free, key=lambda row: -row.free)
        if row.item_id == each.item and row.location_id in places and row.free > 0
    ]
