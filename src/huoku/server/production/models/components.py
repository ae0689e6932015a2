"""What an order takes."""

from fractions import Fraction
from math import ceil

from django.db import models
from django.db.models import F, Q

from huoku.server.items.models import Item
from huoku.server.platform.scope import Scoped
from huoku.server.production.models.orders import WorkOrder

RATIO = 80
"""Digits of an exact ratio as text, such as 12/5."""


class WorkComponent(Scoped):
    """One material of an order, as the recipe said when it was planned; or a substitute that was issued instead.

    From storage it is issued to work in progress, from there returned, or consumed by what is reported. What is
    backflushed goes from storage into the product when that is reported, and is never picked.
    """

    at_site = ("order__site_id",)

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="components")
    order_id: int
    seq = models.PositiveIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    item_id: int
    per_unit = models.CharField(max_length=RATIO, help_text="Its units for one of the product, exactly: 12/5.")
    per_order = models.CharField(max_length=RATIO, default="0", help_text="Its units once per order, exactly.")
    operation = models.PositiveIntegerField(null=True, help_text="The seq of the operation that uses it.")
    is_backflushed = models.BooleanField(default=False)
    needed_steps = models.BigIntegerField()
    replaced_steps = models.BigIntegerField(
        default=0, help_text="Of the need: what substitutes that were issued cover."
    )
    issued_steps = models.BigIntegerField(default=0)
    returned_steps = models.BigIntegerField(default=0)
    consumed_steps = models.BigIntegerField(default=0)
    stands_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="substitutes")
    stands_for_id: int | None
    ratio = models.CharField(max_length=RATIO, blank=True, help_text="Of a substitute: its units for one of the item.")
    risk = models.CharField(max_length=400, blank=True, help_text="Of a substitute: what may go wrong with it.")

    class Meta:
        constraints = [
            models.UniqueConstraint("order", "seq", name="work_component_seq"),
            models.CheckConstraint(
                condition=Q(
                    needed_steps__gte=0,
                    replaced_steps__gte=0,
                    returned_steps__gte=0,
                    consumed_steps__gte=0,
                    issued_steps__gte=F("returned_steps") + F("consumed_steps"),
                ),
                name="work_component_figures",
            ),
        ]

    @property
    def open_steps(self) -> int:
        """What is still to be issued."""
        return open_steps(self.needed_steps, self.replaced_steps, self.issued_steps, self.returned_steps)

    @property
    def in_progress_steps(self) -> int:
        """What lies at the work."""
        return self.issued_steps - self.returned_steps - self.consumed_steps

    def steps_for(self, units: Fraction) -> int:
        """What so many units of the product take, rounded up; nothing takes nothing."""
        if not units:
            return 0
        wanted = units * Fraction(self.per_unit) + Fraction(self.per_order)
        steps: int = ceil(wanted * 10**self.item.decimals)
        return steps


def open_steps(needed: int, replaced: int, issued: int, returned: int) -> int:
    return max(0, needed - replaced - issued + returned)
