"""Digests over the heads of all chains, minute by minute."""

from django.db import models

from huoku.server.platform.scope import Scoped


class Seal(Scoped):
    """The heads of a company's chains at one moment, under one root. Only what grew since the seal before is listed:
    the root is the digest of the root before and of that list, so the last root stands for all that ever was."""

    append_only = True

    number = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    heads = models.TextField(help_text="Canonical JSON: stream id to [length, head].")
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint("company", "number", name="seal_once")]
