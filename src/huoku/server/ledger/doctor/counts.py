"""I14: the past can be asked for again: what counts were held against is what the movements say of that moment."""

from huoku.language import Sentence
from huoku.server.ledger.doctor.finding import AT_MOST, Finding
from huoku.server.ledger.doctor.names import MOVEMENTS, Names
from huoku.server.ledger.entries import stream_of
from huoku.server.ledger.models import Count
from huoku.server.platform.sql import ask

COUNTS = f'"{Count._meta.db_table}"'
LAST = 1000
"""So many counts, the last ones, are held against the movements again."""
OTHER_PAST = Sentence(
    "{item} 批号 {lot} 在 {location}：盘点时记的账面数与当时的出入库记录相差 {difference}。",
    "{item}, lot {lot}, at {location}: what a count took the book to say is {difference} off the movements up to it.",
)
SAID_AGAIN = f"""
SELECT c.item_id, c.location_id, c.lot_id, c.book - COALESCE((
  SELECT SUM(CASE WHEN m.to_location_id = c.location_id AND m.to_status = c.status THEN m.quantity ELSE 0 END
    - CASE WHEN m.from_location_id = c.location_id AND m.from_status = c.status THEN m.quantity ELSE 0 END)
  FROM {MOVEMENTS} m WHERE m.company_id = c.company_id AND m.item_id = c.item_id AND m.lot_id = c.lot_id
    AND m.owner_id = c.owner_id AND m.seq <= c.seq AND m.recorded_at <= c.recorded_at
), 0) FROM {COUNTS} c WHERE c.company_id = %s ORDER BY c.id DESC LIMIT {LAST}
"""


def counts_met_the_book_of_their_time(company_id: int) -> list[Finding]:
    rows = [row for row in ask(SAID_AGAIN, [company_id]) if row[3]][:AT_MOST]
    names = Names(company_id, (row[0] for row in rows), (row[1] for row in rows), (row[2] for row in rows))
    return [
        Finding(
            "I14",
            OTHER_PAST,
            {
                "item": names.item[item],
                "lot": names.lot[lot],
                "location": names.location[place],
                "difference": int(difference),
            },
            (stream_of(item),),
        )
        for item, place, lot, difference in rows
    ]
