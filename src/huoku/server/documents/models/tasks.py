"""What somebody is to look after."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huoku.language import Language, Sentence, kept
from huoku.server.platform.kept import Kept
from huoku.server.platform.models import Site
from huoku.server.platform.roles import Role


class Task(Kept):
    """Something that a document left to a role, or to one person, to decide or to do, in words of both languages."""

    noun = Sentence("任务", "task")
    at_site = ("site_id",)

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("No longer needed")

    kind = models.CharField(max_length=40, help_text="What sort of task, such as surplus.")
    what = models.CharField(max_length=80, help_text="The kind of row that it is about.")
    row = models.BigIntegerField()
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Whose alone it is; empty where it is for all of the role.",
    )
    person_id: int | None
    text_zh = models.CharField(max_length=1000)
    text_en = models.CharField(max_length=1000)
    facts = models.JSONField(default=dict, help_text="The rows that the words are about.")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    due_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=("company", "what", "row"), name="task_about"),
            models.Index(fields=("company", "role"), name="task_open", condition=models.Q(state="open")),
        ]

    def text(self, lang: Language) -> str:
        return kept(self.text_zh, self.text_en, lang)
