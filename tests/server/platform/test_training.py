"""New people pass an exam before they may do it (上岗考试)."""

from datetime import timedelta

import pytest

from huoku.server.platform.refusals import ExamNeeded, NotAllowed

QUESTIONS = [
    {"text": "先出哪一批？", "choices": ["先到期的", "先到货的", "最近的"], "right_choices": [0]},
    {"text": "哪些库存不能发？", "choices": ["隔离", "可用", "冻结"], "right_choices": [0, 2]},
]


@pytest.fixture
def course(owner, does):
    """A course on the item master with two questions, both to be right; good for 365 days."""
    from huoku.server.platform.commands.training import add_course

    return does(
        owner,
        add_course,
        code="ITEMS",
        title="物料主数据",
        rights=["items.edit"],
        questions=QUESTIONS,
        pass_percent=100,
        valid_days=365,
    )["course"]


def test_a_right_is_inactive_until_its_exam_is_passed(person, does, again, course):
    from huoku.server.items.commands.items import add_item
    from huoku.server.platform.commands.training import take_exam
    from huoku.server.platform.roles import Role

    planner = again(person(Role.PLANNER))
    with pytest.raises(ExamNeeded):
        does(planner, add_item, code="BOLT")
    with pytest.raises(NotAllowed) as never:
        does(again(person(Role.SALES)), add_item, code="BOLT")
    assert never.value.code == "not_allowed", "no exam would give a seller the right"
    failed = does(planner, take_exam, course=course, choices=[[0], [0]])
    assert (failed["right"], failed["of"], failed["is_passed"]) == (1, 2, False)
    assert not again(planner).may("items.edit")
    assert does(planner, take_exam, course=course, choices=[[0], [2, 0]])["is_passed"]
    assert does(again(planner), add_item, code="BOLT")["code"] == "BOLT"


def test_an_exam_counts_for_its_days_only(person, again, course, owner):
    from django.utils import timezone

    from huoku.server.platform.models import ExamTaken
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import entered

    planner, now = person(Role.PLANNER), timezone.now()

    def passed_until(when):
        with entered(owner.company):
            ExamTaken.objects.create(
                company=owner.company,
                course_id=course,
                user=planner.user,
                taken_at=now - timedelta(days=366),
                sheet="[]",
                right_count=2,
                question_count=2,
                is_passed=True,
                valid_until=when,
            )

    passed_until(now - timedelta(days=1))
    assert not again(planner).may("items.edit")
    passed_until(now + timedelta(days=1))
    assert again(planner).may("items.edit")


def test_a_course_that_ended_holds_nobody_back(person, does, again, course, owner):
    from huoku.server.platform.commands.training import end_course
    from huoku.server.platform.roles import Role

    planner = person(Role.PLANNER)
    does(owner, end_course, course=course)
    assert again(planner).may("items.edit")


def test_rights_of_the_platform_wait_for_no_exam(owner, does):
    from huoku.server.platform.commands.training import RightCannotWait, add_course

    for right in ("platform.take_exam", "items.dance"):
        with pytest.raises(RightCannotWait):
            does(owner, add_course, code="X", title="X", rights=[right], questions=QUESTIONS)


def test_an_exam_in_one_company_opens_nothing_in_another(person, does, again, course, second_company, join):
    from huoku.server.platform.commands.training import add_course, take_exam
    from huoku.server.platform.roles import Role

    planner = person(Role.PLANNER)
    does(planner, take_exam, course=course, choices=[[0], [0, 2]])
    there = join(second_company, planner.user.username, Role.PLANNER)
    boss = join(second_company, "boss", Role.OWNER)
    does(boss, add_course, code="ITEMS", title="I", rights=["items.edit"], questions=QUESTIONS)
    assert again(planner).may("items.edit") and not again(there).may("items.edit")


def test_the_sheet_is_kept_as_it_was_asked_and_answered(person, does, course, owner, rows):
    import json

    from huoku.server.platform.commands.training import AnswersMissing, take_exam
    from huoku.server.platform.models import ExamTaken
    from huoku.server.platform.roles import Role

    planner = person(Role.PLANNER)
    does(planner, take_exam, course=course, choices=[[1], [0, 2]])
    (taken,) = rows(ExamTaken, owner.company)
    assert [(each["right_choices"], each["made"]) for each in json.loads(taken.sheet)] == [([0], [1]), ([0, 2], [0, 2])]
    with pytest.raises(AnswersMissing):
        does(planner, take_exam, course=course, choices=[[0]])
