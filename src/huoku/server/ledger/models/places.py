"""Where stock can be, and whose it is."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huoku.language import Sentence
from huoku.server.platform.kept import Kept
from huoku.server.platform.models import Site
from huoku.server.platform.scope import Scoped


class Location(Kept):
    """A place that stock lies at, comes from or goes to.

    Suppliers, customers, production, scrap and count differences are places too, so that every movement leaves one
    place and arrives at another. Only physical places have balances; what the others hold follows from the movements.
    """

    noun = Sentence("地点", "location")
    at_site = ("site_id",)

    class Kind(models.TextChoices):
        STORAGE = "storage", _("Storage")
        LINE_SIDE = "line_side", _("Line side")
        WORK_IN_PROGRESS = "work_in_progress", _("Work in progress")
        TRANSIT = "transit", _("In transit")
        SUPPLIER = "supplier", _("Supplier")
        CUSTOMER = "customer", _("Customer")
        PRODUCTION = "production", _("Production")
        SCRAP = "scrap", _("Scrap")
        COUNT_DIFFERENCE = "count_difference", _("Count difference")

    PHYSICAL = (Kind.STORAGE, Kind.LINE_SIDE, Kind.WORK_IN_PROGRESS, Kind.TRANSIT)
    """Stock really lies there: it can be counted, and cannot be less than nothing."""

    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    is_physical = models.BooleanField(help_text="Follows from the kind.")
    is_unverified = models.BooleanField(
        default=False, help_text="The book may be wrong here: a shortfall becomes a debt and a count instead of a no."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "code", name="location_code"),
            models.CheckConstraint(
                condition=Q(is_physical=True, kind__in=["storage", "line_side", "work_in_progress", "transit"])
                | Q(is_physical=False, kind__in=["supplier", "customer", "production", "scrap", "count_difference"]),
                name="location_physical_by_kind",
            ),
            models.CheckConstraint(condition=Q(is_unverified=False) | Q(is_physical=True), name="location_debts"),
        ]

    def __str__(self) -> str:
        return self.code


class Owner(Scoped):
    """Whose stock it is. The one without a code is the company itself; others lend or consign."""

    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("company", "code", name="owner_code")]

    def __str__(self) -> str:
        return self.code


class Status(models.TextChoices):
    """What may be done with stock. A change is a movement from one status to another at the same place."""

    AVAILABLE = "available", _("Available")
    QUARANTINE = "quarantine", _("Quarantine")
    BLOCKED = "blocked", _("Blocked")
