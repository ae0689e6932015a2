"""What stands in a bill on a day, line by line, and where an item is used: as the tree on the desk shows it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, F, Q

from huoku.server.items.models import Bom, BomLine, Item, Substitute
from huoku.server.ledger.models import Location
from huoku.server.ledger.queries.stock import available
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.validity import valid_on
from huoku.server.workbench.costing import material_costs

MOST_USES = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the tree. Quantities are in the component's unit."""

    line: BomLine
    qty: float
    """For one unit of its parent."""
    for_one: float
    """For one unit of the product at the top, with the scrap of all levels."""
    scrap: float
    fixed_scrap: float
    below: Bom | None
    """The component's own bill."""
    substitutes: int
    free: float
    cost: float | None
    """Of the material for one unit of its parent; None where it is unknown, or not for this reader."""

    @property
    def is_phantom(self) -> bool:
        return self.line.is_phantom or self.line.component.kind == Item.Kind.PHANTOM


def bill_of(actor: Actor, item: Item, day: date) -> Bom | None:
    return rows_for(actor, Bom).filter(valid_on(day), parent=item).first()


def is_valid_on(bom: Bom, day: date) -> bool:
    return (bom.valid_from or day) <= day <= (bom.valid_to or day)


def rows_of(actor: Actor, bom: Bom, day: date, times: float = 1.0) -> list[Row]:
    """The lines of a bill; ``times``: units of its parent in one of the product at the top."""
    lines = rows_for(actor, BomLine).filter(bom=bom).select_related("component").order_by("seq")
    found = list(lines)
    components = {line.component_id for line in found}
    boms = {each.parent_id: each for each in rows_for(actor, Bom).filter(valid_on(day), parent__in=components)}
    substitutes = _substitutes(actor, components, bom.parent_id, day)
    free = free_of(actor, components)
    sees = actor.sees(FieldGroup.COST)
    costs = material_costs(actor.company, components, day) if sees else {}
    rows = []
    for line in found:
        item, qty = line.component, Fraction(line.qty_numerator, line.qty_denominator)
        with_scrap = qty * (1 + Fraction(line.scrap_rate_millionths, 10**6))
        cost = costs.get(item.pk)
        rows.append(
            Row(
                line=line,
                qty=float(qty),
                for_one=times * float(with_scrap),
                scrap=line.scrap_rate_millionths / 10**6,
                fixed_scrap=line.fixed_scrap_steps / 10**item.decimals,
                below=boms.get(item.pk),
                substitutes=substitutes.get(item.pk, 0),
                free=free.get(item.pk, 0) / 10**item.decimals,
                cost=None if cost is None else float(with_scrap * cost),
            )
        )
    return rows


def uses_of(actor: Actor, item: Item, day: date) -> list[tuple[BomLine, float]]:
    """The lines that take the item in bills valid on ``day`` or later, each with units of it for one of the parent."""
    rows = rows_for(actor, BomLine).filter(Q(bom__valid_to=None) | Q(bom__valid_to__gte=day), component=item)
    found = rows.select_related("bom__parent").order_by("bom__parent__code", F("bom__valid_from").asc(nulls_first=True))
    return [(line, line.qty_numerator / line.qty_denominator) for line in found[:MOST_USES]]


def free_of(actor: Actor, items: Iterable[int]) -> dict[int, int]:
    """Free stock in steps, at the places that the reader may know of."""
    stock = [each for each in available(actor.company.pk, items) if each.free]
    seen = rows_for(actor, Location).filter(pk__in={each.location_id for each in stock})
    places = set(seen.values_list("pk", flat=True))
    free: dict[int, int] = defaultdict(int)
    for each in stock:
        if each.location_id in places:
            free[each.item_id] += each.free
    return free


def _substitutes(actor: Actor, components: Iterable[int], parent: int, day: date) -> dict[int, int]:
    """How many may stand in for each component, everywhere or in this product."""
    here = Q(parent=None) | Q(parent=parent)
    rows = rows_for(actor, Substitute).filter(here, valid_on(day), item__in=components)
    return dict(rows.order_by().values_list("item").annotate(Count("pk")))
