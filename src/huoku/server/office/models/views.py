"""How somebody wants to see a list."""

from django.conf import settings
from django.db import models

from huoku.language import Sentence
from huoku.server.platform.kept import Kept
from huoku.server.platform.roles import Role


class SavedView(Kept):
    """A layout of a list by name: for its maker alone, or for the team that has the same role."""

    noun = Sentence("视图", "view")

    table = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    team = models.CharField(max_length=20, choices=Role, blank=True, help_text="Empty: for its maker alone.")
    is_default = models.BooleanField(default=False, help_text="What the list opens with.")
    layout = models.JSONField(help_text="Columns in order with their widths, sorts and filters.")

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "table", "made_by", "team", "name", name="saved_view_name"),
        ]
