"""Who has learned what: rights that wait for an exam."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from huoku.server.platform.models import Company, Course, ExamTaken, User
from huoku.server.platform.prepared import Prepared, given
from huoku.server.platform.roles import all_rights


def _active_courses() -> "QuerySet[Course, Any]":
    active = Course.objects.of_every_company().filter(company=given("company"), is_active=True)
    return active.values_list("pk", "code", "rights")


def _valid_exams() -> "QuerySet[ExamTaken, Any]":
    living = Q(valid_until=None) | Q(valid_until__gt=Now())
    passed = ExamTaken.objects.of_every_company().filter(company=given("company"), user=given("user"), is_passed=True)
    return passed.filter(living).values_list("course_id")


_COURSES, _PASSED = Prepared(_active_courses), Prepared(_valid_exams)


def untrained(user: User, company: Company) -> frozenset[str]:
    """Names of the rights that are inactive for this user here: they belong to a course without a valid exam.

    A right that names its course in the program waits even where the company has not set up that course yet.
    """
    courses = {code: (pk, rights) for pk, code, rights in _COURSES.rows(company=company.pk)}
    declared = [(right.course, right.name) for right in all_rights() if right.course]
    if not courses and not declared:
        return frozenset()
    passed = {course for (course,) in _PASSED.rows(company=company.pk, user=user.pk)}
    waiting = {name for pk, rights in courses.values() if pk not in passed for name in rights}
    waiting |= {name for code, name in declared if code not in courses or courses[code][0] not in passed}
    return frozenset(waiting)


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
