"""Things that somebody puts aside on Today, and takes up again."""

from collections.abc import Iterable

from huoku.server.office.models import Postponed
from huoku.server.office.undoing.counter import Asked
from huoku.server.office.undoing.doing import Doing
from huoku.server.platform.kept import rows_for


def aside_as_before(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """What was put aside is back, or where it stood aside before, until the day of then; what was taken up stands aside
    again."""
    for each in doing.changes("office.postponed"):
        if each.id == doing.answer["id"] and not each.old:
            yield "office.take_up", {"id": each.id, "version": doing.answer["version"]}
        elif each.id == doing.answer["id"]:
            row = rows_for(doing.actor, Postponed).filter(pk=each.id).first()
            yield "office.postpone", {"duty": row.duty if row else each.old["duty"], "until": each.old["until"]}
