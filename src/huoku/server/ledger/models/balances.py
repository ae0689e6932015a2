"""What is there now: a cache of the movements, changed only together with one, and guarded by the database itself."""

from django.db import models
from django.db.models import F, Q

from huoku.server.items.models import Item
from huoku.server.ledger.models.lots import Lot
from huoku.server.ledger.models.places import Location, Owner, Status
from huoku.server.platform.scope import Scoped


class Balance(Scoped):
    """What lies at a physical place of one lot, owner and status, and how much of it is reserved by name (hard)."""

    at_site = ("location__site_id",)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+", db_index=False)
    location = models.ForeignKey(Location, models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.AVAILABLE)
    on_hand = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "item", "location", "lot", "owner", "status", name="balance_key"),
            models.CheckConstraint(condition=Q(reserved__gte=0, on_hand__gte=F("reserved")), name="balance_covers"),
        ]
        indexes = [models.Index(fields=("company", "lot"), name="balance_of_lot")]


class StockHead(Scoped):
    """Our own available stock of one item at one place, over all lots; and all that is reserved of it, soft and hard.

    Locked before any balance of that item and place, so that whoever chooses among lots chooses alone.
    """

    at_site = ("location__site_id",)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    location = models.ForeignKey(Location, models.PROTECT, related_name="+", db_index=False)
    on_hand = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    debt = models.BigIntegerField(default=0, help_text="Issued though the book had nothing; while it is, no promise.")
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "item", "location", name="stock_head_key"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, on_hand__gte=F("reserved"), debt__gte=0), name="stock_head_covers"
            ),
        ]


class Debt(Scoped):
    """Stock that was taken at an unverified place though the book had none. A later movement or count pays it."""

    at_site = ("location__site_id",)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+", db_index=False)
    location = models.ForeignKey(Location, models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.AVAILABLE)
    quantity = models.BigIntegerField(default=0)
    since = models.DateTimeField(help_text="When it last rose from nothing.")

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "item", "location", "lot", "owner", "status", name="debt_key"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="debt_not_negative"),
        ]


class SupplyBalance(Scoped):
    """One order line that is to arrive, and how much of it is promised already: nothing is promised twice."""

    at_site = ("location__site_id",)
    supply = models.CharField(max_length=80, help_text="The line of the document, such as purchasing.line:12.")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    location = models.ForeignKey(Location, models.PROTECT, related_name="+", db_index=False)
    expected_on = models.DateField(null=True)
    is_firm = models.BooleanField(default=True, help_text="Whoever is to bring it has confirmed it.")
    quantity = models.BigIntegerField(default=0, help_text="Still to arrive.")
    reserved = models.BigIntegerField(default=0)
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "supply", name="supply_once"),
            models.CheckConstraint(condition=Q(reserved__gte=0, quantity__gte=F("reserved")), name="supply_covers"),
        ]
        indexes = [models.Index(fields=("company", "item"), name="supply_of_item")]
