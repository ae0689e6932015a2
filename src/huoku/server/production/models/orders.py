"""The order to make something."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from huoku.language import Sentence
from huoku.server.documents.document import Document
from huoku.server.items.models import Item
from huoku.server.ledger.models import Location

OWN = "production.order:"
"""So begins what the ledger calls a work order."""


class WorkOrder(Document):
    """So much of an item is to be made between two days. What is still to come of it is a supply of the ledger, what it
    takes is reserved for it there, and both are under its ``ledger_name``."""

    noun = Sentence("生产工单", "work order")

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    item_id: int
    qty_steps = models.BigIntegerField()
    made_steps = models.BigIntegerField(default=0, help_text="Good pieces that the last operation gave.")
    start_on: "models.DateField[date, date]" = models.DateField()
    due_on: "models.DateField[date, date]" = models.DateField()
    priority = models.PositiveSmallIntegerField(default=3, help_text="1 is the most urgent.")
    target = models.ForeignKey(Location, models.PROTECT, related_name="+", help_text="Where what is made is put.")
    target_id: int
    work_in_progress = models.ForeignKey(
        Location, models.PROTECT, related_name="+", help_text="Where its materials lie until they are used."
    )
    work_in_progress_id: int
    demand = models.CharField(max_length=80, blank=True, help_text="For what it is made, such as sales.line:5.")
    end_reason = models.CharField(
        max_length=400, blank=True, help_text="Why less was made, why it was cancelled, why materials stay at the work."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "number", name="work_order_number"),
            models.CheckConstraint(condition=Q(qty_steps__gt=0, made_steps__gte=0), name="work_order_positive"),
            models.CheckConstraint(condition=Q(start_on__lte=F("due_on")), name="work_order_days"),
        ]
        indexes = [models.Index(fields=("company", "state", "due_on"), name="work_order_by_state")]

    @property
    def ledger_name(self) -> str:
        """What the ledger calls it: as a demand, as a supply, and as the document of its movements."""
        return ledger_name(self.pk)


def ledger_name(order_id: int) -> str:
    return f"{OWN}{order_id}"
