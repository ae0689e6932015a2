"""The course of a document: its states, and the commands that lead from one to the next, in one table.

An app declares it in ``states.py``; ``go`` is the one way to a new state. Pages show a button for each step that is
possible from where a document stands, and a test holds every command to the step that it takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from huoku.language import Sentence
from huoku.server.documents.document import Document
from huoku.server.documents.tasks import drop_tasks
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import COMMANDS, At
from huoku.server.platform.kept import change
from huoku.server.platform.refusals import Refused


class NotFromHere(Refused):
    """The same call may succeed once the document stands elsewhere."""

    code, status, is_kept = "not_from_here", 409, False
    words = Sentence(
        "{number} 现在是“{state_zh}”，不能{step_zh}。",
        "{number} is {state_en}; what cannot be done from there: {step_en}.",
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What a command does to a document: from which states it may come, and to which it may lead.

    Where ``to`` is empty the state stays; where it names several, the command says which.
    """

    command: str
    words: Sentence
    of: tuple[str, ...]
    to: tuple[str, ...] = ()
    is_main: bool = False
    """What is mostly done next from there."""
    is_undoing: bool = False
    """It takes another step back as if that had not been: also from an end, and never as a next step."""


@dataclass(frozen=True, slots=True)
class Course:
    model: type[Document]
    states: Mapping[str, Sentence]
    """All states with what they are called, the first one at the beginning."""
    steps: tuple[Step, ...]
    ends: frozenset[str]
    """States in which nothing is to be done any more."""

    @property
    def start(self) -> str:
        return next(iter(self.states))

    def step(self, command: str) -> Step:
        return next(step for step in self.steps if step.command == command)

    def open_states(self) -> tuple[str, ...]:
        return tuple(state for state in self.states if state not in self.ends)


COURSES: dict[str, Course] = {}
"""By the label of the model, such as sales.salesorder."""


def declare(model: type[Document], states: Mapping[str, Sentence], ends: tuple[str, ...], *steps: Step) -> Course:
    """Enter the course of a kind of document. Raises ValueError where a step names a state that there is not."""
    for step in steps:
        if unknown := {*step.of, *step.to} - set(states):
            raise ValueError(f"{step.command} names states that {model.__name__} does not have: {sorted(unknown)}")
        if not step.is_undoing and (at_end := set(step.of) & set(ends)):
            raise ValueError(f"{step.command} leads on from {sorted(at_end)}, which ends")
    course = Course(model, states, steps, frozenset(ends))
    COURSES[model._meta.label_lower] = course
    return course


def course_of(model: type[models.Model]) -> Course:
    return COURSES[model._meta.label_lower]


def must_be_open_to(row: Document, command: str) -> Step:
    """The step of this command, from where the document stands. Raises NotFromHere."""
    course = course_of(type(row))
    step = course.step(command)
    if row.state not in step.of:
        state = course.states[row.state]
        raise NotFromHere(
            field="state",
            value=row.state,
            number=row.number,
            state_zh=state.zh,
            state_en=state.en,
            step_zh=step.words.zh,
            step_en=step.words.en,
            possible=[each.command for each in course.steps if row.state in each.of and not each.is_undoing],
        )
    return step


def go(at: At, row: Document, command: str, to: str = "", **values: Any) -> dict[str, object]:
    """Take the step of ``command`` with ``row`` (from ``opened``) and give it other ``values`` with it.

    ``to``: where the step may lead to several states. At an end, tasks that it left are no longer needed. Raises
    NotFromHere.
    """
    step = must_be_open_to(row, command)
    reached = to or (step.to[0] if len(step.to) == 1 else row.state)
    if reached != row.state and reached not in step.to:
        raise ValueError(f"{command} does not lead to {reached}")
    told = change(at, row, {"state": reached, **values}, is_touched=True)
    if reached in course_of(type(row)).ends:
        drop_tasks(at, row)
    return {**told, "number": row.number, "state": reached}


def possible_steps(actor: Actor, row: Document) -> list[Step]:
    """What this actor may do with the document as it stands; what is mostly done comes first."""
    steps = [
        step
        for step in course_of(type(row)).steps
        if row.state in step.of and not step.is_undoing and actor.may(COMMANDS[step.command].right)
    ]
    return sorted(steps, key=lambda step: not step.is_main)
