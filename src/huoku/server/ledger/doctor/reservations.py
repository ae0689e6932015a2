"""I3, I11, I12, I18: what is reserved is what open reservations hold; each ends in one way, and what was taken left."""

from datetime import timedelta

from huoku.language import Sentence
from huoku.server.ledger.doctor.finding import AT_MOST, Finding
from huoku.server.ledger.doctor.names import BALANCES, HEADS, MOVEMENTS, RESERVATIONS, SUPPLIES, Names
from huoku.server.ledger.entries import stream_of
from huoku.server.ledger.facts import own
from huoku.server.ledger.holdings import OPEN
from huoku.server.ledger.models import ReservationEvent
from huoku.server.platform import clock
from huoku.server.platform.sql import Row, ask

EVENTS = f'"{ReservationEvent._meta.db_table}"'
ADDS_UP = Sentence(
    "{item} 在 {location}：{what}的预留数与未完成的预留相差 {difference}。",
    "{item} at {location}: what {what} says is reserved is {difference} off its open reservations.",
)
EVENTS_ADD_UP = Sentence(
    "预留 {reservation}（{demand}）：数量与它的记录不符。",
    "Reservation {reservation} ({demand}): its quantities are not those of its events.",
)
OVERDUE = Sentence(
    "预留 {reservation}（{demand}）{expires_at} 已到期，还没有释放。",
    "Reservation {reservation} ({demand}) was over at {expires_at} and still holds stock: does the schedule run?",
)
TAKEN_IN_PARTS = Sentence(
    "{item}：请求 {key} 从预留取走 {taken}，分批出库合计只有 {moved}。",
    "{item}: under the key {key} {taken} were taken from reservations, but its movements add up to {moved}.",
)
GRACE = timedelta(hours=1)
IS_OPEN = "state IN ('pending', 'part_posted')"
HEAD, LOT, SUPPLY = (
    Sentence("合计", "the head"),
    Sentence("批次", "a lot's balance"),
    Sentence("在途", "what is to arrive"),
)


def reservations_are_covered(company_id: int) -> list[Finding]:
    return [*_sums(company_id), *_events(company_id), *_taken(company_id), *_overdue(company_id)]


def _sums(company_id: int) -> list[Finding]:
    """I3, of heads, balances and supplies: each row's ``reserved`` less what is open on it."""
    ours = own(company_id)
    heads = _off(
        f"SELECT item_id, location_id, reserved AS quantity FROM {HEADS} WHERE company_id = %s UNION ALL "
        f"SELECT item_id, location_id, -({OPEN}) FROM {RESERVATIONS} WHERE company_id = %s AND {IS_OPEN} "
        "AND supply_id IS NULL AND (owner_id IS NULL OR owner_id = %s)",
        "item_id, location_id",
        [company_id, company_id, ours],
    )
    lots = _off(
        f"SELECT item_id, location_id, lot_id, owner_id, reserved AS quantity FROM {BALANCES} "
        f"WHERE company_id = %s UNION ALL SELECT item_id, location_id, lot_id, owner_id, -({OPEN}) "
        f"FROM {RESERVATIONS} WHERE company_id = %s AND {IS_OPEN} AND lot_id IS NOT NULL",
        "item_id, location_id, lot_id, owner_id",
        [company_id, company_id],
    )
    supplies = _off(
        f"SELECT item_id, location_id, id AS supply_id, reserved AS quantity FROM {SUPPLIES} WHERE company_id = %s "
        f"UNION ALL SELECT item_id, location_id, supply_id, -({OPEN}) FROM {RESERVATIONS} "
        f"WHERE company_id = %s AND {IS_OPEN} AND supply_id IS NOT NULL",
        "supply_id",
        [company_id, company_id],
    )
    rows = [(what, row) for what, some in ((HEAD, heads), (LOT, lots), (SUPPLY, supplies)) for row in some]
    names = Names(company_id, (row[0] for _, row in rows), (row[1] for _, row in rows))
    return [
        Finding(
            "I3",
            Sentence(
                ADDS_UP.zh.replace("{what}", what.zh),
                ADDS_UP.en.replace("{what}", what.en),
            ),
            {"item": names.item[row[0]], "location": names.location[row[1]], "difference": int(row[2])},
            (stream_of(row[0]),),
        )
        for what, row in rows
    ]


