"""Open transfers: drafts stay drafts, what is kept for one is kept again, and what is under way is under way."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huoku.server.items.models import Item
from huoku.server.ledger.commands.movements import record_movement
from huoku.server.ledger.commands.places import add_location
from huoku.server.ledger.commands.reservations import reserve
from huoku.server.ledger.models import Location, Lot, Movement
from huoku.server.planning.bringing.hands import Hands, Row, said
from huoku.server.planning.bringing.names import seq, split
from huoku.server.planning.bringing.work import Needs
from huoku.server.planning.reading.columns import MAIN
from huoku.server.platform.exact import plain, whole
from huoku.server.warehouse.commands.approving import approve_transfer
from huoku.server.warehouse.commands.drafting import add_transfer
from huoku.server.warehouse.commands.sending import send_transfer
from huoku.server.warehouse.models import TransferLine

ELSEWHERE = "~elsewhere"
"""Where what is under way came from, where the factory names no other place."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a transfer, in steps: what is still to be sent, what of that is kept, what is on its way."""

    row: Row
    item: Item
    to_send: int
    kept: Sequence[Row]
    under_way: int

    @property
    def is_kept(self) -> bool:
        return sum(_steps(row, self.item) for row in self.kept) >= self.to_send


def bring_transfers(hands: Hands, needs: Needs) -> None:
    """Write the open transfers, and what is reserved for them."""
    papers: dict[str, list[Row]] = defaultdict(list)
    for row in hands.rows("supplies"):
        if row["kind"] == "transfer":
            papers[split(row["supply"])[0]].append(row)
    kept: dict[str, list[Row]] = defaultdict(list)
    for row in hands.rows("reservations") if papers else ():
        kept[row["demand"]].append(row)
    codes = {row["item"] for rows in papers.values() for row in rows}
    items = {item.code: item for item in Item.objects.of(hands.actor.company).filter(code__in=codes)}
    for number, rows in papers.items():
        _bring(hands, number, [_line(row, needs, kept, items[row["item"]]) for row in rows], needs)


def _line(row: Row, needs: Needs, kept: Mapping[str, Sequence[Row]], item: Item) -> _Line:
    name, steps = row["supply"], _steps(row, item)
    to_send = min(steps, sum(_steps(each, item) for each in needs.get(name, ())))
    return _Line(row, item, to_send, kept.get(name, ()), steps - to_send)


def _steps(row: Row, item: Item) -> int:
    return whole(row["qty"], item.decimals, "qty")


def _bring(hands: Hands, number: str, lines: Sequence[_Line], needs: Needs) -> None:
    rows = [line.row for line in lines]
    asked = [need for row in rows for need in needs.get(row["supply"], ())]
    target, due = rows[0]["location"] or MAIN, rows[0]["due"]
    origin = (asked[0]["location"] or MAIN) if asked else _elsewhere(hands, target)
    made = hands.do(
        add_transfer,
        rows,
        number=number,
        origin=origin,
        target=target,
        start_on=min(asked[0]["due"], due) if asked else min(hands.factory.settings.today, due),
        expected_on=due,
        lines=[
            {"seq": seq(line.row["supply"]), "item": line.item.code, "qty": said(line.row["qty"])} for line in lines
        ],
    )
    written = {line.seq: line for line in TransferLine.objects.of(hands.actor.company).filter(transfer=made["id"])}
    for line in lines:
        _keep(hands, line, written[seq(line.row["supply"])].ledger_name, origin)
    if all(line.is_kept for line in lines) and any(line.kept or line.under_way for line in lines):
        hands.do(approve_transfer, rows, id=made["id"])
        gone = [
            {"line": written[seq(line.row["supply"])].pk, "qty": plain(line.under_way, line.item.decimals)}
            for line in lines
            if line.under_way
        ]
        if gone:
            hands.do(send_transfer, rows, id=made["id"], lines=gone)


def _elsewhere(hands: Hands, target: str) -> str:
    """Some other place than the target."""
    others = sorted(code for table, code in hands.ids if table == "location" and code != target)
    if others:
        return others[0]
    hands.ids["location", ELSEWHERE] = hands.do(add_location, code=ELSEWHERE, kind=Location.Kind.STORAGE)["id"]
    return ELSEWHERE


def _keep(hands: Hands, line: _Line, demand: str, origin: str) -> None:
    """What is on its way is taken into stock where it came from, and kept first, so that it is what is sent."""
    place, wishes = hands.place(origin), []
    if line.under_way:
        wishes.append(_opened(hands, line, place))
    for row in line.kept:
        wish = {"item": line.item.pk, "location": hands.place(row["location"]), "quantity": _steps(row, line.item)}
        wishes.append(wish | _of_lot(line.item, row["lot"]))
    for wish in wishes:
        hands.do(reserve, [line.row], lines=[wish], demand=demand)


def _opened(hands: Hands, line: _Line, place: int) -> dict[str, Any]:
    """An opening balance of what is on its way; the wish for just that."""
    item, lot = line.item, line.row["supply"] if line.item.tracking == Item.Tracking.LOT else None
    came = {"lot_code": lot, "received_on": hands.factory.settings.today} if lot else {}
    received = {
        "kind": Movement.Kind.RECEIVE,
        "item": item.pk,
        "quantity": line.under_way,
        "from_location": hands.ids["end", Location.Kind.SUPPLIER],
        "to_location": place,
        "unit_cost": item.unit_cost_millionths,
        **came,
    }
    hands.do(record_movement, [line.row], lines=[received], document="opening balance")
    return {"item": item.pk, "location": place, "quantity": line.under_way, **_of_lot(item, lot)}


def _of_lot(item: Item, code: str | None) -> dict[str, int]:
    return {"lot": Lot.objects.of(item.company_id).get(item=item, code=code).pk} if code else {}
