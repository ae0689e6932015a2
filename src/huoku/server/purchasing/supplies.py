"""What an order's lines will bring, as the ledger knows it; and who is told when that becomes less or later."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from huoku.language import Sentence
from huoku.server.documents.models import Task
from huoku.server.documents.papers import called, in_words
from huoku.server.documents.tasks import drop_tasks, leave_task
from huoku.server.ledger.commands.supplies import StateSupply
from huoku.server.ledger.models import SupplyBalance
from huoku.server.ledger.restating import GivenBack, promised_of, restate_supply
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.platform.roles import Role
from huoku.server.purchasing.models import PurchaseLine, PurchaseOrder
from huoku.server.purchasing.models.orders import COUNTED_ON

SHORT, LATE = "supply_short", "supply_late"

SHORT_WORDS = Sentence(
    "{number} 少到货，这些需求失去了在途：{lines}。请另找来源或改交期。",
    "{number} brings less than was counted on. These demands lose their supply: {lines}. Find another source, or "
    "another date.",
)
LATE_WORDS = Sentence(
    "{number} 到货推迟：{lines}。请检查靠它的需求。",
    "{number} arrives late: {lines}. Look after the demands that stand on it.",
)


def name_of(line: PurchaseLine) -> str:
    """A line as supplies and reservations name it."""
    return f"purchasing.line:{line.pk}"


def supply_id(at: At, line: PurchaseLine) -> int | None:
    """The ledger's row of what a line is to bring; None where nothing of it was ever counted on."""
    return SupplyBalance.objects.of(at.company_id).filter(supply=name_of(line)).values_list("pk", flat=True).first()


def restate(
    at: At, order: PurchaseOrder, lines: Iterable[PurchaseLine], earlier: Sequence[dict[str, Any]] = ()
) -> None:
    """Let the ledger know what ``lines`` will bring as things stand: what is still to come, and what waits for
    inspection. Whoever loses what was promised to him is named in a task for the planner and an event; so is who did
    ``earlier``, where the order's end took that task away."""
    lost = list(earlier)
    for line in lines:
        quantity = line.open_steps + line.waiting_steps if order.state in COUNTED_ON else 0
        stated = StateSupply(
            supply=name_of(line),
            item=line.item_id,
            location=order.location_id,
            quantity=quantity,
            expected_on=line.expected_on,
            is_firm=order.state == "confirmed",
        )
        if given_back := restate_supply(at, stated):
            names = called(at.company_id, (each.demand for each in given_back))
            told = [_lost(line, each, names[each.demand]) for each in given_back]
            lost += told
            at.tell(SHORT, order, line=line.pk, lost=told)
    if lost:
        _leave(at, order, SHORT, SHORT_WORDS, [*told_short(at, order), *lost])


def _lost(line: PurchaseLine, given_back: GivenBack, paper: str) -> dict[str, Any]:
    quantity = plain(given_back.quantity, line.item.decimals)
    need_on = given_back.need_on and given_back.need_on.isoformat()
    known = {"line": line.pk, "item": line.item.code, "qty": quantity, "demand": given_back.demand}
    return {**known, "need_on": need_on, "words": f"{paper} {line.item.code} {quantity}"}


def told_short(at: At, order: PurchaseOrder) -> list[dict[str, Any]]:
    """What an open task says already of lost supply: where the task is replaced it must not be forgotten."""
    about = Task.objects.of(at.company_id).filter(what=order._meta.label_lower, row=order.pk, kind=SHORT, state="open")
    return [each for task in about for each in task.facts["lines"]]


def no_longer_short(at: At, order: PurchaseOrder, line: PurchaseLine) -> None:
    """What of a line was lost is promised again: the planner's task goes, or names what else is lost."""
    if lost := [each for each in told_short(at, order) if each["line"] != line.pk]:
        _leave(at, order, SHORT, SHORT_WORDS, lost)
    else:
        drop_tasks(at, order, SHORT)


def tell_of_lateness(at: At, order: PurchaseOrder, moved: Sequence[tuple[PurchaseLine, date]]) -> None:
    """After suppliers gave other days. ``moved``: lines with the day that they were expected on before.

    Each that comes later than was counted on is told; the planner's task names all lines of the order that come later
    than they were wanted, and goes when there is none.
    """
    for line, before in moved:
        if line.expected_on > before:
            facts = _late(at, line)
            at.tell(LATE, order, was=before.isoformat(), **facts)
    still_coming = PurchaseLine.objects.of(at.company_id).filter(order=order, open_steps__gt=0)
    late = [line for line in still_coming.select_related("item").order_by("seq") if line.expected_on > line.wanted_on]
    if late:
        _leave(at, order, LATE, LATE_WORDS, [_late(at, line) for line in late])
    else:
        drop_tasks(at, order, LATE)


def _late(at: At, line: PurchaseLine) -> dict[str, Any]:
    """A late line, with the demand that it is bought for, and those that it is promised to and that need it before."""
    bought_for = [line.demand] if line.demand and line.expected_on > line.wanted_on else []
    promised_to = [
        each.demand
        for each in promised_of(at, name_of(line))
        if each.need_on is None or each.need_on < line.expected_on
    ]
    hit = list(dict.fromkeys([*bought_for, *promised_to]))
    days = f"{line.wanted_on.isoformat()} → {line.expected_on.isoformat()}"
    return {
        "line": line.pk,
        "item": line.item.code,
        "wanted_on": line.wanted_on.isoformat(),
        "expected_on": line.expected_on.isoformat(),
        "demands": hit,
        "words": " ".join([line.item.code, days, *([f"({in_words(at.company_id, hit)})"] if hit else [])]),
    }


def _leave(at: At, order: PurchaseOrder, kind: str, words: Sentence, lines: list[dict[str, Any]]) -> None:
    said = "; ".join(str(each["words"]) for each in lines)
    leave_task(at, order, kind, Role.PLANNER, words, facts={"lines": lines}, number=order.number, lines=said)
