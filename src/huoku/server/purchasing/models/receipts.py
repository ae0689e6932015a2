"""What came on one day of one line in one lot."""

from django.db import models
from django.db.models import F, Q

from huoku.language import Sentence
from huoku.server.ledger.models import Location, Lot
from huoku.server.platform.kept import Kept
from huoku.server.purchasing.models.lines import PurchaseLine


class PurchaseReceipt(Kept):
    """A part of a line that came, and what became of it at inspection and afterwards. The movement holds the stock."""

    noun = Sentence("收货记录", "receipt")
    at_site = ("line__order__site_id",)

    line = models.ForeignKey(PurchaseLine, models.PROTECT, related_name="receipts")
    movement = models.UUIDField()
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    received_on = models.DateField()
    delivery_note = models.CharField(max_length=80, blank=True, help_text="The number of the supplier's paper.")
    qty_steps = models.BigIntegerField()
    waiting_steps = models.BigIntegerField(default=0, help_text="Still to be inspected, in quarantine.")
    rejected_steps = models.BigIntegerField(default=0)
    returned_steps = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=400, blank=True, help_text="Why some was rejected or returned, the last time.")

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "movement", name="purchase_receipt_movement"),
            models.CheckConstraint(
                condition=Q(
                    qty_steps__gt=0,
                    waiting_steps__gte=0,
                    rejected_steps__gte=0,
                    returned_steps__gte=0,
                    qty_steps__gte=F("waiting_steps") + F("rejected_steps"),
                    returned_steps__lte=F("qty_steps") - F("waiting_steps"),
                ),
                name="purchase_receipt_adds_up",
            ),
        ]
