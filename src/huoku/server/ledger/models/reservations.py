"""Stock and supply that is kept for somebody."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huoku.server.items.models import Item
from huoku.server.ledger.models.balances import SupplyBalance
from huoku.server.ledger.models.lots import Lot
from huoku.server.ledger.models.places import Location, Owner
from huoku.server.platform.scope import Scoped


class Reservation(Scoped):
    """So much is kept for one demand: of an item at a place (soft), of one lot (hard), or of what is to arrive."""

    at_site = ("location__site_id",)

    class Kind(models.TextChoices):
        SOFT = "soft", _("Of an item at a place")
        HARD = "hard", _("Of one lot")
        SUPPLY = "supply", _("Of what is to arrive")

    class State(models.TextChoices):
        PENDING = "pending", _("Kept")
        PART_POSTED = "part_posted", _("Partly taken")
        POSTED = "posted", _("Taken")
        VOIDED = "voided", _("Released")
        EXPIRED = "expired", _("Expired")
        PRE_EMPTED = "pre_empted", _("Given to a more urgent demand")

    OPEN = (State.PENDING, State.PART_POSTED)

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    location = models.ForeignKey(Location, models.PROTECT, related_name="+", db_index=False)
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="+", db_index=False)
    owner = models.ForeignKey(Owner, models.PROTECT, null=True, related_name="+", db_index=False)
    supply = models.ForeignKey(SupplyBalance, models.PROTECT, null=True, related_name="+", db_index=False)
    demand = models.CharField(max_length=80, help_text="For what, such as sales.line:5.")
    priority = models.PositiveSmallIntegerField(default=3, help_text="1 is the most urgent.")
    need_on = models.DateField(null=True)
    quantity = models.BigIntegerField(help_text="As it was made; posted, voided, expired and pre-empted come off it.")
    posted = models.BigIntegerField(default=0)
    voided = models.BigIntegerField(default=0)
    expired = models.BigIntegerField(default=0)
    pre_empted = models.BigIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, help_text="Against the database's clock.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, posted__gte=0, voided__gte=0, expired__gte=0, pre_empted__gte=0),
                name="reservation_quantities",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["pending", "part_posted"],
                    quantity__gt=F("posted") + F("voided") + F("expired") + F("pre_empted"),
                )
                | Q(
                    state__in=["posted", "voided", "expired", "pre_empted"],
                    quantity=F("posted") + F("voided") + F("expired") + F("pre_empted"),
                ),
                name="reservation_open_or_ended",
            ),
            models.CheckConstraint(
                condition=Q(kind="soft", lot=None, supply=None)
                | Q(kind="hard", lot__isnull=False, owner__isnull=False, supply=None)
                | Q(kind="supply", lot=None, supply__isnull=False),
                name="reservation_of_its_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=("company", "item", "location"),
                name="reservation_open",
                condition=Q(state__in=["pending", "part_posted"]),
            ),
            models.Index(
                fields=("company", "expires_at"),
                name="reservation_due",
                condition=Q(state__in=["pending", "part_posted"], expires_at__isnull=False),
            ),
            models.Index(fields=("company", "demand"), name="reservation_of_demand"),
        ]

    @property
    def open_quantity(self) -> int:
        return self.quantity - self.posted - self.voided - self.expired - self.pre_empted


class ReservationEvent(Scoped):
    """One thing that happened to a reservation: a fact."""

    append_only = True
    at_site = ("reservation__location__site_id",)

    reservation = models.ForeignKey(Reservation, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Reservation.State)
    quantity = models.BigIntegerField(help_text="What was kept, taken, released, expired or given away by this.")
    recorded_at = models.DateTimeField()
    command_key = models.CharField(max_length=80)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_event_quantity")]
