"""Who may do how much alone, what needs a second pair of eyes, and what is waiting for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from huoku.server.platform.roles import Role
from huoku.server.platform.scope import Scoped


class ApprovalLimit(Scoped):
    """Up to which amount a role, or one person whatever the role, may do a kind of thing without anybody else."""

    kind = models.CharField(max_length=60, help_text="A command's name, such as ledger.write_off.")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    amount_minor = models.BigIntegerField(help_text="In the smallest amount of the company's currency.")

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "kind", "role", name="limit_of_role_once", condition=~Q(role="")),
            models.UniqueConstraint("company", "kind", "user", name="limit_of_user_once", condition=Q(role="")),
            models.CheckConstraint(
                condition=Q(role="", user__isnull=False) | (~Q(role="") & Q(user=None)), name="limit_of_role_or_user"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="limit_amount"),
        ]


class SecondCheck(Scoped):
    """A kind of command that one person alone cannot carry out in this company, whatever the amount."""

    kind = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint("company", "kind", name="second_check_once")]


class Approval(Scoped):
    """A command that was asked for and waits for a second person, with its request word for word."""

    class State(models.TextChoices):
        WAITING = "waiting"
        APPROVED = "approved"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"

    kind = models.CharField(max_length=60, help_text="The command's name.")
    request = models.TextField(help_text="Canonical JSON of the request.")
    amount_minor = models.BigIntegerField(null=True)
    why = models.CharField(max_length=20, help_text="second_check or over_limit.")
    reason = models.CharField(max_length=400, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, help_text="What the command answered when it was carried out.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=models.F("decided_by")), name="approval_by_another"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="approval_decided_once",
            ),
        ]
        indexes = [models.Index(fields=("company", "state", "asked_at"), name="approval_waiting")]
