"""What stock was worth at a time: derived, kept to be compared, rebuilt from the movements to the same digest."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huoku.server.items.models import Item
from huoku.server.platform.scope import Scoped


class Valuation(Scoped):
    """All stock valued by one method: what had happened until ``until`` and was known at ``recorded_at``."""

    class Method(models.TextChoices):
        MOVING_AVERAGE = "moving_average", _("Moving average")
        FIFO = "fifo", _("First in, first out")

    append_only = True

    method = models.CharField(max_length=20, choices=Method)
    version = models.PositiveSmallIntegerField(help_text="Of the way of reckoning; a new one makes new valuations.")
    until = models.DateTimeField()
    recorded_at = models.DateTimeField()
    value = models.BigIntegerField(help_text="Minor units of the currency.")
    provision = models.BigIntegerField(default=0)
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=("company", "method", "-until"), name="valuation_by_time")]


class ValuationLine(Scoped):
    """One item in a valuation."""

    append_only = True

    valuation = models.ForeignKey(Valuation, models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    quantity = models.BigIntegerField()
    value = models.BigIntegerField()
    provision = models.BigIntegerField(default=0)
