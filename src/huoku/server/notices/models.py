"""Who is told, what he is still to be told, and every message with what became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huoku.language import Sentence
from huoku.server.documents.models import Task
from huoku.server.platform.kept import Kept
from huoku.server.platform.models import Site
from huoku.server.platform.scope import Scoped


class Receiver(Kept):
    """A person with his mail, or the robot of a chat group with the roles whose tasks it tells."""

    noun = Sentence("通知接收方", "receiver of notices")
    derived = ("address", "secret")
    """Sealed; the audit trail has ``shown`` and ``keyed_at`` instead."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("Mail")
        WECOM = "wecom", _("WeCom")
        DINGTALK = "dingtalk", _("DingTalk")
        FEISHU = "feishu", _("Feishu")
        WEBHOOK = "webhook", _("Webhook")

    class Urgency(models.TextChoices):
        ALL = "all", _("All")
        SOON = "soon", _("Soon")
        URGENT = "urgent", _("Urgent")

    channel = models.CharField(max_length=10, choices=Channel)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    roles = models.JSONField(default=list, help_text="Whose tasks a robot tells.")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+", help_text="Whose tasks alone it tells.")
    site_id: int | None
    language = models.CharField(max_length=10, blank=True, help_text="A robot's; a person has one of his own.")
    address = models.CharField(max_length=1000, help_text="Sealed.")
    secret = models.CharField(max_length=1000, blank=True, help_text="Sealed.")
    shown = models.CharField(max_length=200, blank=True, help_text="As much of the address as recognises it.")
    keyed_at = models.DateTimeField(null=True, help_text="When its secret was entered.")
    about = models.JSONField(default=list, help_text="The kinds of row whose tasks are told, all where empty.")
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.ALL)
    hour = models.PositiveSmallIntegerField(null=True, help_text="Gathered until this hour; null: told at once.")
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_until = models.PositiveSmallIntegerField(null=True)
    is_active = models.BooleanField(default=True)
    since = models.DateTimeField(help_text="Tasks that were left before are not told.")
    confirmed_at = models.DateTimeField(null=True, help_text="When an administrator said that the address is right.")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "user", name="receiver_of_person_once"),
            models.UniqueConstraint(
                "company", "address", name="robot_address_once", condition=models.Q(user__isnull=True)
            ),
        ]


class Delivery(Scoped):
    """One message to one receiver. ``key`` stays the same however often it is tried."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        DROPPED = "dropped", _("No longer needed")

    receiver = models.ForeignKey(Receiver, models.PROTECT, related_name="deliveries")
    receiver_id: int
    key = models.UUIDField(default=uuid.uuid4)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    is_test = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(help_text="Not tried before; while somebody tries it, until when he has it.")
    tried_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=20, blank=True, help_text="Why the last try failed, by its code.")
    detail = models.CharField(max_length=300, blank=True, help_text="What the other side said.")

    class Meta:
        constraints = [models.UniqueConstraint("company", "key", name="delivery_key_once")]
        indexes = [
            models.Index(fields=("next_at",), name="delivery_next", condition=models.Q(state="waiting")),
            models.Index(fields=("company", "receiver", "-made_at"), name="delivery_of"),
        ]


class Notice(Scoped):
    """A task that a receiver is to be told of: not before ``due_at``, and in ``delivery`` once a message was made."""

    receiver = models.ForeignKey(Receiver, models.PROTECT, related_name="notices")
    receiver_id: int
    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="notices")
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("company", "receiver", "task", name="notice_once")]
        indexes = [models.Index(fields=("due_at",), name="notice_waiting", condition=models.Q(delivery=None))]
