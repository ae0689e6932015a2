"""The work on an order, step by step, and what was reported of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huoku.language import Sentence
from huoku.server.documents.document import Document
from huoku.server.items.models import Resource
from huoku.server.platform.scope import Scoped
from huoku.server.production.models.orders import WorkOrder


class WorkOperation(Document):
    """One operation of an order, as the routing said when it was planned. Its number is what a job card shows: the
    order's and its own, WO-2026-00001/10."""

    noun = Sentence("工单工序", "operation of the order")

    class Cause(models.TextChoices):
        MATERIAL = "material", _("Material is missing")
        MACHINE = "machine", _("The machine stands still")
        PEOPLE = "people", _("People are missing")
        QUALITY = "quality", _("Quality is in doubt")
        OTHER = "other", _("Another cause")

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="operations")
    order_id: int
    seq = models.PositiveIntegerField()
    resource = models.ForeignKey(Resource, models.PROTECT, null=True, related_name="+")
    resource_id: int | None
    name = models.CharField(max_length=200, blank=True)
    setup_minutes_millionths = models.BigIntegerField(default=0, help_text="Once per order.")
    run_minutes_millionths = models.BigIntegerField(default=0, help_text="Per unit.")
    good_steps = models.BigIntegerField(default=0)
    scrap_steps = models.BigIntegerField(default=0)
    minutes_millionths = models.BigIntegerField(default=0, help_text="Worked so far, as reported.")
    fixed_on = models.DateField(null=True, help_text="A person has put it on this day; the plan leaves it there.")
    started_at = models.DateTimeField(null=True)
    pause_cause = models.CharField(max_length=10, choices=Cause, blank=True)
    pause_note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("order", "seq", name="work_operation_seq"),
            models.CheckConstraint(
                condition=Q(good_steps__gte=0, scrap_steps__gte=0, minutes_millionths__gte=0),
                name="work_operation_figures",
            ),
        ]
        indexes = [models.Index(fields=("company", "resource", "state"), name="work_operation_at")]

    @property
    def reported_steps(self) -> int:
        return self.good_steps + self.scrap_steps


class JobReport(Scoped):
    """Somebody reported work: so many good, so much scrap, so many minutes. A fact."""

    append_only = True
    at_site = ("operation__site_id",)

    operation = models.ForeignKey(WorkOperation, models.PROTECT, related_name="reports")
    good_steps = models.BigIntegerField()
    scrap_steps = models.BigIntegerField()
    minutes_millionths = models.BigIntegerField()
    cause = models.CharField(max_length=400, blank=True, help_text="Of the scrap.")
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(good_steps__gte=0, scrap_steps__gte=0, minutes_millionths__gte=0), name="job_report_figures"
            )
        ]
