"""Goods come: counted, put into stock or into quarantine, and checked against what is due."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.places import place_for_goods, place_of_kind
from huoku.server.ledger.commands.movements import RecordMovement, record_movement
from huoku.server.ledger.lines import Line
from huoku.server.ledger.models import Location, Movement, Status
from huoku.server.platform.clock import day_begins
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive, plain
from huoku.server.platform.kept import add, opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import PRINTED, Asked, Code, Id, Opened
from huoku.server.purchasing.models import PurchaseDefaults, PurchaseLine, PurchaseOrder, PurchaseReceipt
from huoku.server.purchasing.quantities import must_be_at_most, steps_of
from huoku.server.purchasing.rights import RECEIVE, RECEIVE_BEYOND
from huoku.server.purchasing.standing import come, line_in, lines_by_id
from huoku.server.purchasing.supplies import restate, supply_id
from huoku.server.purchasing.totals import unit_cost

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80, pattern=PRINTED)]


class OverTolerance(Refused):
    code, is_kept = "over_tolerance", False
    words = Sentence(
        "第 {seq} 行 {item} 最多还能收 {most}，来了 {value}。请拒收多出的部分，或让采购放宽容差。",
        "Of line {seq}, {item}, at most {most} more may come; {value} did. Refuse the rest, or let the buyer widen the "
        "tolerance.",
    )


class StillToCome(Refused):
    code = "still_to_come"
    words = Sentence("{value} 还没到，不能按这一天收货。", "{value} is still to come; nothing can have arrived on it.")


class ReceivedLine(Asked):
    line: Id
    qty: Positive
    lot: ShortText = Field(default="", description="Of items kept by lot or serial number; one line for each.")
    expires_on: date | None = None
    location: Code | None = Field(default=None, description="Empty: the place that the order names.")
    inspect: bool | None = Field(default=None, description="Into quarantine first. Empty: as the company set it.")


class ReceivePurchaseOrder(Opened):
    lines: Annotated[list[ReceivedLine], Field(min_length=1, max_length=1_000)]
    received_on: Annotated[date, Field(ge=date(2000, 1, 1))] | None = Field(default=None, description="Empty: today.")
    delivery_note: ShortText = ""
    more_is_accepted: bool = Field(default=False, description="Take more than the tolerance; wants a right.")


@command(right=RECEIVE)
def receive(at: At, request: ReceivePurchaseOrder) -> dict[str, object]:
    """Goods have come, all of them or a part. What was promised of them is kept for the same demands where they lie;
    what is inspected first stays a supply until it is released.

    Raises NotFound, Stale, NotFromHere, OverTolerance, StillToCome, and whatever the ledger refuses a receipt for.
    """
    order = opened(at, PurchaseOrder, request.id, request.version)
    must_be_open_to(order, "purchasing.receive")
    today = at.today
    day = request.received_on or today
    if day > today:
        raise StillToCome(field="received_on", value=day)
    lines = lines_by_id(at, order)
    named = [line_in(lines, each.line, row) for row, each in enumerate(request.lines)]
    came = [steps_of(named[row].item, each.qty, row=row) for row, each in enumerate(request.lines)]
    _must_be_due(at, named, came, request.more_is_accepted)
    asked = _movements(at, order, named, came, request, day)
    recorded = record_movement(
        at,
        RecordMovement(
            lines=asked, document=order.number, effective_at=day_begins(at.actor.company, day) if day < today else None
        ),
    )
    receipts = _receipts(at, named, asked, recorded["movements"], day, request.delivery_note)
    for line in dict.fromkeys(named):
        _count(at, line, [each for each in receipts if each.line_id == line.pk], day)
    told = go(at, order, "purchasing.receive")
    restate(at, order, dict.fromkeys(named))
    at.tell("goods_received", order, receipts=[each.pk for each in receipts])
    return {**told, "receipts": [each.pk for each in receipts], "reservations": recorded["reservations"]}


def _must_be_due(at: At, named: Sequence[PurchaseLine], came: Sequence[int], more_is_accepted: bool) -> None:
    total: dict[int, int] = defaultdict(int)
    for row, (line, steps) in enumerate(zip(named, came, strict=True)):
        total[line.pk] += steps
        most = line.most_steps - line.received_steps
        if total[line.pk] <= most:
            continue
        if not more_is_accepted:
            told = plain(max(0, most), line.item.decimals)
            value = plain(total[line.pk], line.item.decimals)
            raise OverTolerance(row=row, field="qty", value=value, seq=line.seq, item=line.item.code, most=told)
        at.actor.must(RECEIVE_BEYOND)
        must_be_at_most(line.received_steps + total[line.pk], line.item.decimals, "qty", row)


def _movements(
    at: At,
    order: PurchaseOrder,
    named: Sequence[PurchaseLine],
    came: Sequence[int],
    request: ReceivePurchaseOrder,
    day: date,
) -> list[Line]:
    origin = place_of_kind(at, Location.Kind.SUPPLIER, order.site_id)
    defaults = PurchaseDefaults.objects.of(at.company_id).first()
    always = defaults is not None and defaults.inspects
    supplies = {line.pk: supply_id(at, line) for line in dict.fromkeys(named)}
    made = []
    for line, steps, each in zip(named, came, request.lines, strict=True):
        waits = always if each.inspect is None else each.inspect
        made.append(
            Line(
                kind=Movement.Kind.RECEIVE,
                item=line.item_id,
                quantity=steps,
                from_location=origin,
                to_location=place_for_goods(at, each.location).pk if each.location else order.location_id,
                lot_code=each.lot,
                received_on=day,
                expires_on=each.expires_on,
                demand=line.demand,
                to_status=Status.QUARANTINE if waits else Status.AVAILABLE,
                unit_cost=unit_cost(order, line),
                supply=None if waits else supplies[line.pk],
            )
        )
    return made


def _receipts(
    at: At,
    named: Sequence[PurchaseLine],
    asked: Sequence[Line],
    recorded: Sequence[Mapping[str, Any]],
    day: date,
    delivery_note: str,
) -> list[PurchaseReceipt]:
    made = []
    for line, moved, told in zip(named, asked, recorded, strict=True):
        receipt = PurchaseReceipt(
            line=line,
            movement=told["id"],
            lot_id=told["lot"],
            location_id=moved.to_location,
            received_on=day,
            delivery_note=delivery_note,
            qty_steps=moved.quantity,
            waiting_steps=moved.quantity if moved.to_status == Status.QUARANTINE else 0,
        )
        add(at, receipt)
        made.append(receipt)
    return made


def _count(at: At, line: PurchaseLine, receipts: Sequence[PurchaseReceipt], day: date) -> None:
    come(
        at,
        line,
        received_steps=line.received_steps + sum(each.qty_steps for each in receipts),
        waiting_steps=line.waiting_steps + sum(each.waiting_steps for each in receipts),
        received_on=max(day, line.received_on or day),
    )
