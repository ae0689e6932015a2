"""A transfer of stock from one place to another, and its lines."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huoku.language import Sentence
from huoku.server.documents.document import Document
from huoku.server.items.models import Item
from huoku.server.ledger.models import Location, Lot
from huoku.server.platform.kept import Kept

BEFORE_APPROVAL = ("draft", "requested")
COUNTED_ON = ("approved", "under_way")
"""States in which what the lines bring is counted on at the target, and their stock is kept at the origin."""


class Transfer(Document):
    """Stock that goes from one place to another. On the way it lies at a place of its own and stays the company's.

    Between two sites anything that lies at the origin's site may go, the origin first; within a site the origin alone.
    Its site is the origin's; who works at the target's site sees it too.
    """

    noun = Sentence("调拨单", "transfer")
    at_site: ClassVar[tuple[str, ...]] = ("site_id", "target__site_id")

    origin = models.ForeignKey(Location, models.PROTECT, related_name="+")
    target = models.ForeignKey(Location, models.PROTECT, related_name="+")
    transit = models.ForeignKey(Location, models.PROTECT, related_name="+", help_text="Where it lies on the way.")
    start_on: "models.DateField[date, date]" = models.DateField(help_text="When it is to leave.")
    expected_on: "models.DateField[date, date]" = models.DateField(help_text="When it is to be there.")
    priority = models.PositiveSmallIntegerField(default=3, help_text="1 is the most urgent.")
    end_reason = models.CharField(max_length=400, blank=True, help_text="Why it was cancelled, or no more was sent.")

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "number", name="transfer_number"),
            models.CheckConstraint(condition=~Q(origin=F("target")), name="transfer_leads_elsewhere"),
            models.CheckConstraint(condition=Q(start_on__lte=F("expected_on")), name="transfer_days"),
        ]
        indexes = [models.Index(fields=("company", "state"), name="transfer_state")]

    @property
    def is_between_sites(self) -> bool:
        return bool(self.origin.site_id != self.target.site_id)


class TransferLine(Kept):
    """So much of an item. What was sent either arrived, well or damaged, was found at the origin after all, or is lost;
    the rest is on its way."""

    noun = Sentence("调拨单行", "line of a transfer")
    at_site = ("transfer__site_id", "transfer__target__site_id")

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="lines")
    seq = models.PositiveIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    lot = models.ForeignKey(
        Lot, models.PROTECT, null=True, related_name="+", help_text="None: those that expire first."
    )
    qty_steps = models.BigIntegerField()
    demand = models.CharField(max_length=80, blank=True, help_text="For what it is carried, such as sales.line:5.")
    sent_steps = models.BigIntegerField(default=0)
    received_steps = models.BigIntegerField(default=0, help_text="All that arrived, good or damaged.")
    damaged_steps = models.BigIntegerField(default=0)
    found_steps = models.BigIntegerField(default=0, help_text="Had not left after all, and lies at the origin again.")
    lost_steps = models.BigIntegerField(default=0)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("transfer", "seq", name="transfer_line_seq"),
            models.CheckConstraint(condition=Q(qty_steps__gt=0), name="transfer_line_quantity"),
            models.CheckConstraint(
                condition=Q(
                    received_steps__gte=F("damaged_steps"),
                    damaged_steps__gte=0,
                    found_steps__gte=0,
                    lost_steps__gte=0,
                    sent_steps__gte=F("received_steps") + F("found_steps") + F("lost_steps"),
                ),
                name="transfer_line_adds_up",
            ),
        ]
        indexes = [models.Index(fields=("company", "item"), name="transfer_line_of_item")]

    @property
    def ledger_name(self) -> str:
        """What the ledger calls it: as a demand at the origin, as a supply at the target."""
        return f"warehouse.line:{self.pk}"

    @property
    def to_send_steps(self) -> int:
        return max(0, self.qty_steps - self.sent_steps)

    @property
    def under_way_steps(self) -> int:
        return self.sent_steps - self.received_steps - self.found_steps - self.lost_steps

    @property
    def open_steps(self) -> int:
        """What is still to arrive."""
        return self.to_send_steps + self.under_way_steps
