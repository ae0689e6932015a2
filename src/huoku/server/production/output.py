"""What an order is still to give is a supply of the ledger: others are promised it."""

from collections.abc import Iterable
from datetime import date

from django.db import models

from huoku.language import Sentence
from huoku.server.documents.papers import in_words
from huoku.server.documents.tasks import leave_task
from huoku.server.ledger.commands.supplies import StateSupply
from huoku.server.ledger.models import Reservation, SupplyBalance
from huoku.server.ledger.restating import GivenBack, promised_of, restate_supply
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.platform.roles import Role
from huoku.server.production.models import WorkOrder
from huoku.server.production.models.orders import OWN

LOST = Sentence(
    "工单 {number} 少交 {quantity} {unit} {item}，这些需求失去了供应：{demands}。",
    "Work order {number} will give {quantity} {unit} {item} less; these demands have lost their supply: {demands}.",
)
LATE = Sentence(
    "工单 {number} 改到 {day} 完工，这些需求等不到那天：{demands}。",
    "Work order {number} is now due on {day}; these demands need it earlier: {demands}.",
)


def hands_over(demand: str, promised: Iterable[str]) -> list[str]:
    """The demands that an order is made for: what sales has kept for them of its materials becomes its own when it is
    released. ``demand``: for what it was planned; ``promised``: to whom its output is or was promised. Another work
    order keeps what it takes itself."""
    wanted = dict.fromkeys([demand, *promised])
    return [name for name in wanted if name and not name.startswith(OWN)]


def promised_to(company_id: int) -> models.QuerySet[Reservation]:
    """Who was promised what work orders give, and has it or still waits for it; the most urgent first."""
    states = (*Reservation.OPEN, Reservation.State.POSTED)
    rows = Reservation.objects.of(company_id).filter(supply__supply__startswith=OWN, state__in=states)
    return rows.order_by("priority", "made_at", "pk")


def whom_it_is_for(company_id: int, order: WorkOrder) -> list[str]:
    """The demands that an order is made for, and those that its output was promised to."""
    promised = promised_to(company_id).filter(supply__supply=order.ledger_name)
    return hands_over(order.demand, promised.values_list("demand", flat=True))


def supply_of(at: At, order: WorkOrder) -> SupplyBalance | None:
    return SupplyBalance.objects.of(at.company_id).filter(supply=order.ledger_name).first()


def state_output(at: At, order: WorkOrder, still_to_come: int) -> None:
    """State what the order will still give, and when.

    Promises beyond it are given back, the least urgent and latest first: their demands are told, with a task for the
    planner, who finds them another supply.
    """
    stated = StateSupply(
        supply=order.ledger_name,
        item=order.item_id,
        location=order.target_id,
        quantity=still_to_come,
        expected_on=order.due_on,
        is_firm=order.state != "planned",
    )
    if lost := restate_supply(at, stated):
        _tell_who_lost(at, order, lost)


def tell_whom_it_makes_late(at: At, order: WorkOrder, before: date) -> None:
    """The order is due later than it was: who needs it earlier than that is named to the planner."""
    if order.due_on <= before:
        return
    promised = promised_of(at, order.ledger_name)
    late = sorted({row.demand for row in promised if row.need_on and row.need_on < order.due_on})
    if late:
        at.tell("supply_late", order, due_on=order.due_on, was=before, demands=late)
        leave_task(
            at,
            order,
            "supply_late",
            Role.PLANNER,
            LATE,
            facts={"demands": late},
            number=order.number,
            day=order.due_on,
            demands=in_words(at.company_id, late),
        )


def _tell_who_lost(at: At, order: WorkOrder, lost: list[GivenBack]) -> None:
    decimals = order.item.decimals
    told = [{"demand": each.demand, "quantity": plain(each.quantity, decimals)} for each in lost]
    at.tell("promise_lost", order, item=order.item.code, lost=told)
    leave_task(
        at,
        order,
        "promise_lost",
        Role.PLANNER,
        LOST,
        facts={"lost": told},
        number=order.number,
        quantity=plain(sum(each.quantity for each in lost), decimals),
        unit=order.item.unit,
        item=order.item.code,
        demands=in_words(at.company_id, (each.demand for each in lost)),
    )
