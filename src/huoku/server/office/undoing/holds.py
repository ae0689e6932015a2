"""Orders that are held as they were held."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from huoku.server.office.undoing.counter import Asked, Counter
from huoku.server.office.undoing.doing import Doing

HOUR = timedelta(hours=1)


def held_as_before(command: str = "") -> Counter:
    """Another step of the order, and where it was held before, it is held again for as long as was left."""

    def counter(doing: Doing) -> Iterable[tuple[str, Asked]]:
        about = {"id": doing.answer["id"], "version": doing.answer.get("version")}
        if command:
            yield command, about
        for each in doing.changes("sales.salesorder"):
            if until := each.old.get("held_until"):
                left = datetime.fromisoformat(str(until)) - doing.at
                hours = max(1, -(-left // HOUR))
                yield "sales.hold_order", {"id": each.id, "hours": hours} if command else {**about, "hours": hours}

    return counter
