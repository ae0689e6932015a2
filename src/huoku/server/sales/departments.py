"""Big and urgent orders are confirmed by several departments: which, by whom, and what is missing."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from huoku.language import Sentence
from huoku.server.platform.command import At
from huoku.server.platform.days import days_after
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.roles import ROLES_CALLED, Role
from huoku.server.sales.models import Confirmation, SalesLine, SalesOrder, SalesRules
from huoku.server.sales.refusals import NeedsDepartments

CONFIRM, REFUSED = "confirm", "confirm_refused"
"""The kinds of tasks by which a department is asked, and by which sales hears that it says no."""
Answer = Confirmation.Answer
USUAL = (Role.STOREKEEPER, Role.BUYER, Role.PRODUCTION_LEAD)
BIG = Sentence("金额大", "big")
RUSH = Sentence("急单", "urgent")


def rules_of(at: At) -> SalesRules:
    """The company's rules; those that hold where it has set none."""
    return SalesRules.objects.of(at.company_id).first() or SalesRules(company_id=at.company_id)


def value_minor(order: SalesOrder, lines: Sequence[SalesLine]) -> int:
    """What the open quantities are worth, in the smallest amount of the order's currency."""
    millionths = sum(line.open_steps * (line.price_millionths or 0) // 10**line.item.decimals for line in lines)
    return int(millionths // 10 ** (6 - minor_digits(order.currency)))


def why_departments(at: At, order: SalesOrder, lines: Sequence[SalesLine], today: date) -> Sentence | None:
    """Why the departments have to confirm this order, or None."""
    rules = rules_of(at)
    if rules.big_value_minor is not None and value_minor(order, lines) >= rules.big_value_minor:
        return BIG
    if rules.rush_days and any(line.due_on <= days_after(today, rules.rush_days) for line in lines):
        return RUSH
    return None


def departments(at: At) -> list[Role]:
    return [Role(name) for name in rules_of(at).departments] or list(USUAL)


def must_be_confirmed_by_departments(at: At, order: SalesOrder, lines: Sequence[SalesLine], today: date) -> None:
    """Raises NeedsDepartments where one that has to has not said yes to the order as it stands."""
    if why := why_departments(at, order, lines, today):
        _must_have_said_yes(at, order, why, _said(at, order))


def must_be_confirmed_again(at: At, order: SalesOrder, lines: Sequence[SalesLine], today: date) -> None:
    """A confirmed order is to become more, or due earlier: what was said before it was confirmed does not count, and
    what was said since counts once. Raises NeedsDepartments."""
    if why := why_departments(at, order, lines, today):
        _must_have_said_yes(at, order, why, _said(at, order).filter(answered_at__gt=order.confirmed_at))
        Confirmation.objects.of(at.company_id).filter(order=order).delete()


def refusals(at: At, order: SalesOrder) -> list[Sentence]:
    """Which departments say that it cannot be done, each with its reason."""
    rows = _said(at, order).filter(answer=Answer.NO).order_by("role")
    return [_called(Role(row.role), row) for row in rows]


def _said(at: At, order: SalesOrder) -> QuerySet[Confirmation]:
    return Confirmation.objects.of(at.company_id).filter(order=order).exclude(answer=Answer.ASKED)


def _must_have_said_yes(at: At, order: SalesOrder, why: Sentence, said: QuerySet[Confirmation]) -> None:
    by_role = {row.role: row for row in said}
    yes = {role for role, row in by_role.items() if row.answer == Answer.YES}
    if missing := [_called(role, by_role.get(role)) for role in departments(at) if role not in yes]:
        zh, en = "、".join(each.zh for each in missing), ", ".join(each.en for each in missing)
        raise NeedsDepartments(
            field="id", value=order.number, why_zh=why.zh, why_en=why.en, missing_zh=zh, missing_en=en
        )


def _called(role: Role, said: Confirmation | None) -> Sentence:
    """The department; where it has said no, with its reason."""
    if said is None:
        return ROLES_CALLED[role]
    zh, en = (f"：{said.note}", f": {said.note}") if said.note else ("", "")
    return Sentence(f"{ROLES_CALLED[role].zh}（不同意{zh}）", f"{ROLES_CALLED[role].en} (says no{en})")
