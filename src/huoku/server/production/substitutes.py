"""What may be issued instead of a component."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q

from huoku.server.items.models import Substitute
from huoku.server.platform.validity import valid_on
from huoku.server.production.models import WorkComponent, WorkOrder


@dataclass(frozen=True, slots=True)
class Allowed:
    """The item master allows it: so many units of the substitute for one of the item."""

    item: int
    code: str
    ratio: Fraction


def allowed_for(company_id: int, order: WorkOrder, component: WorkComponent) -> list[Allowed]:
    """The substitutes of a component in this product on the day on which the order starts, the preferred first."""
    rows = (
        Substitute.objects.of(company_id)
        .filter(valid_on(order.start_on), Q(parent=None) | Q(parent=order.item_id), item_id=component.item_id)
        .order_by("priority", "id")
    )
    return [
        Allowed(item, code, Fraction(numerator, denominator))
        for item, code, numerator, denominator in rows.values_list(
            "substitute", "substitute__code", "ratio_numerator", "ratio_denominator"
        )
    ]