def _off(union: str, key: str, parameters: list[object]) -> list[Row]:
    return ask(
        f"SELECT MIN(item_id), MIN(location_id), SUM(quantity) FROM ({union}) s GROUP BY {key} "
        f"HAVING SUM(quantity) <> 0 ORDER BY 1, 2 LIMIT {AT_MOST}",
        parameters,
    )


def _events(company_id: int) -> list[Finding]:
    """I11: the columns of a reservation are the sums of its events."""
    rows = ask(
        "SELECT r.id, r.demand, r.item_id FROM "
        f"{RESERVATIONS} r LEFT JOIN (SELECT reservation_id, "
        "SUM(CASE WHEN kind = 'pending' THEN quantity ELSE 0 END) AS kept, "
        "SUM(CASE WHEN kind IN ('posted', 'part_posted') THEN quantity ELSE 0 END) AS posted, "
        "SUM(CASE WHEN kind = 'voided' THEN quantity ELSE 0 END) AS voided, "
        "SUM(CASE WHEN kind = 'expired' THEN quantity ELSE 0 END) AS expired, "
        "SUM(CASE WHEN kind = 'pre_empted' THEN quantity ELSE 0 END) AS pre_empted "
        f"FROM {EVENTS} WHERE company_id = %s GROUP BY reservation_id) e ON e.reservation_id = r.id "
        "WHERE r.company_id = %s AND (e.kept IS NULL OR e.kept <> r.quantity OR e.posted <> r.posted "
        "OR e.voided <> r.voided OR e.expired <> r.expired OR e.pre_empted <> r.pre_empted "
        f"OR (r.{IS_OPEN}) <> (r.quantity > r.posted + r.voided + r.expired + r.pre_empted)) "
        f"ORDER BY r.id LIMIT {AT_MOST}",
        [company_id, company_id],
    )
    return [
        Finding("I11", EVENTS_ADD_UP, {"reservation": str(id), "demand": demand}, (stream_of(item),))
        for id, demand, item in rows
    ]


TAKEN = f"""
SELECT taken.item_id, taken.command_key, taken.quantity, COALESCE(moved.quantity, 0) FROM (
  SELECT r.item_id, e.command_key, SUM(e.quantity) AS quantity FROM {EVENTS} e
  JOIN {RESERVATIONS} r ON r.id = e.reservation_id
  WHERE e.company_id = %s AND e.kind IN ('posted', 'part_posted') GROUP BY 1, 2
) taken LEFT JOIN (
  SELECT item_id, command_key, SUM(quantity) AS quantity FROM {MOVEMENTS} WHERE company_id = %s GROUP BY 1, 2
) moved ON moved.item_id = taken.item_id AND moved.command_key = taken.command_key
WHERE taken.quantity > COALESCE(moved.quantity, 0) ORDER BY 1, 2 LIMIT {AT_MOST}
"""


def _taken(company_id: int) -> list[Finding]:
    """I18: what one command takes from reservations may be split over lots; the parts add up to it."""
    rows = ask(TAKEN, [company_id, company_id])
    names = Names(company_id, (row[0] for row in rows))
    return [
        Finding(
            "I18",
            TAKEN_IN_PARTS,
            {"item": names.item[item], "key": key, "taken": int(taken), "moved": int(moved)},
            (stream_of(item),),
        )
        for item, key, taken, moved in rows
    ]


def _overdue(company_id: int) -> list[Finding]:
    """I12: whose time is over holds nothing. Between two runs of the schedule it still may."""
    rows = ask(
        f"SELECT id, demand, expires_at FROM {RESERVATIONS} WHERE company_id = %s AND {IS_OPEN} "
        f"AND expires_at <= %s ORDER BY expires_at, id LIMIT {AT_MOST}",
        [company_id, clock.now() - GRACE],
    )
    return [
        Finding("I12", OVERDUE, {"reservation": str(id), "demand": demand, "expires_at": str(at)}, is_doubtful=True)
        for id, demand, at in rows
    ]
