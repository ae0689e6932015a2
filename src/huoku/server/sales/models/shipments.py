"""What went to the customer, and what came back."""

from django.db import models
from django.db.models import F, Q

from huoku.language import Sentence
from huoku.server.documents.document import Document
from huoku.server.ledger.models import Lot
from huoku.server.platform.scope import Scoped
from huoku.server.sales.models.orders import SalesLine, SalesOrder


class Shipment(Document):
    """One delivery of an order. The goods have left when it is made."""

    noun = Sentence("发货单", "shipment")

    order = models.ForeignKey(SalesOrder, models.PROTECT, related_name="shipments")
    shipped_on = models.DateField()
    carrier = models.CharField(max_length=200, blank=True)
    tracking = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("company", "number", name="shipment_number")]


class ShipmentLine(Scoped):
    """So much of a lot that went for a line of the order; ``returned_steps`` came back."""

    at_site = ("shipment__site_id",)

    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="lines")
    line = models.ForeignKey(SalesLine, models.PROTECT, related_name="shipment_lines")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    qty_steps = models.BigIntegerField()
    returned_steps = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(qty_steps__gt=0, returned_steps__gte=0, qty_steps__gte=F("returned_steps")),
                name="shipment_line_quantities",
            )
        ]
