"""What is ordered from one supplier on one paper."""

from django.db import models
from django.db.models import Q

from huoku.language import Sentence
from huoku.server.documents.document import Document
from huoku.server.ledger.models import Location
from huoku.server.partners.models import Supplier

WITH_SUPPLIER = ("sent", "confirmed")
"""States in which a supplier has the order."""
COUNTED_ON = ("approved", *WITH_SUPPLIER)
"""States in which what the lines are to bring is counted on."""


class PurchaseOrder(Document):
    """An order to a supplier. Amounts are in its currency; ``rate`` leads to the company's. Its site is that of the
    place where the goods are received."""

    noun = Sentence("采购订单", "purchase order")

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="purchase_orders")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    rate_millionths = models.BigIntegerField(
        null=True, help_text="Of the company's currency for one of the order's; 1 where they are the same."
    )
    payment_days = models.PositiveIntegerField(default=0)
    terms = models.CharField(max_length=400, blank=True)
    amount_minor = models.BigIntegerField(default=0, help_text="Goods and fees of all lines.")
    min_order_value_minor = models.BigIntegerField(default=0, help_text="The supplier's, of the goods.")
    missing_minor = models.BigIntegerField(default=0, help_text="What the goods lack of it.")
    sent_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=400, blank=True, help_text="Why it was closed short or cancelled.")

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "number", name="purchase_order_number"),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="purchase_order_amount"),
        ]
        indexes = [models.Index(fields=("company", "state"), name="purchase_order_state")]
