"""I19: what was picked first-expired-first-out left no usable earlier lot behind."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby

from huoku.language import Sentence
from huoku.server.ledger.doctor.finding import AT_MOST, Finding
from huoku.server.ledger.doctor.names import LOTS, MOVEMENTS, RESERVATIONS, Names
from huoku.server.ledger.entries import stream_of
from huoku.server.ledger.facts import own
from huoku.server.ledger.models import ReservationEvent
from huoku.server.platform.audit import as_time
from huoku.server.platform.sql import Row, ask

EVENTS = f'"{ReservationEvent._meta.db_table}"'
EARLIER_LEFT = Sentence(
    "{item} 在 {location}：{movement} 取了批号 {lot}，更早到期的 {earlier} 还有可用数量。",
    "{item} at {location}: {movement} took lot {lot} while earlier lot {earlier} still had free quantity.",
)
AROUND = timedelta(minutes=1)
"""A command's time is taken before it waits for its locks, so reservations of just before and after count as held."""
Order = tuple[date, date, int]


def first_expired_went_first(company_id: int) -> list[Finding]:
    """Replay the items of which something was picked by the rule, and look at each pick as its command ended."""
    items = ask(
        f"SELECT DISTINCT item_id FROM {MOVEMENTS} WHERE company_id = %s AND need_on IS NOT NULL ORDER BY 1",
        [company_id],
    )
    found = [finding for (item,) in items for finding in _of_item(company_id, item)]
    return found[:AT_MOST]


def _of_item(company_id: int, item_id: int) -> Iterator[Finding]:
    orders: dict[int, Order] = {
        id: (_day(expires), _day(received), id)
        for id, expires, received in ask(
            f"SELECT id, expires_on, received_on FROM {LOTS} WHERE company_id = %s AND item_id = %s",
            [company_id, item_id],
        )
    }
    held = _held(company_id, item_id)
    there: dict[tuple[int, int], int] = defaultdict(int)
    rows = ask(
        "SELECT command_key, id, lot_id, from_location_id, to_location_id, from_status, to_status, quantity, need_on, "
        f"recorded_at FROM {MOVEMENTS} WHERE company_id = %s AND item_id = %s AND owner_id = %s ORDER BY seq",
        [company_id, item_id, own(company_id)],
    )
    for _, some in groupby(rows, key=lambda row: row[0]):
        moved = list(some)
        for _, _, lot, origin, target, from_status, to_status, quantity, _, _ in moved:
            there[origin, lot] -= quantity if from_status == "available" else 0
            there[target, lot] += quantity if to_status == "available" else 0
        for row in moved:
            if row[8] is not None:
                yield from _left_behind(company_id, item_id, row, there, orders, held)


def _left_behind(
    company_id: int,
    item_id: int,
    row: Row,
    there: dict[tuple[int, int], int],
    orders: dict[int, Order],
    held: dict[tuple[int, int], list[tuple[datetime, datetime, int]]],
) -> Iterator[Finding]:
    _, movement, taken, place, *_, need_on, recorded_at = row
    at, need_on = as_time(recorded_at), _day(need_on)
    for (where, lot), quantity in there.items():
        if where != place or orders[lot] >= orders[taken] or orders[lot][0] < need_on:
            continue
        kept = sum(amount for since, until, amount in held.get((place, lot), []) if since <= at <= until)
        if quantity > kept:
            names = Names(company_id, [item_id], [place], [taken, lot])
            facts = {
                "item": names.item[item_id],
                "location": names.location[place],
                "movement": str(movement),
                "lot": names.lot[taken],
                "earlier": names.lot[lot],
            }
            yield Finding("I19", EARLIER_LEFT, facts, (stream_of(item_id),))


def _held(company_id: int, item_id: int) -> dict[tuple[int, int], list[tuple[datetime, datetime, int]]]:
    """From when to when a lot was kept by name, and how much, by place and lot."""
    found: dict[tuple[int, int], list[tuple[datetime, datetime, int]]] = defaultdict(list)
    for place, lot, quantity, made_at, state, last in ask(
        f"SELECT r.location_id, r.lot_id, r.quantity, r.made_at, r.state, MAX(e.recorded_at) FROM {RESERVATIONS} r "
        f"JOIN {EVENTS} e ON e.reservation_id = r.id WHERE r.company_id = %s AND r.item_id = %s "
        "AND r.lot_id IS NOT NULL GROUP BY r.id, r.location_id, r.lot_id, r.quantity, r.made_at, r.state",
        [company_id, item_id],
    ):
        is_open = state in ("pending", "part_posted")
        until = datetime.max.replace(tzinfo=as_time(made_at).tzinfo) if is_open else _time(last) + AROUND
        found[place, lot].append((as_time(made_at) - AROUND, until, quantity))
    return found


def _time(value: datetime | str) -> datetime:
    """An aggregate's time: SQLite's driver leaves it as text."""
    return as_time(datetime.fromisoformat(value) if isinstance(value, str) else value)


def _day(value: date | str | None) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value or date.max
