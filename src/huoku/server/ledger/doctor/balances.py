"""I1, I2, I4, I5: what the balances say is what the movements add up to, and nothing is less than nothing."""

from huoku.language import Sentence
from huoku.server.ledger.doctor.finding import AT_MOST, Finding
from huoku.server.ledger.doctor.names import BALANCES, DEBTS, HEADS, ITEMS, LOCATIONS, MOVEMENTS, SUPPLIES, Names
from huoku.server.ledger.entries import stream_of
from huoku.server.ledger.facts import own
from huoku.server.platform.sql import ask

COVERED = Sentence(
    "{item} 在 {location}：现有 {on_hand}，预留 {reserved}。",
    "{item} at {location}: {reserved} reserved of {on_hand} on hand.",
)
ADDS_UP = Sentence(
    "{item} 批号 {lot} 在 {location}（{status}）：账面与出入库记录相差 {difference}。",
    "{item}, lot {lot}, at {location} ({status}): the balance is {difference} off what the movements add up to.",
)
HEAD_ADDS_UP = Sentence(
    "{item} 在 {location}：合计 {column} 与各批相差 {difference}。",
    "{item} at {location}: the head's {column} is {difference} off the sum over its lots.",
)
ZERO_SUM = Sentence(
    "{item} 所有地点合计应为零，实际 {difference}。", "{item}: the sum over all places is {difference} instead of zero."
)
ONE_PIECE = Sentence(
    "{item} 的序列号 {lot} 在库 {quantity} 件，应为 0 或 1。",
    "{item}, serial number {lot}: {quantity} {quantity|piece|pieces} in stock instead of none or one.",
)


def balances_follow_from_movements(company_id: int) -> list[Finding]:
    return [
        *_covered(company_id),
        *_rebuilt(company_id),
        *_heads(company_id),
        *_zero_sums(company_id),
        *_serials(company_id),
    ]


def _covered(company_id: int) -> list[Finding]:
    """I1, though the database checks it at every change: the check itself may be missing."""
    rows = [
        row
        for table, stock in ((BALANCES, "on_hand"), (HEADS, "on_hand"), (SUPPLIES, "quantity"))
        for row in ask(
            f"SELECT item_id, location_id, {stock}, reserved FROM {table} WHERE company_id = %s "
            f"AND NOT (reserved >= 0 AND reserved <= {stock}) LIMIT {AT_MOST}",
            [company_id],
        )
    ]
    names = Names(company_id, (row[0] for row in rows), (row[1] for row in rows))
    return [
        Finding(
            "I1",
            COVERED,
            {"item": names.item[item], "location": names.location[place], "on_hand": on_hand, "reserved": reserved},
            (stream_of(item),),
        )
        for item, place, on_hand, reserved in rows
    ]


REBUILT = f"""
SELECT s.item_id, s.location_id, s.lot_id, s.owner_id, s.status, -SUM(s.quantity) FROM (
  SELECT item_id, to_location_id AS location_id, lot_id, owner_id, to_status AS status, SUM(quantity) AS quantity
  FROM {MOVEMENTS} WHERE company_id = %s GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT item_id, from_location_id, lot_id, owner_id, from_status, -SUM(quantity)
  FROM {MOVEMENTS} WHERE company_id = %s GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT item_id, location_id, lot_id, owner_id, status, -on_hand FROM {BALANCES} WHERE company_id = %s
  UNION ALL
  SELECT item_id, location_id, lot_id, owner_id, status, quantity FROM {DEBTS} WHERE company_id = %s
) s JOIN {LOCATIONS} l ON l.id = s.location_id AND l.is_physical
GROUP BY 1, 2, 3, 4, 5 HAVING SUM(s.quantity) <> 0 ORDER BY 1, 2, 3, 4, 5 LIMIT {AT_MOST}
"""


