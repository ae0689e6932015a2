"""Each document's course: from every state every step either leads where the table says, or is refused."""

import pytest


@pytest.fixture(scope="module")
def courses():
    from huoku.server.documents.course import COURSES

    return COURSES


def test_every_step_is_a_command_with_a_right_and_words(courses):
    from huoku.server.platform.command import COMMANDS

    for course in courses.values():
        for step in course.steps:
            assert COMMANDS[step.command].right
            assert step.words.zh and step.words.en


def test_every_state_can_be_reached_and_leads_on_unless_it_ends(courses):
    for label, course in courses.items():
        reached = {course.start}
        for _ in course.states:
            reached |= {state for step in course.steps if reached & set(step.of) for state in step.to}
        assert reached == set(course.states), label
        leading = {state for step in course.steps for state in step.of}
        assert leading >= set(course.states) - course.ends, label


def test_every_step_is_offered_on_the_interface(courses):
    from huoku.server.platform.tables.table import TABLES

    offered = {command.name for table in TABLES.values() for command in table.commands()}
    steps = [step for course in courses.values() for step in course.steps]
    assert {step.command for step in steps if not step.is_undoing} <= offered


def test_what_only_takes_a_step_back_is_never_a_next_step_and_an_undoing_asks_for_it(courses):
    from huoku.server.office.undoing.final import NOT_UNDONE

    backwards = {step.command for course in courses.values() for step in course.steps if step.is_undoing}
    assert backwards and backwards <= set(NOT_UNDONE)


def test_from_a_state_that_is_not_a_steps_own_it_is_refused(courses):
    """Tried with every step of every course, from every state that is not its own."""
    from huoku.server.documents.course import NotFromHere, must_be_open_to

    tried = 0
    for course in courses.values():
        for state in course.states:
            row = course.model(number="N-1", state=state)
            for step in course.steps:
                if state in step.of:
                    assert must_be_open_to(row, step.command) is step
                else:
                    with pytest.raises(NotFromHere) as refused:
                        must_be_open_to(row, step.command)
                    assert "N-1" in refused.value.say("zh")
                tried += 1
    assert tried > 50
