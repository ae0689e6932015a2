"""When several departments have to confirm an order, and what they said."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huoku.language import Sentence
from huoku.server.platform.kept import Kept
from huoku.server.platform.roles import Role
from huoku.server.platform.scope import Scoped
from huoku.server.sales.models.orders import SalesOrder


class SalesRules(Kept):
    """What the company has decided about its sales; one row."""

    noun = Sentence("销售规则", "rules of sales")

    big_value_minor = models.BigIntegerField(null=True, help_text="From this value on several departments confirm.")
    rush_days = models.PositiveIntegerField(default=0, help_text="Wanted within so many days: they confirm; 0: never.")
    departments = models.JSONField(default=list, help_text="The roles that confirm.")
    hold_hours = models.PositiveIntegerField(default=48, help_text="How long a provisional hold lasts unless said.")

    class Meta:
        constraints = [models.UniqueConstraint("company", name="sales_rules_once")]


class Confirmation(Scoped):
    """What one department said of an order as it stood then."""

    at_site = ("order__site_id",)

    class Answer(models.TextChoices):
        ASKED = "asked", _("Asked")
        YES = "yes", _("Can be done")
        NO = "no", _("Cannot be done")

    order = models.ForeignKey(SalesOrder, models.PROTECT, related_name="confirmations")
    role = models.CharField(max_length=20, choices=Role)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.ASKED)
    order_version = models.PositiveIntegerField(help_text="What was confirmed; a later change asks again.")
    note = models.CharField(max_length=400, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("order", "role", name="confirmation_once")]
