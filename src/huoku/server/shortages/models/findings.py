"""What was found out about a shortage: who is hit, what speaks for which cause, and what happened since."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huoku.server.items.models import Item
from huoku.server.partners.models import Customer
from huoku.server.platform.scope import Scoped
from huoku.server.shortages.models.cases import ShortageCase


class Hit(Scoped):
    """A work order, or a line of a customer's order, that waits for what is short. Worked out at each review."""

    at_site = ("case__site_id",)

    class Kind(models.TextChoices):
        WORK_ORDER = "work_order", _("Work order")
        SALES_LINE = "sales_line", _("Line of a sales order")

    case = models.ForeignKey(ShortageCase, models.PROTECT, related_name="hits")
    level = models.PositiveSmallIntegerField(help_text="0: the order that lacks it; 1: who waits for that; and so on.")
    kind = models.CharField(max_length=12, choices=Kind)
    document = models.CharField(max_length=80, help_text="As the ledger names it, such as sales.line:5.")
    number = models.CharField(max_length=40)
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    qty_steps = models.BigIntegerField()
    due_on = models.DateField(help_text="A work order's start; what the customer was promised.")
    slack_days = models.PositiveIntegerField(help_text="So many days later does not hurt it yet.")
    value_minor = models.BigIntegerField(null=True)
    late_per_day_minor = models.BigIntegerField(default=0)


class Proof(Scoped):
    """A fact that speaks for a cause. Worked out at each review, kept as it stood when the case was closed."""

    at_site = ("case__site_id",)

    case = models.ForeignKey(ShortageCase, models.PROTECT, related_name="proofs")
    cause = models.CharField(max_length=20, choices=ShortageCase.Cause)
    document = models.CharField(max_length=80, blank=True)
    text_zh = models.CharField(max_length=400)
    text_en = models.CharField(max_length=400)


class TrailStep(Scoped):
    """One thing that happened from the alert until the line went on. A fact."""

    append_only = True
    at_site = ("case__site_id",)

    case = models.ForeignKey(ShortageCase, models.PROTECT, related_name="trail")
    kind = models.CharField(max_length=20)
    document = models.CharField(max_length=80, blank=True)
    text_zh = models.CharField(max_length=400)
    text_en = models.CharField(max_length=400)
    recorded_at = models.DateTimeField()
