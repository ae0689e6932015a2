"""What somebody does not want to see before a day."""

from datetime import date

from django.conf import settings
from django.db import models

from huoku.language import Sentence
from huoku.server.platform.kept import Kept


class Postponed(Kept):
    """One person's duty, by its key, stands aside until ``until``; that morning it is back by itself."""

    noun = Sentence("推迟", "postponement")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    duty = models.CharField(max_length=120, help_text="What the duty is called, such as late:5.")
    until: "models.DateField[date, date]" = models.DateField(help_text="The day on which it is back.")

    class Meta:
        constraints = [models.UniqueConstraint("company", "person", "duty", name="postponed_once")]
