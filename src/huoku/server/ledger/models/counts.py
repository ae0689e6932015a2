"""Counting: what is to be counted, and what somebody saw."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huoku.server.items.models import Item
from huoku.server.ledger.models.lots import Lot
from huoku.server.ledger.models.places import Location, Owner, Status
from huoku.server.platform.scope import Scoped


class CountTask(Scoped):
    """Somebody is to count one item at one place. Never shows what the book says: counting is blind."""

    at_site = ("location__site_id",)

    class Cause(models.TextChoices):
        CLASS = "class", _("Its turn: value and turnover")
        DOUBT = "doubt", _("The book is in doubt")
        DEBT = "debt", _("Taken though the book had none")
        RECOUNT = "recount", _("Counted again by another person")
        SPOT_CHECK = "spot_check", _("Spot check")
        NOT_FOUND = "not_found", _("Not found where the book has it")

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=10, choices=Cause)
    due_on = models.DateField()
    doubt = models.BigIntegerField(default=0, help_text="Why it comes before others; larger is earlier.")
    seed = models.CharField(max_length=40, blank=True, help_text="A spot check's draw can be repeated from it.")
    recorded_at = models.DateTimeField()
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("company", "item", "location"), condition=Q(is_open=True), name="count_task_open_once"
            )
        ]


class Count(Scoped):
    """A statement: so much was there at that time. Its difference is held against the book as it stood then."""

    at_site = ("location__site_id",)

    class State(models.TextChoices):
        STATED = "stated", _("Waiting for approval")
        RECOUNT = "recount", _("To be counted again")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")

    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+", db_index=False)
    location = models.ForeignKey(Location, models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.AVAILABLE)
    counted = models.BigIntegerField()
    counted_at = models.DateTimeField()
    seq = models.BigIntegerField(help_text="The last movement of the item's stream that the counter could have seen.")
    book = models.BigIntegerField(help_text="What the book said at that movement.")
    difference = models.BigIntegerField(help_text="counted - book")
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.STATED)
    counter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(counted__gte=0, difference=models.F("counted") - models.F("book")), name="count_difference"
            )
        ]
        indexes = [models.Index(fields=("company", "item", "location"), name="count_of_place")]
