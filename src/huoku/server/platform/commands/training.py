"""Courses, their exams, and sitting one."""

from datetime import timedelta
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from huoku.language import Sentence
from huoku.server.platform.canonical import canonical
from huoku.server.platform.command import At, command
from huoku.server.platform.commands.companies import Code, CodeTaken
from huoku.server.platform.models import Course, ExamTaken, Question
from huoku.server.platform.naming import Names
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.requests import Asked, Id
from huoku.server.platform.rights import MANAGE_RULES, TAKE_EXAM
from huoku.server.platform.roles import is_right
from huoku.server.platform.training import mark

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class RightCannotWait(Refused):
    code = "right_cannot_wait"
    words = Sentence(
        "权限 {value} 不存在，或不能以考试为条件。", "The right {value} is unknown or cannot wait for an exam."
    )


class AnswersMissing(Refused):
    code = "answers_missing"
    words = Sentence(
        "试卷有 {wanted} 题，收到 {given} 题的答案。",
        "The exam has {wanted} {wanted|question|questions}; {given} {given|was|were} answered.",
    )


class ExamQuestion(Asked):
    text: Text
    choices: Annotated[list[Text], Field(min_length=2, max_length=12)]
    right_choices: Annotated[list[int], Field(min_length=1)]
    """Numbers, from 0, of all choices that are right."""

    @model_validator(mode="after")
    def _are_choices(self) -> Self:
        if not set(self.right_choices) <= set(range(len(self.choices))):
            raise ValueError("right_choices are numbers of choices, from 0")
        return self


class AddCourse(Asked):
    code: Code
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    title_en: str = ""
    material: str = ""
    rights: list[str]
    questions: Annotated[list[ExamQuestion], Field(min_length=1, max_length=200)]
    pass_percent: Annotated[int, Field(ge=1, le=100)] = 80
    valid_days: Annotated[int, Field(ge=1, le=36500)] | None = None


class EndCourse(Asked):
    course: Annotated[Id, Names("platform.Course")]


class TakeExam(Asked):
    course: Annotated[Id, Names("platform.Course")]
    choices: list[list[int]]
    """For each question, in their order, the numbers of the choices made."""


@command(right=MANAGE_RULES)
def add_course(at: At, request: AddCourse) -> dict[str, object]:
    """From now on these rights are inactive for whoever has not passed. Raises CodeTaken, RightCannotWait."""
    if Course.objects.of(at.company_id).filter(code=request.code).exists():
        raise CodeTaken(field="code", value=request.code)
    for name in request.rights:
        # Rights of the platform never wait: nobody could end the course, or sit its exam.
        if name.startswith("platform.") or not is_right(name):
            raise RightCannotWait(field="rights", value=name)
    course = Course.objects.create(company_id=at.company_id, **request.model_dump(exclude={"questions"}))
    Question.objects.bulk_create(
        Question(company_id=at.company_id, course=course, position=position, **question.model_dump())
        for position, question in enumerate(request.questions)
    )
    at.changed(course, {}, request.model_dump())
    return {"course": course.pk}


@command(right=MANAGE_RULES)
def end_course(at: At, request: EndCourse) -> dict[str, object]:
    """Its rights wait for it no longer."""
    if not Course.objects.of(at.company_id).filter(pk=request.course, is_active=True).update(is_active=False):
        raise NotFound(field="course", what="course", value=request.course)
    at.changed(Course(pk=request.course), {"is_active": True}, {"is_active": False})
    return {"course": request.course}


@command(right=TAKE_EXAM)
def take_exam(at: At, request: TakeExam) -> dict[str, object]:
    """Sit the exam of a course: marked at once, kept for ever. Raises NotFound, AnswersMissing."""
    course = Course.objects.of(at.company_id).filter(pk=request.course, is_active=True).first()
    if course is None or at.actor.user is None:
        raise NotFound(field="course", what="course", value=request.course)
    questions = list(Question.objects.of(at.company_id).filter(course=course).order_by("position"))
    if len(questions) != len(request.choices):
        raise AnswersMissing(field="choices", wanted=len(questions), given=len(request.choices))
    marked = mark([each.right_choices for each in questions], request.choices, course.pass_percent)
    until = at.now + timedelta(days=course.valid_days) if marked.is_passed and course.valid_days else None
    sheet = [
        {"text": each.text, "choices": each.choices, "right_choices": each.right_choices, "made": made}
        for each, made in zip(questions, request.choices, strict=True)
    ]
    taken = ExamTaken.objects.create(
        company_id=at.company_id,
        course=course,
        user=at.actor.user,
        taken_at=at.now,
        sheet=canonical(sheet).decode(),
        right_count=marked.right_count,
        question_count=marked.question_count,
        is_passed=marked.is_passed,
        valid_until=until,
    )
    facts = {"course": course.code, "right": marked.right_count, "of": marked.question_count}
    at.changed(taken, {}, {**facts, "is_passed": marked.is_passed})
    return {**facts, "is_passed": marked.is_passed, "valid_until": until}
