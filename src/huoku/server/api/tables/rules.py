"""What one person alone may not do, what waits for a second one, and what has to be learned before."""

import json
from typing import Any

from django.db.models import QuerySet

from huoku.language import Sentence
from huoku.server.api.answers import outside
from huoku.server.api.lookup import Lookup
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import COMMANDS
from huoku.server.platform.commands import approvals, training
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Approval, ApprovalLimit, Course, ExamTaken, Question, SecondCheck
from huoku.server.platform.rights import DECIDE_APPROVAL, MANAGE_PEOPLE, READ_PEOPLE, READ_RULES, TAKE_EXAM
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.kinds import JSON, LIST, MINOR, TEXT
from huoku.server.platform.tables.table import TABLES, Column, Expand, declare

AMOUNT = Column("amount", "amount_minor", MINOR, "company__currency", group=FieldGroup.COST)


def decidable(actor: Actor) -> QuerySet[Approval]:
    """What one asked for oneself, and what waits, or waited, for those who have the right of the command."""
    kinds = [name for name, what in COMMANDS.items() if actor.may(what.right)]
    rows = rows_for(actor, Approval)
    return rows.filter(kind__in=kinds) | rows.filter(asked_by=actor.user)


def own_exams(actor: Actor) -> QuerySet[ExamTaken]:
    """One's own; everybody's for whoever knows people."""
    rows = rows_for(actor, ExamTaken)
    return rows if actor.may(MANAGE_PEOPLE) or actor.may(READ_PEOPLE) else rows.filter(user=actor.user)


def as_seen(actor: Actor, text: str) -> Any:
    """A stored request or answer by the names it has outside, without what the actor must not see of any table."""
    if not text:
        return None
    hidden = {
        column.name
        for table in TABLES.values()
        for column in table.columns
        if column.group and not actor.sees(column.group)
    }
    return _without(hidden, outside(json.loads(text), Lookup(actor)))


def _without(hidden: set[str], value: Any) -> Any:
    if isinstance(value, list):
        return [_without(hidden, each) for each in value]
    if isinstance(value, dict):
        return {name: _without(hidden, each) for name, each in value.items() if name not in hidden}
    return value


declare(
    "approvals",
    Approval,
    read=DECIDE_APPROVAL,
    title=Sentence("复核：等第二人批准的操作", "Second checks: what waits for another person, or did"),
    columns=(
        *("id", "kind", Column("request", "request", JSON, nullable=False, seen=as_seen), AMOUNT, "why", "reason"),
        *(Column("asked_by", "asked_by__username", TEXT, nullable=False), "asked_at", "state"),
        *(Column("decided_by", "decided_by__username", TEXT), "decided_at"),
        Column("answer", "answer", JSON, seen=as_seen),
    ),
    values={
        "why": {
            "second_check": Sentence("要第二人复核", "a second person has to check"),
            "over_limit": Sentence("超过额度", "above the limit"),
            "engineering": Sentence("要工程批准", "an engineer has to approve"),
        }
    },
    actions={"approve": approvals.approve, "reject": approvals.reject, "withdraw": approvals.withdraw},
    rows=decidable,
    is_offered=lambda row: row["state"] == "waiting",
)
declare(
    "approval_limits",
    ApprovalLimit,
    read=READ_RULES,
    title=Sentence("审批额度", "Limits of what one person may do alone"),
    columns=("id", "kind", "role", Column("user", "user__username", TEXT), "user", AMOUNT),
    actions={"set": approvals.set_limit},
)
declare(
    "second_checks",
    SecondCheck,
    read=READ_RULES,
    title=Sentence("必须复核的操作", "What one person alone never does"),
    columns=("id", "kind"),
    actions={"require": approvals.require_second_check},
)
declare(
    "courses",
    Course,
    read=TAKE_EXAM,
    title=Sentence("培训", "Courses"),
    columns=(
        *("id", "code", "title", "title_en", "material", Column("rights", "rights", LIST, nullable=False)),
        *("pass_percent", "valid_days", "is_active"),
    ),
    expands={"questions": Expand("course_questions", "course_id", many=True)},
    add=training.add_course,
    actions={"end": training.end_course, "take_exam": training.take_exam},
)
declare(
    "course_questions",  # which choices are right stands in no answer: who marks is the server
    Question,
    read=TAKE_EXAM,
    title=Sentence("考题", "Questions of exams"),
    columns=("id", "course", "position", "text", Column("choices", "choices", LIST, nullable=False)),
)
declare(
    "exams",
    ExamTaken,
    read=TAKE_EXAM,
    title=Sentence("考试记录", "Exams taken"),
    columns=(
        *("id", "course", Column("user", "user__username", TEXT, nullable=False), "user", "taken_at"),
        *("right_count", "question_count", "is_passed", "valid_until"),
    ),
    expands={"course": Expand("courses", "course_id")},
    rows=own_exams,
)
