"""An order of a customer, its lines, and what the customer asked for besides."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from huoku.language import Sentence
from huoku.server.documents.document import Document
from huoku.server.items.models import Item
from huoku.server.partners.models import Customer
from huoku.server.platform.roles import Role
from huoku.server.platform.scope import Scoped

OF_SALES = "sales.line:"
"""So begins what something is kept for that is kept for a line of sales; its id follows."""


class SalesOrder(Document):
    """What a customer asked for: an inquiry that keeps nothing, a provisional hold, or an order."""

    noun = Sentence("销售订单", "sales order")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    customer_reference = models.CharField(max_length=80, blank=True)
    priority = models.PositiveSmallIntegerField(help_text="1 is the most urgent.")
    currency = models.CharField(max_length=3)
    held_until = models.DateTimeField(null=True, help_text="A provisional hold ends then by itself.")
    lock_until = models.DateField(null=True, help_text="Asked for or agreed: until then nothing is released.")
    lock_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lock_asked_as = models.CharField(max_length=20, choices=Role, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("company", "number", name="sales_order_number")]
        indexes = [
            models.Index(fields=("company", "state"), name="sales_order_state"),
            models.Index(fields=("company", "customer"), name="sales_order_customer"),
            models.Index(fields=("held_until",), name="sales_hold_due", condition=Q(state="held")),
        ]


class SalesLine(Scoped):
    """So much of one item by a day. What was shipped and what was cancelled come off it."""

    noun = Sentence("订单行", "line of the order")
    at_site = ("order__site_id",)

    order = models.ForeignKey(SalesOrder, models.PROTECT, related_name="lines")
    seq = models.PositiveIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    qty_steps = models.BigIntegerField(help_text="As agreed last; a reduction lessens it.")
    price_millionths = models.BigIntegerField(null=True)
    due_on = models.DateField(help_text="When the customer wants it.")
    promised_on = models.DateField(null=True, help_text="What the customer was told.")
    shipped_steps = models.BigIntegerField(default=0)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("order", "seq", name="sales_line_seq"),
            models.CheckConstraint(
                condition=Q(shipped_steps__gte=0, qty_steps__gte=F("shipped_steps")),
                name="sales_line_quantities",
            ),
        ]
        indexes = [models.Index(fields=("company", "item"), name="sales_line_item")]

    @property
    def open_steps(self) -> int:
        return self.qty_steps - self.shipped_steps

    @property
    def demand(self) -> str:
        """What its reservations, lots and orders are kept for."""
        return f"{OF_SALES}{self.pk}"

    @staticmethod
    def id_of(demand: str) -> int | None:
        """Of the line that is called so; None of what else something is kept for."""
        return int(demand.removeprefix(OF_SALES)) if demand.startswith(OF_SALES) else None


class Requirement(Scoped):
    """Something that a customer asked for besides, such as a colour of the label. Checked off before it is shipped."""

    noun = Sentence("客户要求", "requirement")
    at_site = ("line__order__site_id",)

    line = models.ForeignKey(SalesLine, models.PROTECT, related_name="requirements")
    text = models.CharField(max_length=400)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
