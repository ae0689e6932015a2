"""What people must have learned before they may do it: courses, their questions, and who passed when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from huoku.server.platform.scope import Scoped


class Course(Scoped):
    """A training with an exam. The rights that it opens stay inactive for a person until the exam is passed."""

    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    material = models.TextField(blank=True, help_text="What is to be learned, or where it stands.")
    rights = models.JSONField(default=list, help_text="Names of the rights that wait for this exam.")
    pass_percent = models.PositiveSmallIntegerField(default=80)
    valid_days = models.PositiveIntegerField(null=True, help_text="How long a passed exam counts; empty: for good.")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "code", name="course_code"),
            models.CheckConstraint(condition=Q(pass_percent__gte=1, pass_percent__lte=100), name="course_pass_percent"),
        ]

    def __str__(self) -> str:
        return self.code


class Question(Scoped):
    """One question of an exam with its choices; ``right_choices`` are the numbers, from 0, of all that are right."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    choices = models.JSONField()
    right_choices = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint("course", "position", name="question_position")]


class ExamTaken(Scoped):
    """One sitting: what was asked and answered, and whether it was enough. Kept for ever, passed or not."""

    append_only = True

    course = models.ForeignKey(Course, models.PROTECT, related_name="exams")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    sheet = models.TextField(help_text="Canonical JSON: the questions as they stood, and the choices made.")
    right_count = models.PositiveSmallIntegerField()
    question_count = models.PositiveSmallIntegerField()
    is_passed = models.BooleanField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=("company", "user", "course"), name="exam_of_user")]
