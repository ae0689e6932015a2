"""Plans that were worked out, and what they propose."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.partners.models import Supplier
from huoku.server.platform.kept import Kept
from huoku.server.platform.models import Site
from huoku.server.platform.scope import Scoped, ScopedQuerySet


class PlanRun(Kept):
    """One plan. What it was made from and what came out lie as files beside the database, their digests here."""

    noun = Sentence("计划运算", "plan run")

    class Kind(models.TextChoices):
        LIVE = "live", _("Live")
        TRIAL = "trial", _("Trial")

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LIVE)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    name = models.CharField(max_length=200, blank=True, help_text="Of a trial: what is tried.")
    changes = models.JSONField(default=dict, help_text="Of a trial: what differs from the records.")
    today = models.DateField()
    progress = models.CharField(max_length=80, blank=True)
    went_on_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The plan that stood before, whose decisions hold where nothing changed.",
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    worked_by = models.CharField(max_length=120, blank=True, help_text="The worker that began it: host and process.")
    tries = models.PositiveSmallIntegerField(default=0, help_text="So often was it begun since it was asked for.")
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=1000, blank=True)
    figures = models.JSONField(default=dict)
    input_digest = models.CharField(max_length=64, blank=True)
    output_digest = models.CharField(max_length=64, blank=True)
    accepted_then = models.CharField(
        max_length=60, blank=True, help_text="Which proposals were accepted when the records were read."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("company", condition=Q(state="running"), name="plan_run_one_at_a_time"),
        ]
        indexes = [models.Index(fields=("company", "-asked_at"), name="plan_run_by_time")]

    @property
    def is_worked_out(self) -> bool:
        """Its files are there, whatever waits to be done with them."""
        return bool(self.output_digest)


class ProposalRows(ScopedQuerySet["Proposal"]):
    """What people see: what live runs that are done propose, without what one of them has left and not replaced yet."""

    def of(self, company: int | models.Model) -> Self:
        done = PlanRun.objects.of(company).filter(state=PlanRun.State.DONE, kind=PlanRun.Kind.LIVE).values("pk")
        is_left = Q(state=Proposal.State.OPEN, left_by__isnull=False, left_by__in=done)
        return self.ever(company).filter(run__in=done).exclude(is_left)

    def ever(self, company: int | models.Model) -> Self:
        """All rows, for those who write them: also what a run that is not done yet is about to propose."""
        return super().of(company)


ProposalManager = models.Manager.from_queryset(ProposalRows)


class Proposal(Kept):
    """One order that a plan proposes. What a later plan proposes alike stays the same proposal."""

    noun = Sentence("建议", "proposal")
    at_site = ("site_id",)

    class Kind(models.TextChoices):
        BUY = "buy", _("Buy")
        MAKE = "make", _("Make")
        TRANSFER = "transfer", _("Transfer")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        REPLACED = "replaced", _("No longer proposed")

    run = models.ForeignKey(PlanRun, models.PROTECT, related_name="proposals")
    left_by = models.ForeignKey(
        PlanRun,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="The run that proposes it no more; once that is done, it is replaced.",
    )
    order = models.CharField(max_length=80, help_text="What the plan calls it.")
    kind = models.CharField(max_length=10, choices=Kind)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    from_site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    qty_steps = models.BigIntegerField()
    needed_steps = models.BigIntegerField(help_text="What of it somebody needs; the rest is left over.")
    start_on = models.DateField()
    due_on = models.DateField()
    price_millionths = models.BigIntegerField(null=True)
    fees_minor = models.BigIntegerField(default=0)
    loss_millionths = models.BigIntegerField(
        null=True, help_text="Of what is left over the money that is expected never to come back; null: nothing is."
    )
    used_millionths = models.IntegerField(null=True, help_text="The odds that what is left over is used.")
    why_zh = models.CharField(max_length=1000)
    why_en = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    document = models.CharField(max_length=80, blank=True, help_text="What it became, such as purchasing.line:12.")
    reason = models.CharField(max_length=400, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ProposalManager()  # type: ignore[misc]  # another one than that of all tables

    class Meta:
        indexes = [
            models.Index(fields=("company", "state", "start_on"), name="proposal_by_start"),
            models.Index(fields=("company", "item"), name="proposal_of_item"),
            # Holds all that purchases are counted and added up by, so that their texts are not read for it.
            models.Index(
                fields=(
                    *("company", "start_on", "supplier", "item", "run", "left_by", "site", "qty_steps"),
                    *("needed_steps", "price_millionths", "fees_minor", "loss_millionths", "kind", "state"),
                ),
                name="proposal_to_buy",
                condition=Q(state="open", kind="buy"),
            ),
        ]


class ProposalPeg(Scoped):
    """So much of an accepted proposal is for one demand; kept for it once what it became is counted on."""

    at_site = ("proposal__site_id",)

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="pegs")
    demand = models.CharField(max_length=80, help_text="Such as sales.line:5.")
    qty_steps = models.BigIntegerField()
    need_on = models.DateField()
    is_kept = models.BooleanField(default=False, help_text="Reserved on the document that the proposal became.")

    class Meta:
        indexes = [models.Index(fields=("company", "demand"), name="proposal_peg_of_demand")]
