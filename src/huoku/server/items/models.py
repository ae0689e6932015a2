"""The item master."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huoku.server.platform.scope import Scoped


class Item(Scoped):
    """Something that is bought, made, kept or sold. Its quantities are whole numbers of its smallest step."""

    class Kind(models.TextChoices):
        BUY = "buy", _("Bought")
        MAKE = "make", _("Made")
        PHANTOM = "phantom", _("Phantom")

    class Tracking(models.TextChoices):
        NONE = "none", _("By quantity alone")
        LOT = "lot", _("By lot")
        SERIAL = "serial", _("By serial number")

    code = models.CharField(max_length=80)
    name = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.CharField(max_length=20, default="pcs")
    decimals = models.PositiveSmallIntegerField(default=0, help_text="Digits after the point; a step is 10^-decimals.")
    tracking = models.CharField(max_length=10, choices=Tracking, default=Tracking.NONE)
    shelf_life_days = models.PositiveIntegerField(null=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "code", name="item_code"),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="item_decimals"),
            models.CheckConstraint(condition=~Q(tracking="serial") | Q(decimals=0), name="item_serials_are_whole"),
        ]

    def __str__(self) -> str:
        return self.code
