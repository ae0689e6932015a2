"""What was done, by whom: commands with their answers, the audit chain, events for whoever wants to know."""

from django.conf import settings
from django.db import models

from huoku.server.platform.scope import Scoped


class CommandRecord(Scoped):
    """One command that was carried out or refused, under the key its sender made. Written with its effect."""

    append_only = True

    scope = models.CharField(max_length=60, help_text="Who the key belongs to: a user or a token.")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    request_digest = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField(help_text="As HTTP counts: 200 done, 4xx refused.")
    answer = models.TextField(help_text="Byte for byte what the sender was told.")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("company", "scope", "key", name="command_key_once")]


class Stream(Scoped):
    """The head of one chain of entries: how long it is and the digest of its last one. Locked last."""

    kind = models.CharField(max_length=40)
    shard = models.PositiveSmallIntegerField(default=0)
    length = models.BigIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=bytes(32))
    last_at = models.DateTimeField(null=True)
    is_frozen = models.BooleanField(default=False, help_text="After a violated invariant: nothing is written any more.")

    class Meta:
        constraints = [models.UniqueConstraint("company", "kind", "shard", name="stream_once")]


class AuditEntry(Scoped):
    """Who did what, when and why, old and new values. Each entry holds the digest of the one before it."""

    append_only = True

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="entries")
    seq = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField(help_text="Never before the entry before it, whatever the clock did.")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=200, help_text="The roles that the actor had here.")
    via = models.CharField(max_length=20, help_text="session, token, command line or job.")
    action = models.CharField(max_length=80)
    reason = models.CharField(max_length=400, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    command_key = models.CharField(max_length=80)
    changes = models.TextField(help_text="Canonical JSON: what, which, old, new.")

    class Meta:
        constraints = [models.UniqueConstraint("stream", "seq", name="audit_seq_once")]
        indexes = [models.Index(fields=("company", "-recorded_at"), name="audit_by_time")]


class Event(Scoped):
    """Something happened that others may want to hear. Written with its cause, told afterwards."""

    append_only = True

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, help_text="What it is about, such as items.item:42.")
    facts = models.TextField(default="{}")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=("company", "id"), name="event_in_order")]
