"""What left on one day of one line in one lot."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from huoku.language import Sentence
from huoku.server.ledger.models import Location, Lot
from huoku.server.platform.kept import Kept
from huoku.server.warehouse.models.transfers import TransferLine


class TransferPart(Kept):
    """A part of a line that was sent, and what became of it. On the way it is reserved for its transfer, so that
    nobody else takes it."""

    noun = Sentence("调拨明细", "part of a transfer")
    at_site = ("line__transfer__site_id", "line__transfer__target__site_id")

    line = models.ForeignKey(TransferLine, models.PROTECT, related_name="parts")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    origin = models.ForeignKey(
        Location, models.PROTECT, related_name="+", help_text="The place that it was taken from."
    )
    reservation: "models.UUIDField[UUID, UUID]" = models.UUIDField(help_text="Of the stock on its way.")
    sent_on = models.DateField()
    sent_steps = models.BigIntegerField()
    received_steps = models.BigIntegerField(default=0)
    damaged_steps = models.BigIntegerField(default=0)
    found_steps = models.BigIntegerField(default=0)
    lost_steps = models.BigIntegerField(default=0)
    reason = models.CharField(
        max_length=400, blank=True, help_text="Of what was damaged, found or lost, the last time."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    sent_steps__gt=0,
                    received_steps__gte=F("damaged_steps"),
                    damaged_steps__gte=0,
                    found_steps__gte=0,
                    lost_steps__gte=0,
                    sent_steps__gte=F("received_steps") + F("found_steps") + F("lost_steps"),
                ),
                name="transfer_part_adds_up",
            )
        ]

    @property
    def under_way_steps(self) -> int:
        return self.sent_steps - self.received_steps - self.found_steps - self.lost_steps
