"""What is done by itself: schedules, how far each listener has heard, and the shared memory of limits."""

from django.db import models

from huoku.server.platform.scope import Scoped


class Schedule(models.Model):
    """When a recurring job runs next. Which jobs there are, and how often, the program says (``schedules.py``)."""

    name = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Heard(Scoped):
    """How far a listener has heard the events of one chain. Moved on after it has handled them, never before."""

    listener = models.CharField(max_length=60)
    stream = models.ForeignKey("platform.Stream", models.PROTECT, related_name="+")
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("company", "listener", "stream", name="heard_once")]


class Remembered(models.Model):
    """Rows of the cache (``remembering.py``), with JSON as values: counts of failed logins, which all workers share."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "platform_remembered"
