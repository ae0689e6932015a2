"""A line of a purchase order: what was agreed, and how far it has come."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.platform.kept import Kept
from huoku.server.purchasing.models.orders import PurchaseOrder
from huoku.server.purchasing.models.requests import PurchaseRequest

WHOLE = 10**6
"""Tolerances are millionths of the quantity."""


class PurchaseLine(Kept):
    """One item of an order. Whatever is to arrive of it is a supply of the ledger, named ``purchasing.line:ID``."""

    noun = Sentence("采购订单行", "line of a purchase order")
    at_site = ("order__site_id",)

    order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="lines")
    seq = models.PositiveIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    qty_steps = models.BigIntegerField()
    price_millionths = models.BigIntegerField(null=True, help_text="Of one unit, in the order's currency.")
    price_is_agreed = models.BooleanField(default=False, help_text="Given by hand; a changed quantity leaves it.")
    order_fee_minor = models.BigIntegerField(default=0)
    fee_is_agreed = models.BooleanField(default=False)
    over_tolerance_millionths = models.BigIntegerField(default=0, help_text="Part of the quantity that may be more.")
    under_tolerance_millionths = models.BigIntegerField(default=0, help_text="Part that may be lacking at the end.")
    demand = models.CharField(max_length=80, blank=True, help_text="For what, such as sales.line:5.")
    request = models.ForeignKey(PurchaseRequest, models.PROTECT, null=True, related_name="lines")
    is_urgent = models.BooleanField(default=False)
    note = models.CharField(max_length=400, blank=True)

    wanted_on = models.DateField()
    promised_on = models.DateField(null=True, help_text="The first day that the supplier gave.")
    revised_on = models.DateField(null=True, help_text="The last one, where he gave another.")
    received_on = models.DateField(null=True, help_text="When the last of it came.")

    received_steps = models.BigIntegerField(default=0, help_text="All that came, good or not.")
    waiting_steps = models.BigIntegerField(default=0, help_text="Of that, still to be inspected.")
    rejected_steps = models.BigIntegerField(default=0)
    returned_steps = models.BigIntegerField(default=0)
    replaced_steps = models.BigIntegerField(default=0, help_text="Of what was returned, to come again.")
    cancelled_steps = models.BigIntegerField(default=0, help_text="Will not come any more.")
    open_steps = models.BigIntegerField(default=0, help_text="Still to come; 0 within the tolerance.")

    class Meta:
        constraints = [
            models.UniqueConstraint("order", "seq", name="purchase_line_seq"),
            models.CheckConstraint(condition=Q(qty_steps__gt=0), name="purchase_line_quantity"),
            models.CheckConstraint(
                condition=Q(
                    waiting_steps__gte=0,
                    rejected_steps__gte=0,
                    returned_steps__gte=0,
                    replaced_steps__gte=0,
                    cancelled_steps__gte=0,
                    open_steps__gte=0,
                    received_steps__gte=F("waiting_steps") + F("rejected_steps"),
                    returned_steps__lte=F("received_steps") - F("waiting_steps"),
                ),
                name="purchase_line_adds_up",
            ),
        ]
        indexes = [models.Index(fields=("company", "item"), name="purchase_line_of_item")]

    @property
    def expected_on(self) -> date:
        """The day on which it is expected as things stand."""
        return self.revised_on or self.promised_on or self.wanted_on

    @property
    def due_steps(self) -> int:
        """What was agreed to come in all, what comes in place of returned goods included."""
        return self.qty_steps + self.replaced_steps - self.cancelled_steps

    @property
    def most_steps(self) -> int:
        """What may come in all, by the tolerance."""
        return self.due_steps + self.qty_steps * self.over_tolerance_millionths // WHOLE

    def still_to_come(self) -> int:
        """What lacks of what is due; nothing where the tolerance allows it to be lacking."""
        lacking = self.due_steps - self.received_steps
        allowed = self.qty_steps * self.under_tolerance_millionths // WHOLE if self.received_steps else 0
        return lacking if lacking > allowed else 0
