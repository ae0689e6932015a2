"""From what a lot was made: the edges along which a recall is traced."""

from collections.abc import Sequence

from huoku.server.ledger.entries import Entry
from huoku.server.ledger.facts import LOTS
from huoku.server.ledger.lines import Line
from huoku.server.ledger.models import LotOrigin
from huoku.server.platform.command import At
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.sql import ask, places


def note_origins(at: At, lines: Sequence[Line], entries: Sequence[Entry]) -> None:
    """Leave an edge for each part that a line says it was made from. Raises NotFound of a lot."""
    parents = sorted({part.lot for line in lines for part in line.made_from})
    if not parents:
        return
    known = ask(
        f"SELECT id FROM {LOTS} WHERE company_id = %s AND id IN {places(len(parents), 1)}", [at.company_id, *parents]
    )
    if missing := set(parents) - {row[0] for row in known}:
        raise NotFound(field="made_from", value=min(missing), what="lot")
    for line, entry in zip(lines, entries, strict=True):
        for part in line.made_from:
            at.insert(
                LotOrigin,
                lot_id=entry.lot_id,
                parent_id=part.lot,
                quantity=part.quantity,
                document=entry.document,
                recorded_at=at.now,
            )
