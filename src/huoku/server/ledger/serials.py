"""A serial number stands for one piece: it is in stock once or not at all."""

from collections.abc import Mapping, Sequence

from huoku.server.items.models import Item
from huoku.server.ledger.entries import Entry
from huoku.server.ledger.facts import ITEMS, LOTS, Place
from huoku.server.ledger.models import Balance
from huoku.server.ledger.refusals import SerialIsThere
from huoku.server.platform.command import At
from huoku.server.platform.sql import ask, for_update, places

BALANCES = f'"{Balance._meta.db_table}"'


def refuse_serials_that_are_there(at: At, entries: Sequence[Entry], where: Mapping[int, Place]) -> None:
    """Movements inside keep the sum; what comes from outside is looked at, with its number locked meanwhile.

    Raises SerialIsThere, also where one command brings the same number twice.
    """
    arriving = [
        entry
        for entry in entries
        if not where[entry.from_location_id].is_physical and where[entry.to_location_id].is_physical
    ]
    ids = [entry.lot_id for entry in arriving]
    if not ids:
        return
    serials = ask(
        f"SELECT l.id, l.code, i.code FROM {LOTS} l JOIN {ITEMS} i ON i.id = l.item_id WHERE l.company_id = %s "
        f"AND l.id IN {places(len(ids), 1)} AND i.tracking = %s ORDER BY l.id{for_update('l')}",
        [at.company_id, *ids, Item.Tracking.SERIAL.value],
    )
    if not serials:
        return
    there = ask(
        f"SELECT lot_id FROM {BALANCES} WHERE company_id = %s AND on_hand > 0 AND lot_id IN {places(len(serials), 1)}",
        [at.company_id, *(serial[0] for serial in serials)],
    )
    known = {row[0] for row in there}
    for lot_id, code, item in serials:
        if lot_id in known or ids.count(lot_id) > 1:
            row = next(entry.row for entry in arriving if entry.lot_id == lot_id)
            raise SerialIsThere(row=row, field="lot", value=code, item=item)
