"""The nights on which the books were examined, and what was found."""

from django.db import models

from huoku.language import Sentence
from huoku.server.platform.kept import Kept
from huoku.server.platform.scope import Scoped


class Examination(Kept):
    """One look at everything that must hold. A night without one is a night of which nobody knows."""

    noun = Sentence("账务检查", "examination")

    examined_at = models.DateTimeField()
    wrong = models.PositiveIntegerField(help_text="What does not hold.")
    doubtful = models.PositiveIntegerField(help_text="What may be in order; somebody should look.")


class Anomaly(Scoped):
    """One thing that an examination found, and the chains of records in which its cause is to be looked for."""

    append_only = True

    examination = models.ForeignKey(Examination, models.PROTECT, related_name="anomalies")
    examination_id: int
    rule = models.CharField(max_length=20, help_text="The statement that does not hold, such as I2.")
    text_zh = models.CharField(max_length=1000)
    text_en = models.CharField(max_length=1000)
    streams = models.CharField(max_length=400, blank=True, help_text="The chains of records that it touches.")
    is_doubtful = models.BooleanField(default=False)
