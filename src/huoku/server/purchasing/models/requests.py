"""Somebody wants something bought."""

from django.db import models
from django.db.models import Q

from huoku.language import Sentence
from huoku.server.documents.document import Document
from huoku.server.items.models import Item
from huoku.server.partners.models import Supplier


class PurchaseRequest(Document):
    """So much of an item by a day, with the reason, and for which demand where it is for one."""

    noun = Sentence("请购单", "purchase request")

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    qty_steps = models.BigIntegerField()
    need_on = models.DateField()
    reason = models.CharField(max_length=400, blank=True)
    demand = models.CharField(max_length=80, blank=True, help_text="For what, such as sales.line:5.")
    is_urgent = models.BooleanField(default=False, help_text="By the green channel: buyers are told at once.")
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=400, blank=True, help_text="Why it was rejected.")

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "number", name="purchase_request_number"),
            models.CheckConstraint(condition=Q(qty_steps__gt=0), name="purchase_request_quantity"),
        ]
        indexes = [models.Index(fields=("company", "state"), name="purchase_request_state")]
