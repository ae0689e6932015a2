"""The record of one shortage (缺料单)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huoku.language import Sentence
from huoku.server.documents.document import Document
from huoku.server.items.models import Item
from huoku.server.ledger.models import Location
from huoku.server.production.models import WorkOrder


class ShortageCase(Document):
    """A work order lacks so much of an item. Of each pair there is one open case at a time."""

    noun = Sentence("缺料单", "shortage")

    class Source(models.TextChoices):
        PICK = "pick", _("Not found while picking")
        KIT = "kit", _("The kit is short")
        LATE = "late", _("Supply comes late")
        TAKEN = "taken", _("Taken for a more urgent order")
        HAND = "hand", _("Told by somebody")

    class Cause(models.TextChoices):
        FORECAST = "forecast", _("Forecast too low")
        CONSUMPTION = "consumption", _("More used than planned")
        COUNT = "count", _("The book was wrong")
        LATE_RECEIPT = "late_receipt", _("The supplier was late")
        LATE_PURCHASE = "late_purchase", _("Ordered too late")
        NOT_SYNCHRONISED = "not_synchronised", _("Data not synchronised")
        NO_PROCEDURE = "no_procedure", _("No procedure for it")
        OTHER = "other", _("Another cause")

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+")
    order_id: int
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    item_id: int
    source = models.CharField(max_length=10, choices=Source)
    place = models.ForeignKey(
        Location, models.PROTECT, null=True, related_name="+", help_text="Where it was not found."
    )
    place_id: int | None
    missing_steps = models.BigIntegerField(help_text="What the order has neither here nor in time.")
    need_on: "models.DateField[date, date]" = models.DateField()
    book_steps = models.BigIntegerField(null=True, help_text="What the book said of the place when it was counted.")
    physical_steps = models.BigIntegerField(null=True, help_text="What lay there.")
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    late_per_day_minor = models.BigIntegerField(default=0, help_text="What a late day costs, once no slack is left.")
    way = models.CharField(max_length=20, blank=True, help_text="The way out that was chosen last.")
    document = models.CharField(max_length=80, blank=True, help_text="What that made, such as purchasing.request:5.")
    cost_minor = models.BigIntegerField(default=0, help_text="What the chosen ways cost.")
    expected_on: "models.DateField[date | None, date | None]" = models.DateField(
        null=True, help_text="The day on which the line goes on, as things stand."
    )
    date_changes = models.PositiveIntegerField(default=0, help_text="How often that day became later.")
    supply_state_zh = models.CharField(
        max_length=80, blank=True, help_text="How what it waits for stood when last seen."
    )
    supply_state_en = models.CharField(max_length=80, blank=True)
    solved_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=20, choices=Cause, blank=True)
    cause_note = models.CharField(max_length=400, blank=True)
    measure = models.CharField(max_length=400, blank=True, help_text="What keeps it from happening again.")

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "number", name="shortage_number"),
            models.UniqueConstraint("order", "item", condition=~Q(state="closed"), name="shortage_open_once"),
            models.CheckConstraint(condition=Q(missing_steps__gte=0), name="shortage_missing"),
        ]
        indexes = [models.Index(fields=("company", "item"), name="shortage_of_item", condition=~Q(state="closed"))]
