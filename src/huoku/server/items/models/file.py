"""Photos, drawings and papers of an item."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huoku.language import Sentence
from huoku.server.items.models.item import Item
from huoku.server.platform.kept import Kept


class ItemFile(Kept):
    """A file of an item. Its bytes lie in the files folder under their digest."""

    noun = Sentence("文件", "file")

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        DRAWING = "drawing", _("Drawing")
        PAPER = "paper", _("Certificate or other paper")

    item = models.ForeignKey(Item, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    revision = models.CharField(max_length=20, blank=True, help_text="Of a drawing, such as B.")
    media_type = models.CharField(max_length=80)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=("company", "sha256"), name="item_file_digest")]
