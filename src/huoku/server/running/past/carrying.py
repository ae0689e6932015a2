"""What lies on the racks is fetched to the main store, by transfers that arrive in parts, damaged or not at all."""

from collections.abc import Sequence
from typing import Any

from huoku.server.items.models import Item
from huoku.server.ledger.models import Balance, Status
from huoku.server.platform.commands.approvals import approve as approve_waiting
from huoku.server.platform.exact import plain
from huoku.server.platform.roles import Role
from huoku.server.running.past.people import People
from huoku.server.warehouse.commands.approving import approve_transfer
from huoku.server.warehouse.commands.arriving import receive_transfer
from huoku.server.warehouse.commands.drafting import add_transfer, ask_for_transfer
from huoku.server.warehouse.commands.ending import cancel_transfer
from huoku.server.warehouse.commands.sending import send_transfer
from huoku.server.warehouse.commands.settling import settle_difference
from huoku.server.warehouse.models import Transfer, TransferLine

DAMAGED = "运输压坏 crushed on the way"


def carry(people: People, racks: Sequence[str], main: str) -> None:
    """Once a week somebody asks for what a rack holds; what was asked for goes its way day by day."""
    if people.today.weekday() == 1:
        _ask(people, people.chance.choice(racks), main)
    for transfer in _transfers(people, "requested"):
        if people.happens(0.1):
            people.does(Role.STOREKEEPER, cancel_transfer, id=transfer.pk, reason="不用了 no longer wanted")
        else:
            _waits_for_the_owner(people, people.does(Role.STOREKEEPER, approve_transfer, id=transfer.pk))
    for transfer in _transfers(people, "under_way"):
        _receive(people, transfer)
    for transfer in _transfers(people, "approved"):
        people.does(Role.STOREKEEPER, send_transfer, id=transfer.pk)


def _transfers(people: People, state: str) -> list[Transfer]:
    return list(Transfer.objects.of(people.company).filter(state=state).order_by("pk"))


def _ask(people: People, rack: str, main: str) -> None:
    lying = Balance.objects.of(people.company).filter(location__code=rack, status=Status.AVAILABLE, on_hand__gt=0)
    rows = [row for row in lying.select_related("item", "lot").order_by("pk") if row.on_hand > row.reserved]
    if not rows:
        return
    wanted = people.chance.sample(rows, min(2, len(rows)))
    lines = [
        {
            "item": row.item.code,
            "qty": plain(row.on_hand - row.reserved, row.item.decimals),
            "lot": row.lot.code if row.item.tracking != Item.Tracking.NONE else None,
        }
        for row in wanted
    ]
    told = people.does(Role.PRODUCTION_LEAD, add_transfer, origin=rack, target=main, lines=lines)
    if told:
        people.does(Role.PRODUCTION_LEAD, ask_for_transfer, id=told["id"])


def _receive(people: People, transfer: Transfer) -> None:
    """Most of it comes as it was sent; the rest later, crushed, or it never left."""
    lines = list(TransferLine.objects.of(people.company).filter(transfer=transfer).select_related("item"))
    open_ones = [line for line in lines if line.under_way_steps]
    if any(line.received_steps for line in open_ones):
        _settle(people, transfer, open_ones)
        return
    came: list[dict[str, Any]] = []
    for line in open_ones:
        steps = line.under_way_steps
        some = steps - people.chance.randint(1, steps // 2) if people.happens(0.15) and steps > 1 else steps
        bad = people.chance.randint(1, some) if people.happens(0.05) else 0
        digits = line.item.decimals
        came.append({"line": line.pk, "qty": plain(some - bad, digits), "damaged": plain(bad, digits)})
    people.does(Role.STOREKEEPER, receive_transfer, id=transfer.pk, lines=came, reason=DAMAGED)


def _settle(people: People, transfer: Transfer, lines: Sequence[TransferLine]) -> None:
    end = "lost" if people.happens(0.3) else "found"
    rest = [{"line": line.pk, end: plain(line.under_way_steps, line.item.decimals)} for line in lines]
    reason = "清点后确认 counted at both ends"
    told = people.does(Role.STOREKEEPER, settle_difference, id=transfer.pk, lines=rest, reason=reason)
    _waits_for_the_owner(people, told)


def _waits_for_the_owner(people: People, told: dict[str, Any] | None) -> None:
    if told and "approval" in told:
        people.does(Role.OWNER, approve_waiting, id=told["approval"])
