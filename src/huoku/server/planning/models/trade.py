"""What only plans look at: forecasts, ways between sites, past use from before the system, outlets of what is left."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.partners.models import Customer
from huoku.server.platform.kept import Kept
from huoku.server.platform.models import Site


class Forecast(Kept):
    """A quantity that is expected to be wanted by a day, or that a contract obliges to."""

    noun = Sentence("预测", "forecast")
    at_site = ("site_id",)

    class Kind(models.TextChoices):
        FORECAST = "forecast", _("Forecast")
        CONTRACT = "contract", _("Contract")

    code = models.CharField(max_length=80)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FORECAST)
    qty_steps = models.BigIntegerField()
    due_on = models.DateField()
    priority = models.PositiveIntegerField(default=5)
    price_millionths = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "code", name="forecast_code"),
            models.CheckConstraint(condition=Q(qty_steps__gt=0), name="forecast_quantity"),
        ]


class PlanningPlace(Kept):
    """What a plan has to know of a site besides its code: all stock of one site is one place to a plan."""

    noun = Sentence("计划地点", "place of planning")
    at_site = ("site_id",)

    site = models.OneToOneField(Site, models.PROTECT, related_name="+")
    plant = models.CharField(max_length=200, blank=True, help_text="The plant or town that it belongs to.")
    kind = models.CharField(max_length=80, blank=True)
    capacity_millionths = models.BigIntegerField(null=True, help_text="Millionths of a cubic metre.")


class Lane(Kept):
    """Stock may be sent from one site to another. No item: every item."""

    noun = Sentence("调拨路线", "lane")
    at_site = ("from_site_id", "to_site_id")

    from_site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    to_site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    lead_time_days = models.PositiveIntegerField(default=0)
    cost_millionths = models.BigIntegerField(default=0, help_text="Of one unit.")

    class Meta:
        constraints = [
            models.UniqueConstraint("from_site", "to_site", "item", name="lane_of_item"),
            models.UniqueConstraint("from_site", "to_site", condition=Q(item=None), name="lane_of_all"),
            models.CheckConstraint(condition=~Q(from_site=models.F("to_site")), name="lane_leads_elsewhere"),
        ]


class PastUse(Kept):
    """So much was sold or used on a day before the ledger knew of it. What happens since, the ledger tells."""

    noun = Sentence("历史用量", "past use")
    at_site = ("site_id",)

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    date = models.DateField()
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    qty_steps = models.BigIntegerField()
    customer = models.CharField(max_length=80, blank=True, help_text="Who took it, as it was brought in.")

    class Meta:
        indexes = [models.Index(fields=("company", "item", "date"), name="past_use_of_item")]


class Outlet(Kept):
    """Where leftovers of an item, or of any, can go, and what comes back for them."""

    noun = Sentence("处置渠道", "outlet")

    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    share_millionths = models.BigIntegerField(null=True)
    fee_millionths = models.BigIntegerField(null=True)
    least_steps = models.BigIntegerField(null=True)
    most_steps = models.BigIntegerField(null=True)
    until = models.DateField(null=True)
    fade_millionths = models.BigIntegerField(null=True)


class Disposal(Kept):
    """A case of leftovers that was closed before the system knew of cases."""

    noun = Sentence("处置记录", "closed case")

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    date = models.DateField()
    qty_steps = models.BigIntegerField()
    outlet = models.CharField(max_length=80, blank=True)
    proceeds_millionths = models.BigIntegerField(null=True)
    value_millionths = models.BigIntegerField(null=True)
    opened = models.DateField(null=True)
    supplier = models.CharField(max_length=80, blank=True, help_text="From whom it had been bought.")
    bought_steps = models.BigIntegerField(null=True, help_text="What that purchase brought.")
    needed_steps = models.BigIntegerField(null=True, help_text="What of it was needed.")
    received_on = models.DateField(null=True)
    cause = models.CharField(max_length=400, blank=True)
    lesson = models.CharField(max_length=400, blank=True)
