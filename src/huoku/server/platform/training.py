"""Who has learned what: rights that wait for an exam."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from huoku.server.platform.models import Course, ExamTaken, Membership
from huoku.server.platform.prepared import Prepared, given
from huoku.server.platform.roles import all_rights
from huoku.server.platform.sql import Row


def _active_courses(*first: str, **companies: Any) -> "QuerySet[Course, Any]":
    living = Q(valid_until=None) | Q(valid_until__gt=Now())
    exams = ExamTaken.objects.of_every_company().filter(living, course=OuterRef("pk"), user=given("user"))
    active = Course.objects.of_every_company().filter(is_active=True, **companies)
    passed = Exists(exams.filter(is_passed=True))
    return active.annotate(passed=passed).values_list(*first, "code", "rights", "passed")


def _of_one_company() -> "QuerySet[Course, Any]":
    return _active_courses(company=given("company"))


def _of_every_company() -> "QuerySet[Course, Any]":
    own = Membership.objects.of_every_company().filter(user=given("user"))
    return _active_courses("company", company__in=own.values("company"))


COURSES = Prepared(_of_one_company)
"""Of each course: its code, its rights, and whether the user has passed it."""
COURSES_OF_ALL = Prepared(_of_every_company)
"""The same of every company that the user has a part in, the company first."""


def untrained(courses: Sequence[Row]) -> frozenset[str]:
    """Names of the rights that are inactive for a user by the rows of ``COURSES``: they belong to a course without a
    valid exam. A right that names its course in the program waits even where the company has not set it up yet.
    """
    passed = {code for code, _, is_passed in courses if is_passed}
    waiting = {name for code, rights, _ in courses if code not in passed for name in rights}
    return frozenset(waiting | {right.name for right in all_rights() if right.course and right.course not in passed})


@dataclass(frozen=True, slots=True)
class Marked:
    """An exam as marked: so many of the questions were answered wholly right."""

    right_count: int
    question_count: int
    is_passed: bool


def mark(right_choices: Sequence[Collection[int]], made: Sequence[Collection[int]], pass_percent: int) -> Marked:
    """Mark an exam, question by question: an answer counts when exactly the right choices were made.

    >>> mark([{0}, {1, 2}, {3}], [{0}, {1}, {3}], 60)
    Marked(right_count=2, question_count=3, is_passed=True)
    """
    right = sum(set(wanted) == set(chosen) for wanted, chosen in zip(right_choices, made, strict=True))
    asked = len(right_choices)
    return Marked(right, asked, asked > 0 and right * 100 >= pass_percent * asked)
