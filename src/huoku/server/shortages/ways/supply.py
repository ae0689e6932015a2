"""What is on order already: wait for it, or have the supplier hurry."""

from collections.abc import Iterator
from datetime import date

from huoku.language import Sentence
from huoku.server.documents.papers import called
from huoku.server.documents.tasks import leave_task
from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve
from huoku.server.ledger.queries.coverage import Arrival
from huoku.server.platform.roles import Role
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.shortages.lacking import is_here
from huoku.server.shortages.models import Way
from huoku.server.shortages.names import PURCHASE_LINE, ids_in, number_in
from huoku.server.shortages.ways.look import Doing, Found, Look, Outcome, said

WAIT = Sentence("等在途：{arrivals}。", "Wait for what is on order: {arrivals}.")
EXPEDITE = Sentence(
    "催 {number} 第 {seq} 行：{quantity} 现在 {on} 到，请供应商提前到 {need_on}，加急费另议。",
    "Hurry line {seq} of {number}: {quantity} come on {on}; ask the supplier for {need_on}, and for his fee.",
)
ASK = Sentence(
    "缺料 {case}，停线等料：请催 {number} 第 {seq} 行 {item}，从 {on} 提前到 {day}。{reason}",
    "Shortage {case}, the line waits: have line {seq} of {number}, {item}, come on {day} instead of {on}. {reason}",
)


def wait(look: Look) -> Iterator[Found]:
    """The arrivals that cover what is missing, the earliest first; what is kept for the order before what is free."""
    used = _used(look)
    if used:
        yield _found(look, Way.Kind.WAIT, used, WAIT, {"arrivals": _named(look, used)})


def expedite(look: Look) -> Iterator[Found]:
    """The last of these arrivals, where it is a purchase that comes too late. Its day stands until the supplier has
    given another."""
    used = _used(look)
    line = _line(look, used[-1][0]) if used else None
    if line is None or used[-1][0].on is None or used[-1][0].on <= _asked_for(look):
        return
    values: dict[str, object] = {
        "number": line.order.number,
        "seq": line.seq,
        "quantity": said(look.item, used[-1][0].quantity),
        "on": used[-1][0].on,
        "need_on": _asked_for(look),
    }
    yield _found(look, Way.Kind.EXPEDITE, used, EXPEDITE, values)


def _asked_for(look: Look) -> date:
    """The day that a supplier can be asked for: nobody delivers yesterday."""
    return max(look.need_on, look.at.today)


def _used(look: Look) -> list[tuple[Arrival, bool]]:
    """Each arrival as far as it is needed, and whether it is free still; those of the order's own that come in time
    are no part of what is missing."""
    ours = [(each, False) for each in look.lack.coming if each.on and each.on > look.need_on]
    free = [
        (each, True)
        for each in look.picture.coming.get(look.item.pk, [])
        if each.on and each.quantity and is_here(look.picture, look.order, each.location)
    ]
    used, left = [], look.missing
    for each, is_free in sorted(ours, key=_day) + sorted(free, key=_day):
        if part := min(left, each.quantity):
            used.append((each.part(part), is_free))
            left -= part
    return sorted(used, key=_day)


def _day(each: tuple[Arrival, bool]) -> tuple[date, int]:
    return each[0].on or date.max, each[0].supply


def _found(
    look: Look, kind: Way.Kind, used: list[tuple[Arrival, bool]], words: Sentence, values: dict[str, object]
) -> Found:
    steps = sum(each.quantity for each, _ in used)
    facts = {
        "supplies": [[each.supply, each.location, each.quantity] for each, is_free in used if is_free],
        "last": used[-1][0].name,
    }
    return Found(kind, look.item, steps, steps, used[-1][0].on, words, values, facts)


def _named(look: Look, used: list[tuple[Arrival, bool]]) -> str:
    """Papers with their days: ``PO-2026-00001/1 2026-12-05``."""
    names = [each.name for each, _ in used]
    lines = PurchaseLine.objects.of(look.at.company_id).select_related("order").in_bulk(ids_in(names, PURCHASE_LINE))
    numbers = called(look.at.company_id, names)
    numbers |= {f"{PURCHASE_LINE}{id}": f"{line.order.number}/{line.seq}" for id, line in lines.items()}
    return ", ".join(f"{numbers[each.name]} {each.on}" for each, _ in used)


def _line(look: Look, arrival: Arrival) -> PurchaseLine | None:
    lines = PurchaseLine.objects.of(look.at.company_id).select_related("order", "item")
    return lines.filter(pk=number_in(arrival.name, PURCHASE_LINE) or 0).first()


def wait_for_it(doing: Doing) -> Outcome:
    """Keep it for the order, late as it is."""
    look, way = doing.look, doing.way
    lines = [
        Wish(item=look.item.pk, location=location, quantity=steps, supply=supply)
        for supply, location, steps in way.facts["supplies"]
    ]
    order = look.order
    if lines:
        reserve(
            look.at, Reserve(lines=lines, demand=order.ledger_name, priority=order.priority, need_on=order.start_on)
        )
    return Outcome(way.facts["last"], way.ready_on)


def hurry_it(doing: Doing) -> Outcome:
    """Keep it for the order, and let the buyer ask the supplier for an earlier day."""
    look, done = doing.look, wait_for_it(doing)
    line = PurchaseLine.objects.of(look.at.company_id).get(pk=number_in(done.document, PURCHASE_LINE) or 0)
    leave_task(
        *(look.at, look.case, "expedite", Role.BUYER, ASK),
        due_on=look.at.today,
        facts={"line": line.pk, "ask_for": str(doing.ask_for or _asked_for(look))},
        case=look.case.number,
        number=line.order.number,
        seq=line.seq,
        item=look.item.code,
        on=line.expected_on,
        day=doing.ask_for or _asked_for(look),
        reason=doing.reason,
    )
    return done
