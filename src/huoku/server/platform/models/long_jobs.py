"""Long requests: taken now, done by the worker, their results kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from huoku.server.platform.scope import Scoped


class Job(Scoped):
    """A request that its sender does not wait for. Whoever works on it holds a lease: when that is over, the work
    counts as dead and is done again, under the same key, so that what was done already is not done twice."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    OPEN = (State.WAITING, State.RUNNING)

    kind = models.CharField(max_length=40, help_text="Which worker function does it.")
    request = models.TextField(help_text="JSON, as that function reads it.")
    key = models.CharField(max_length=80)
    reason = models.CharField(max_length=400, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    scope = models.CharField(max_length=60, help_text="Whose keys these are: a user's or a token's.")
    rights = models.JSONField(null=True, help_text="Names of the rights that the sender's token was limited to.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True, help_text="As HTTP counts.")
    answer = models.TextField(blank=True, help_text="JSON.")

    class Meta:
        indexes = [
            models.Index(fields=("company", "user", "made_at"), name="job_of_user"),
            models.Index(fields=("state",), condition=Q(state__in=("waiting", "running")), name="job_open"),
        ]
