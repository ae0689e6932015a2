"""What the models of all documents have in common."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from huoku.server.platform.kept import Kept
from huoku.server.platform.models import Site


class Document(Kept):
    """A numbered paper with a course of states. Its state changes by ``course.go`` alone."""

    at_site: ClassVar[tuple[str, ...]] = ("site_id",)

    number = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    site_id: int | None
    note = models.CharField(max_length=400, blank=True)
    attributes = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number
