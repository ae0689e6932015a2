"""What people add to a document, whatever its kind: words and files."""

from django.conf import settings
from django.db import models

from huoku.language import Sentence
from huoku.server.platform.kept import Kept
from huoku.server.platform.models import Site
from huoku.server.platform.scope import Scoped


class About(models.Model):
    """Which row it is about: the model's label and the row's id, as the audit trail names them; and that row's site."""

    what = models.CharField(max_length=80, help_text="The kind of row, such as sales.salesorder.")
    row = models.BigIntegerField()
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Comment(Scoped, About):
    """Somebody said something of a document. Never changed: who was wrong says so in the next one."""

    append_only = True
    at_site = ("site_id",)

    text = models.CharField(max_length=4000)

    class Meta:
        indexes = [models.Index(fields=("company", "what", "row"), name="comment_about")]


class Attachment(Kept, About):
    """A file that belongs to a document, such as a supplier's written offer. Its bytes lie under their digest."""

    noun = Sentence("附件", "attachment")
    at_site = ("site_id",)

    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=("company", "what", "row"), name="attachment_about")]
