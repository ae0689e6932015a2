"""Did the customer have it on the day? Lines of orders that went whole, or should have, each with its day."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce

from huoku.server.partners.models import Customer
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.sales.models import SalesLine
from huoku.server.sales.states import CONFIRMED, LOCKED

WAITING = (CONFIRMED, LOCKED)
"""States of orders of which something is still to go."""


@dataclass(frozen=True, slots=True)
class Promise:
    """``due_on``: the day promised, or wanted where none was; ``went_on``: when the last of it went, None while it is
    overdue."""

    line: SalesLine
    due_on: date
    went_on: date | None
    days_late: int

    @property
    def is_kept(self) -> bool:
        return self.went_on is not None and self.days_late <= 0


def promises_of(actor: Actor, customer: Customer) -> list[Promise]:
    """Those to a customer that fell due, the last first."""
    today = business_day(actor.company, page_time())
    rows = (
        rows_for(actor, SalesLine)
        .filter(order__customer=customer, order__confirmed_at__isnull=False, qty_steps__gt=0)
        .annotate(due=Coalesce("promised_on", "due_on"), went=Max("shipment_lines__shipment__shipped_on"))
        .filter(Q(shipped_steps=F("qty_steps")) | Q(order__state__in=WAITING, due__lt=today))
        .order_by(F("due").desc(), "-pk")
        .select_related("item", "order")
    )
    return [
        Promise(
            row,
            row.due,
            went := row.went if row.shipped_steps == row.qty_steps else None,
            ((went or today) - row.due).days,
        )
        for row in rows
    ]


def open_lines(actor: Actor, customer: Customer) -> list[SalesLine]:
    """What was confirmed and has not gone whole, the earliest due first."""
    rows = rows_for(actor, SalesLine).filter(order__customer=customer, order__state__in=WAITING)
    return list(rows.filter(shipped_steps__lt=F("qty_steps")).order_by("due_on", "pk").select_related("item", "order"))


def worth(line: SalesLine) -> Fraction:
    """What is still to go of it at its price, in its order's currency; nothing where it has no price."""
    return Fraction(line.open_steps * (line.price_millionths or 0), 10 ** (6 + line.item.decimals))
