"""Asking the departments, and their answers."""

from typing import Annotated

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.tasks import drop_tasks, leave_task
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, in_columns
from huoku.server.platform.kept import add, change, opened
from huoku.server.platform.refusals import NotAllowed
from huoku.server.platform.requests import Asked, Count, Opened, Words
from huoku.server.platform.roles import Role
from huoku.server.sales.departments import CONFIRM, REFUSED, departments, refusals
from huoku.server.sales.models import Confirmation, SalesOrder, SalesRules
from huoku.server.sales.refusals import NotAsked
from huoku.server.sales.rights import CONFIRM_FOR_DEPARTMENT, SELL, SET_RULES

Answer = Confirmation.Answer
REFUSED_WORDS = Sentence("订单 {number} 有部门不同意：{zh}。", "A department says no to order {number}: {en}.")
WORDS = Sentence("请确认订单 {number} 能不能做。", "Please say whether order {number} can be done.")


@command(right=SELL)
def ask_departments(at: At, request: Opened) -> dict[str, object]:
    """Ask each department whether the order can be done as it stands. Answers to an earlier form of it no longer count.
    Raises NotFound, Stale, NotFromHere."""
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.ask_departments")
    answer = go(at, order, "sales.ask_departments")
    Confirmation.objects.of(at.company_id).filter(order=order).delete()
    drop_tasks(at, order, REFUSED)
    for role in departments(at):
        Confirmation.objects.create(company_id=at.company_id, order=order, role=role, order_version=order.version)
        leave_task(at, order, CONFIRM, role, WORDS, number=order.number)
    return {**answer, "asked": departments(at)}


class AnswerForDepartment(Opened):
    role: Role
    can_be_done: bool
    note: Words = ""


@command(right=CONFIRM_FOR_DEPARTMENT)
def answer_for_department(at: At, request: AnswerForDepartment) -> dict[str, object]:
    """Say for one's department whether the order can be done. Raises NotFound, Stale, NotFromHere, NotAsked,
    NotAllowed for another department than one's own."""
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.answer_for_department")
    if not at.actor.roles & {request.role, Role.OWNER}:
        raise NotAllowed(field="role", value=request.role, right=CONFIRM_FOR_DEPARTMENT)
    asked = Confirmation.objects.of(at.company_id).filter(order=order, role=request.role).first()
    if asked is None:
        raise NotAsked(field="role", value=request.role)
    asked.answer = Answer.YES if request.can_be_done else Answer.NO
    asked.note, asked.answered_at, asked.answered_by = request.note, at.now, at.actor.user
    asked.save()
    at.changed(asked, {}, {"role": asked.role, "answer": asked.answer, "note": asked.note})
    drop_tasks(at, order, CONFIRM, request.role)
    _tell_sales(at, order)
    return {**go(at, order, "sales.answer_for_department"), "role": asked.role, "answer": asked.answer}


def _tell_sales(at: At, order: SalesOrder) -> None:
    """Where a department says no, whoever sells has to talk with it, or with the customer."""
    if refused := refusals(at, order):
        zh, en = "、".join(each.zh for each in refused), ", ".join(each.en for each in refused)
        leave_task(at, order, REFUSED, Role.SALES, REFUSED_WORDS, number=order.number, zh=zh, en=en)
    else:
        drop_tasks(at, order, REFUSED)


class SetSalesRules(Asked):
    big_value: Amount | None = None
    rush_days: Count = 0
    departments: Annotated[list[Role], Field(max_length=len(Role))] = []
    hold_hours: Annotated[int, Field(ge=1, le=24 * 90)] = 48


@command(right=SET_RULES)
def set_sales_rules(at: At, request: SetSalesRules) -> dict[str, object]:
    """Which orders the departments confirm, who they are, and how long a hold lasts. Raises NotWholeSteps."""
    values = in_columns(request, SalesRules, currency=at.actor.company.currency, skip=("departments",))
    if "departments" in request.model_fields_set:
        values["departments"] = [role.value for role in request.departments]
    row = SalesRules.objects.of(at.company_id).select_for_update().first()
    return change(at, row, values) if row else add(at, SalesRules(**values))