def _rebuilt(company_id: int) -> list[Finding]:
    """I2: on hand less debt is what arrived less what left."""
    rows = ask(REBUILT, [company_id] * 4)
    names = Names(company_id, (row[0] for row in rows), (row[1] for row in rows), (row[2] for row in rows))
    return [
        Finding(
            "I2",
            ADDS_UP,
            {
                "item": names.item[item],
                "lot": names.lot[lot],
                "location": names.location[place],
                "status": status,
                "difference": int(difference),
            },
            (stream_of(item),),
        )
        for item, place, lot, _, status, difference in rows
    ]


def _heads(company_id: int) -> list[Finding]:
    """I2 of the heads: our own available balances and debts, added up by item and place."""
    ours = own(company_id)
    found = []
    for column, table, of in (("on_hand", BALANCES, "on_hand"), ("debt", DEBTS, "quantity")):
        rows = ask(
            "SELECT item_id, location_id, SUM(quantity) FROM ("
            f"SELECT item_id, location_id, {column} AS quantity FROM {HEADS} WHERE company_id = %s UNION ALL "
            f"SELECT item_id, location_id, -{of} FROM {table} WHERE company_id = %s AND owner_id = %s "
            "AND status = 'available') s "
            f"GROUP BY item_id, location_id HAVING SUM(quantity) <> 0 ORDER BY 1, 2 LIMIT {AT_MOST}",
            [company_id, company_id, ours],
        )
        names = Names(company_id, (row[0] for row in rows), (row[1] for row in rows))
        found += [
            Finding(
                "I2",
                HEAD_ADDS_UP,
                {
                    "item": names.item[item],
                    "location": names.location[place],
                    "column": column,
                    "difference": int(difference),
                },
                (stream_of(item),),
            )
            for item, place, difference in rows
        ]
    return found


ZERO_SUMS = f"""
SELECT s.item_id, SUM(s.quantity) FROM (
  SELECT item_id, SUM(on_hand) AS quantity FROM {BALANCES} WHERE company_id = %s GROUP BY item_id
  UNION ALL
  SELECT item_id, -SUM(quantity) FROM {DEBTS} WHERE company_id = %s GROUP BY item_id
  UNION ALL
  SELECT m.item_id, SUM(m.quantity) FROM {MOVEMENTS} m
  JOIN {LOCATIONS} l ON l.id = m.to_location_id AND NOT l.is_physical WHERE m.company_id = %s GROUP BY m.item_id
  UNION ALL
  SELECT m.item_id, -SUM(m.quantity) FROM {MOVEMENTS} m
  JOIN {LOCATIONS} l ON l.id = m.from_location_id AND NOT l.is_physical WHERE m.company_id = %s GROUP BY m.item_id
) s GROUP BY s.item_id HAVING SUM(s.quantity) <> 0 ORDER BY 1 LIMIT {AT_MOST}
"""


def _zero_sums(company_id: int) -> list[Finding]:
    """I4: what lies here and what is outside cancel out, item by item."""
    rows = ask(ZERO_SUMS, [company_id] * 4)
    names = Names(company_id, (row[0] for row in rows))
    return [
        Finding("I4", ZERO_SUM, {"item": names.item[item], "difference": int(sum_)}, (stream_of(item),))
        for item, sum_ in rows
    ]


def _serials(company_id: int) -> list[Finding]:
    rows = ask(
        f"SELECT b.item_id, b.lot_id, SUM(b.on_hand) FROM {BALANCES} b JOIN {ITEMS} i ON i.id = b.item_id "
        "WHERE b.company_id = %s AND i.tracking = 'serial' GROUP BY 1, 2 "
        f"HAVING SUM(b.on_hand) > 1 OR MIN(b.on_hand) < 0 ORDER BY 1, 2 LIMIT {AT_MOST}",
        [company_id],
    )
    names = Names(company_id, (row[0] for row in rows), lots=(row[1] for row in rows))
    return [
        Finding(
            "I5",
            ONE_PIECE,
            {"item": names.item[item], "lot": names.lot[lot], "quantity": int(quantity)},
            (stream_of(item),),
        )
        for item, lot, quantity in rows
    ]
