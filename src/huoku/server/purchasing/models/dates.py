"""What suppliers said about when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huoku.server.platform.scope import Scoped
from huoku.server.purchasing.models.lines import PurchaseLine


class DateGiven(Scoped):
    """A day that a supplier gave for a line. A fact: another day is another row."""

    append_only = True
    at_site = ("line__order__site_id",)

    class Said(models.TextChoices):
        PROMISED = "promised", _("Promised")
        REVISED = "revised", _("Revised")

    line = models.ForeignKey(PurchaseLine, models.PROTECT, related_name="dates_given")
    on = models.DateField()
    said = models.CharField(max_length=10, choices=Said)
    why = models.CharField(max_length=400, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
