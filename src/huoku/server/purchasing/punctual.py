"""Was it there on the day? The lines of a supplier that have come, or should have, each with how late it was."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from huoku.server.partners.models import Supplier
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.purchasing.days import today_of
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.purchasing.models.orders import WITH_SUPPLIER


@dataclass(frozen=True, slots=True)
class Delivery:
    """``due_on``: the day first promised, or wanted where none was; ``came_on``: when the last of it came, None while
    it is overdue."""

    line: PurchaseLine
    due_on: date
    came_on: date | None
    days_late: int

    @property
    def is_on_time(self) -> bool:
        return self.came_on is not None and self.days_late <= 0


def deliveries(actor: Actor, supplier: Supplier) -> list[Delivery]:
    """By the rule of the supplier's record, the last due first."""
    today = today_of(actor.company)
    rows = (
        rows_for(actor, PurchaseLine)
        .filter(order__supplier=supplier)
        .annotate(due=Coalesce("promised_on", "wanted_on"))
        .filter(
            Q(open_steps=0, received_steps__gt=0) | Q(open_steps__gt=0, order__state__in=WITH_SUPPLIER, due__lt=today)
        )
        .order_by(F("due").desc(), "-pk")
        .select_related("item", "order")
    )
    return [
        Delivery(
            row, row.due, came := row.received_on if row.open_steps == 0 else None, ((came or today) - row.due).days
        )
        for row in rows
    ]
