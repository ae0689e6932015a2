"""What the account keeps beside django-allauth's own tables."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class RecoveryCode(models.Model):
    """One code that opens once, for whoever has lost his telephone; kept as a slow digest, deleted when used."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=200)

    objects: ClassVar[models.Manager["RecoveryCode"]] = models.Manager()
