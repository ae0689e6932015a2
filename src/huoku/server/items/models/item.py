"""What the factory handles, and the units that people count it in."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from huoku.language import Sentence
from huoku.server.platform.kept import Kept
from huoku.server.platform.sounds import Sounding


class Item(Sounding):
    """Something that is bought, made, kept or sold. Its quantities are whole numbers of its smallest step."""

    noun = Sentence("物料", "item")

    class Kind(models.TextChoices):
        BUY = "buy", _("Bought")
        MAKE = "make", _("Made")
        PHANTOM = "phantom", _("Phantom")

    class Tracking(models.TextChoices):
        NONE = "none", _("By quantity alone")
        LOT = "lot", _("By lot")
        SERIAL = "serial", _("By serial number")

    class Lifecycle(models.TextChoices):
        ACTIVE = "active", _("Active")
        LAUNCH = "launch", _("Being launched")
        PHASE_OUT = "phase_out", _("Being phased out")
        OBSOLETE = "obsolete", _("Obsolete")

    class Abc(models.TextChoices):
        A = "A", "A"
        B = "B", "B"
        C = "C", "C"

    code = models.CharField(max_length=80)
    name = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    spec = models.CharField(max_length=400, blank=True, help_text="Specification, model, size.")
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    unit = models.CharField(max_length=20, default="pcs")
    decimals = models.PositiveSmallIntegerField(default=0, help_text="Digits after the point; a step is 10^-decimals.")
    tracking = models.CharField(max_length=10, choices=Tracking, default=Tracking.NONE)
    lifecycle = models.CharField(max_length=10, choices=Lifecycle, default=Lifecycle.ACTIVE)
    abc_class = models.CharField(max_length=1, choices=Abc, blank=True)
    abc_is_entered = models.BooleanField(default=False, help_text="Given by a person; classifying leaves it alone.")
    lead_time_days = models.PositiveIntegerField(default=0)
    shelf_life_days = models.PositiveIntegerField(null=True)
    safety_stock_steps = models.BigIntegerField(default=0)
    lot_min_steps = models.BigIntegerField(default=0)
    lot_multiple_steps = models.BigIntegerField(default=0, help_text="0: any.")
    lot_max_steps = models.BigIntegerField(null=True)
    unit_cost_millionths = models.BigIntegerField(null=True)
    price_millionths = models.BigIntegerField(null=True, help_text="Sales price of one unit.")
    setup_cost_minor = models.BigIntegerField(default=0, help_text="Once per make order, in the company's currency.")
    volume_millionths = models.BigIntegerField(null=True, help_text="Millionths of a cubic metre, of one unit.")
    attributes = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "code", name="item_code"),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="item_decimals"),
            models.CheckConstraint(condition=~Q(tracking="serial") | Q(decimals=0), name="item_serials_are_whole"),
        ]
        indexes = [models.Index("company", Upper("code"), name="item_code_upper")]

    def __str__(self) -> str:
        return self.code


class ItemUnit(Kept):
    """A further unit of an item: 1 ``unit`` is numerator/denominator of the item's own. A row is never rewritten: a
    new ratio is a row with the next ``edition``, so that what was counted by the old one stays right."""

    noun = Sentence("换算单位", "unit of this item")

    item = models.ForeignKey(Item, models.PROTECT, related_name="units")
    unit = models.CharField(max_length=20)
    edition = models.PositiveIntegerField(default=1)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("item", "unit", "edition", name="item_unit_edition"),
            models.UniqueConstraint("item", "unit", condition=Q(is_current=True), name="item_unit_one_current"),
            models.CheckConstraint(condition=Q(numerator__gt=0, denominator__gt=0), name="item_unit_positive"),
        ]
