"""Keys for programs: what a machine shows instead of a password."""

from django.conf import settings
from django.db import models

from huoku.server.platform.scope import Scoped


class ApiToken(Scoped):
    """A program's key: it acts as its user in one company, with these rights at most. The secret itself is not kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, help_text="What it is for, such as the scanner at gate 2.")
    prefix = models.CharField(max_length=16, unique=True, help_text="The public half, to find it and to name it.")
    digest = models.BinaryField(max_length=32, help_text="SHA-256 of the secret half, which has 256 random bits.")
    rights = models.JSONField(help_text="Names of the rights that it is limited to.")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, help_text="The day alone: one write a day and not one a request.")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=("company", "user"), name="token_of_user")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"
