"""Asking somebody to join."""

from django.conf import settings
from django.db import models

from huoku.server.platform.roles import Role
from huoku.server.platform.scope import Scoped


class Invitation(Scoped):
    """Whoever opens its link in time gets a role here, with an account of his own or a new one. Good for once."""

    name = models.CharField(max_length=200, help_text="Whom it is meant for.")
    role = models.CharField(max_length=20, choices=Role.choices)
    partner = models.BigIntegerField(null=True, help_text="The supplier or customer that an outside user speaks for.")
    sites = models.JSONField(default=list, help_text="Ids of the sites that the role is limited to; empty: all.")
    digest = models.BinaryField(max_length=32, unique=True, help_text="SHA-256 of the link's secret.")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
