"""Every step of every course of production, from every state: it is taken, or refused by name."""

import pytest

STEPS = {
    "workorder": (
        *("change_order", "release_order", "take_over_order", "reserve_order", "issue_component", "issue_substitute"),
        *("return_component", "kit_order", "start_order", "finish_order", "close_order", "cancel_order"),
    ),
    "workoperation": (
        *("start_operation", "pause_operation", "resume_operation", "report_operation"),
        *("fix_operation", "unfix_operation"),
    ),
    "picklist": ("take_line", "cancel_pick_list"),
}
ASKED = {
    "change_order": {"qty": "21"},
    "issue_component": {"line": 1, "quantity": "1", "from_location": "STORAGE"},
    "issue_substitute": {"line": 1, "substitute": "NAIL", "quantity": "1", "from_location": "STORAGE"},
    "return_component": {"line": 1, "quantity": "1", "to_location": "STORAGE"},
    "finish_order": {"reason": "?"},
    "cancel_order": {"reason": "?"},
    "pause_operation": {"cause": "machine"},
    "report_operation": {"good": "1"},
    "fix_operation": {"day": "2098-12-31"},
    "take_line": {"line": 1},
}


def test_the_courses_have_these_steps_and_each_is_a_command_with_a_right(db):
    from huoku.server.documents.course import COURSES
    from huoku.server.platform.command import COMMANDS
    from huoku.server.platform.roles import right

    for kind, names in STEPS.items():
        course = COURSES[f"production.{kind}"]
        assert {step.command for step in course.steps} == {f"production.{name}" for name in names}
        for step in course.steps:
            assert right(COMMANDS[step.command].right).roles


def states_and_steps():
    from huoku.server.documents.course import COURSES
    from huoku.server.production import states  # declares the courses

    assert states
    for kind, names in STEPS.items():
        for state in COURSES[f"production.{kind}"].states:
            yield from ((kind, state, name) for name in names)


@pytest.mark.parametrize(("kind", "state", "name"), list(states_and_steps()))
def test_a_step_is_taken_from_where_its_course_says_and_nowhere_else(stands, kind, state, name):
    from huoku.server.documents.course import COURSES, NotFromHere
    from huoku.server.platform.refusals import Refused

    course = COURSES[f"production.{kind}"]
    row = standing_at(stands, course, kind, state)
    step = course.step(f"production.{name}")
    try:
        stands.say(name, id=row, **ASKED.get(name, {}))
    except NotFromHere as refusal:
        assert state not in step.of
        assert refusal.facts["possible"] == [each.command for each in course.steps if state in each.of]
        return
    except Refused:
        pass  # it may be taken from here, if something else were so
    assert state in step.of
    reached = course.model.objects.of(stands.company).get(pk=row).state
    assert reached == state or reached in step.to


def standing_at(stands, course, kind, state):
    """A document in this state, whatever had to happen for it."""
    from huoku.server.items.commands.boms import AddSubstitute, add_substitute

    stands.item("NAIL")
    stands.do(add_substitute, AddSubstitute(item="SCREW", substitute="NAIL"))
    order = stands.plan(qty="20")
    stands.say("release_order", id=order)
    if kind == "picklist":
        row = stands.say("make_pick_list", orders=[order])["id"]
    else:
        row = order if kind == "workorder" else stands.operation(order).pk
    course.model.objects.of(stands.company).filter(pk=row).update(state=state)
    return row
