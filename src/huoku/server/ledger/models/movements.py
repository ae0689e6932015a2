"""What happened to stock. Facts: never changed, never deleted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huoku.server.items.models import Item
from huoku.server.ledger.models.lots import Lot
from huoku.server.ledger.models.places import Location, Owner, Status
from huoku.server.platform.models import Stream
from huoku.server.platform.scope import Scoped


class Movement(Scoped):
    """A quantity of one lot that left one place (or status) and arrived at another.

    The sum over all places is therefore always zero. A mistake is undone by a second movement that ``reverses`` it.
    """

    append_only = True
    at_site = ("from_location__site_id", "to_location__site_id")

    class Kind(models.TextChoices):
        RECEIVE = "receive", _("Receipt")
        MAKE = "make", _("Production")
        ISSUE = "issue", _("Issue")
        SHIP = "ship", _("Delivery")
        TRANSFER = "transfer", _("Transfer")
        RETURN = "return", _("Return")
        SCRAP = "scrap", _("Scrap")
        STATUS = "status", _("Change of status")
        COUNT = "count", _("Count difference")

    id = models.UUIDField(primary_key=True, help_text="Ordered by time, made by the sender: a second guard.")
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="+", db_index=False)
    seq = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    kind = models.CharField(max_length=10, choices=Kind)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="+", db_index=False)
    from_location = models.ForeignKey(Location, models.PROTECT, related_name="+", db_index=False)
    to_location = models.ForeignKey(Location, models.PROTECT, related_name="+", db_index=False)
    from_status = models.CharField(max_length=10, choices=Status, default=Status.AVAILABLE)
    to_status = models.CharField(max_length=10, choices=Status, default=Status.AVAILABLE)
    quantity = models.BigIntegerField(help_text="In the item's smallest steps.")
    entered = models.CharField(max_length=40, blank=True, help_text="The quantity as it was entered, in its unit.")
    entered_unit = models.CharField(max_length=20, blank=True)
    numerator = models.BigIntegerField(default=1, help_text="Steps = entered * numerator / denominator.")
    denominator = models.BigIntegerField(default=1)
    unit_cost = models.BigIntegerField(null=True, help_text="Millionths of the currency for one unit; of receipts.")
    effective_at = models.DateTimeField(help_text="When it happened. Drives value, age and reports only.")
    recorded_at = models.DateTimeField(help_text="The database's time; never before the movement before it.")
    document = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    need_on = models.DateField(null=True, help_text="Picked first-expired-first-out for this day; null: not picked so.")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    command_key = models.CharField(max_length=80)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")

    class Meta:
        constraints = [
            models.UniqueConstraint("stream", "seq", name="movement_seq_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="movement_quantity_positive"),
            models.CheckConstraint(
                condition=~Q(from_location=F("to_location")) | ~Q(from_status=F("to_status")), name="movement_moves"
            ),
            models.CheckConstraint(condition=Q(numerator__gt=0, denominator__gt=0), name="movement_conversion"),
        ]
        indexes = [
            models.Index(fields=("company", "item", "seq"), name="movement_of_item"),
            models.Index(fields=("company", "lot"), name="movement_of_lot"),
            models.Index(fields=("company", "-recorded_at"), name="movement_by_time"),
            models.Index(fields=("company", "document"), name="movement_of_document", condition=~Q(document="")),
        ]


class PeriodLock(Scoped):
    """The books are closed up to this moment: nothing that happened before it is entered any more."""

    append_only = True

    until = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("company", "until", name="period_lock_once")]
