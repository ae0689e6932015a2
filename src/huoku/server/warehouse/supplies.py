"""What a transfer brings is a supply at its target; who loses what was promised of it, or waits longer, is told."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from huoku.language import Sentence
from huoku.server.documents.papers import called, in_words
from huoku.server.documents.tasks import drop_tasks, leave_task
from huoku.server.ledger.commands.supplies import StateSupply
from huoku.server.ledger.models import SupplyBalance
from huoku.server.ledger.restating import GivenBack, promised_of, restate_supply
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.platform.roles import Role
from huoku.server.warehouse.models import Transfer, TransferLine
from huoku.server.warehouse.models.transfers import COUNTED_ON
from huoku.server.warehouse.places import at_both_ends

SHORT, LATE = "supply_short", "supply_late"
SHORT_WORDS = Sentence(
    "调拨单 {number} 少到货，这些需求失去了在途：{lines}。请另找来源或改交期。",
    "Transfer {number} brings less than was counted on. These demands lose their supply: {lines}. Find another source, "
    "or another date.",
)
LATE_WORDS = Sentence(
    "调拨单 {number} 改到 {day} 到货，这些需求等不到那天：{demands}。",
    "Transfer {number} is now to be there on {day}; these demands need it earlier: {demands}.",
)


def supply_id(at: At, line: TransferLine) -> int | None:
    """The ledger's row of what a line is to bring; None where nothing of it was ever counted on."""
    return SupplyBalance.objects.of(at.company_id).filter(supply=line.ledger_name).values_list("pk", flat=True).first()


def restate(at: At, transfer: Transfer, lines: Iterable[TransferLine]) -> None:
    """Let the ledger know what ``lines`` will bring as things stand; the planner is told whose supply is lost."""
    lost: list[dict[str, Any]] = []
    for line in lines:
        stated = StateSupply(
            supply=line.ledger_name,
            item=line.item_id,
            location=transfer.target_id,
            quantity=line.open_steps if transfer.state in COUNTED_ON else 0,
            expected_on=transfer.expected_on,
        )
        given_back = restate_supply(at_both_ends(at), stated)
        names = called(at.company_id, (each.demand for each in given_back))
        lost += [_lost(line, each, names[each.demand]) for each in given_back]
    if lost:
        at.tell(SHORT, transfer, lost=lost)
        said = "; ".join(str(each["words"]) for each in lost)
        leave_task(
            *(at, transfer, SHORT, Role.PLANNER, SHORT_WORDS), facts={"lines": lost}, number=transfer.number, lines=said
        )


def _lost(line: TransferLine, given_back: GivenBack, paper: str) -> dict[str, Any]:
    quantity = plain(given_back.quantity, line.item.decimals)
    need_on = given_back.need_on and given_back.need_on.isoformat()
    known = {"line": line.pk, "item": line.item.code, "qty": quantity, "demand": given_back.demand}
    return {**known, "need_on": need_on, "words": f"{paper} {line.item.code} {quantity}"}


def tell_of_lateness(at: At, transfer: Transfer, lines: Iterable[TransferLine], before: date) -> None:
    """It arrives later than was said: who needs it earlier than that is named to the planner."""
    if transfer.expected_on <= before:
        drop_tasks(at, transfer, LATE)
        return
    promised = (row for line in lines for row in promised_of(at, line.ledger_name))
    late = sorted({row.demand for row in promised if row.need_on and row.need_on < transfer.expected_on})
    if late:
        day = transfer.expected_on.isoformat()
        at.tell(LATE, transfer, was=before.isoformat(), expected_on=day, demands=late)
        words: dict[str, Any] = {"number": transfer.number, "day": day, "demands": in_words(at.company_id, late)}
        leave_task(at, transfer, LATE, Role.PLANNER, LATE_WORDS, facts={"demands": late}, **words)
