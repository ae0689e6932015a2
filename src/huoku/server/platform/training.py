"""Who has learned what: rights that wait for an exam."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Now

from huoku.server.platform.models import Company, Course, ExamTaken, User
from huoku.server.platform.roles import all_rights


def untrained(user: User, company: Company) -> frozenset[str]:
    """Names of the rights that are inactive for this user here: they belong to a course without a valid exam.

    A right that names its course in the program waits even where the company has not set up that course yet.
    """
    courses = {
        code: (pk, rights)
        for pk, code, rights in Course.objects.of(company).filter(is_active=True).values_list("pk", "code", "rights")
    }
    declared = [(right.course, right.name) for right in all_rights() if right.course]
    if not courses and not declared:
        return frozenset()
    living = Q(valid_until=None) | Q(valid_until__gt=Now())
    passed = set(
        ExamTaken.objects.of(company).filter(living, user=user, is_passed=True).values_list("course_id", flat=True)
    )
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
