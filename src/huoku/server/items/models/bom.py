"""What a made item consists of, and what may stand in for what."""

from django.db import models
from django.db.models import Q

from huoku.language import Sentence
from huoku.server.items.models.item import Item
from huoku.server.platform.kept import Kept
from huoku.server.platform.scope import Scoped


class Bom(Kept):
    """One revision of a bill of material. Revisions of one parent are never valid on the same day."""

    noun = Sentence("物料清单", "bill of material")

    parent = models.ForeignKey(Item, models.PROTECT, related_name="boms")
    revision = models.CharField(max_length=20)
    valid_from = models.DateField(null=True, help_text="Inclusive, by the order's start day; empty: always.")
    valid_to = models.DateField(null=True, help_text="Inclusive; empty: for ever.")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("parent", "revision", name="bom_revision")]


class BomLine(Scoped):
    """What one parent takes of one component: qty_numerator/qty_denominator of the component's unit, exactly."""

    noun = Sentence("子项", "line of the bill")

    bom = models.ForeignKey(Bom, models.CASCADE, related_name="lines")
    seq = models.PositiveIntegerField()
    component = models.ForeignKey(Item, models.PROTECT, related_name="+")
    qty_numerator = models.BigIntegerField()
    qty_denominator = models.BigIntegerField(default=1)
    scrap_rate_millionths = models.BigIntegerField(default=0)
    fixed_scrap_steps = models.BigIntegerField(default=0, help_text="Once per order.")
    is_phantom = models.BooleanField(default=False, help_text="Its own bill is used instead of it, here alone.")
    operation = models.PositiveIntegerField(null=True, help_text="The seq of the operation that uses it.")

    class Meta:
        constraints = [
            models.UniqueConstraint("bom", "seq", name="bom_line_seq"),
            models.CheckConstraint(condition=Q(qty_numerator__gt=0, qty_denominator__gt=0), name="bom_line_positive"),
        ]
        indexes = [models.Index(fields=("company", "component"), name="bom_where_used")]


class Substitute(Kept):
    """What may be taken instead of an item, in every product or in one."""

    noun = Sentence("替代料", "substitute")

    item = models.ForeignKey(Item, models.PROTECT, related_name="substitutes")
    substitute = models.ForeignKey(Item, models.PROTECT, related_name="+")
    ratio_numerator = models.BigIntegerField(default=1, help_text="Units of the substitute for one of the item.")
    ratio_denominator = models.BigIntegerField(default=1)
    priority = models.PositiveIntegerField(default=1)
    parent = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(item=models.F("substitute")), name="substitute_is_another"),
            models.CheckConstraint(
                condition=Q(ratio_numerator__gt=0, ratio_denominator__gt=0), name="substitute_ratio_positive"
            ),
        ]
