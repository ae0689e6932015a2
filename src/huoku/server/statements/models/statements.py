"""What statements with customers and with suppliers have in common."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from huoku.server.documents.document import Document
from huoku.server.items.models import Item
from huoku.server.platform.scope import Scoped


class Statement(Document):
    """What one month with one partner came to, in one currency. Its lines are as they were when it was made."""

    month: "models.DateField[date, date]" = models.DateField(help_text="Its first day.")
    currency = models.CharField(max_length=3)
    ordered_minor = models.BigIntegerField(default=0)
    moved_minor = models.BigIntegerField(default=0, help_text="What was shipped to customers, received of suppliers.")
    returned_minor = models.BigIntegerField(default=0)
    due_minor = models.BigIntegerField(default=0, help_text="Moved less returned.")
    open_minor = models.BigIntegerField(default=0, help_text="Ordered and not moved at the month's end.")
    unpriced = models.PositiveIntegerField(default=0, help_text="Lines without a price, which no sum holds.")
    answer = models.CharField(max_length=400, blank=True, help_text="What the partner said to it.")

    class Meta:
        abstract = True


class StatementLine(Scoped):
    """One thing that happened in the month, or that stood open at its end."""

    class Kind(models.TextChoices):
        ORDERED = "ordered", _("Ordered")
        SHIPPED = "shipped", _("Shipped")
        RECEIVED = "received", _("Received")
        RETURNED = "returned", _("Returned")
        OPEN = "open", _("Open at the month's end")

    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    on: "models.DateField[date, date]" = models.DateField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    qty_steps = models.BigIntegerField()
    price_millionths = models.BigIntegerField(null=True)
    amount_minor = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
