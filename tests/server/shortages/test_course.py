"""Every step of a shortage's course, from every state: it is taken, or refused by name."""

import pytest

STEPS = ("verify_case", "review_case", "choose_way", "solve_case", "close_case")
STATES = ("found", "verified", "acting", "solved", "closed")
ASKED = {
    "verify_case": {"counted": "50", "place": "SHELF-E"},
    "solve_case": {"reason": "?"},
    "close_case": {"cause": "other", "measure": "?"},
}


def test_the_course_has_these_steps_and_each_is_a_command_with_a_right(db):
    from huoku.server.documents.course import COURSES
    from huoku.server.platform.command import COMMANDS
    from huoku.server.platform.roles import right

    course = COURSES["shortages.shortagecase"]
    assert tuple(course.states) == STATES
    assert {step.command for step in course.steps} == {f"shortages.{name}" for name in STEPS}
    assert all(right(COMMANDS[step.command].right).roles for step in course.steps)


def test_whatever_way_is_found_can_be_done_and_has_a_name():
    from huoku.server.shortages.called import WAYS
    from huoku.server.shortages.comparing import DOING
    from huoku.server.shortages.models import Way

    assert set(DOING) == set(WAYS) == set(Way.Kind.values)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_taken_from_where_the_course_says_and_nowhere_else(shop, name):
    from django.db import transaction

    shop.source(lead_time_days=7, price="1")
    shop.a_and_b()
    shop.listened()
    case = shop.case()
    for state in STATES:
        with transaction.atomic():
            taken_from(shop, case, state, name)
            transaction.set_rollback(True)


def taken_from(shop, case, state, name):
    from huoku.server.documents.course import COURSES, NotFromHere
    from huoku.server.shortages.models import ShortageCase

    ShortageCase.objects.of(shop.company).filter(pk=case.pk).update(state=state)
    step = COURSES["shortages.shortagecase"].step(f"shortages.{name}")
    row = case.ways.get(kind="buy").pk if name == "choose_way" else case.pk
    try:
        shop.say(f"shortages.{name}", id=row, **ASKED.get(name, {}))
    except NotFromHere:
        assert state not in step.of
        return
    assert state in step.of
    reached = ShortageCase.objects.of(shop.company).get(pk=case.pk).state
    assert reached == state or reached in step.to
