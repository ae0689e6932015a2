"""What is to be fetched from storage on one walk."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huoku.language import Sentence
from huoku.server.documents.document import Document
from huoku.server.ledger.models import Location, Reservation
from huoku.server.platform.scope import Scoped
from huoku.server.production.models.components import WorkComponent


class PickList(Document):
    """A walk through the store for one or several orders."""

    noun = Sentence("拣料单", "pick list")

    class Meta:
        constraints = [models.UniqueConstraint("company", "number", name="pick_list_number")]


class PickLine(Scoped):
    """So much of a component is to be fetched at one place, in walking order; it is reserved for its order there."""

    at_site = ("pick_list__site_id",)

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        TAKEN = "taken", _("Taken")
        SHORT = "short", _("Not all was found")
        DROPPED = "dropped", _("No longer needed")
        PUT_BACK = "put_back", _("Put back")

    pick_list = models.ForeignKey(PickList, models.PROTECT, related_name="lines")
    pick_list_id: int
    seq = models.PositiveIntegerField()
    component = models.ForeignKey(WorkComponent, models.PROTECT, related_name="picks")
    component_id: int
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    location_id: int
    reservation = models.ForeignKey(Reservation, models.PROTECT, related_name="+")
    reservation_id: UUID
    asked_steps = models.BigIntegerField()
    taken_steps = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField(max_length=400, blank=True, help_text="Why not all of it was taken.")
    movements = models.JSONField(default=list, help_text="By which it was taken, the first ones first.")

    class Meta:
        constraints = [
            models.UniqueConstraint("pick_list", "seq", name="pick_line_seq"),
            models.CheckConstraint(
                condition=Q(asked_steps__gt=0, taken_steps__gte=0, taken_steps__lte=F("asked_steps")),
                name="pick_line_figures",
            ),
        ]
        indexes = [
            models.Index(fields=("company", "reservation"), name="pick_line_open", condition=Q(state="open")),
        ]

    @property
    def open_steps(self) -> int:
        return self.asked_steps - self.taken_steps
