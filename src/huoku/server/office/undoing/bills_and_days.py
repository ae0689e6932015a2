"""Bills of materials and calendars as they were."""

from collections.abc import Iterable
from datetime import date

from huoku.server.items.commands.calendar import Holds, stretches
from huoku.server.items.models import CalendarDay, Resource
from huoku.server.office.undoing.counter import Asked, NotAsItWas
from huoku.server.office.undoing.doing import Doing
from huoku.server.platform.kept import rows_for
from huoku.server.platform.refusals import Stale


def days_as_before(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """The days of a calendar hold what they held. Raises Stale where somebody has changed one since."""
    left = {each["id"]: each["version"] for each in doing.answer["days"]}
    before: list[tuple[date, Holds]] = []
    resource = None
    for each in doing.changes("items.calendarday"):
        row = rows_for(doing.actor, CalendarDay).filter(pk=each.id).first()
        if each.new and (row is None or row.version != left[each.id]):
            raise Stale(field="version", value=left[each.id])
        day = row.date if row else date.fromisoformat(each.old["date"])
        resource = row.resource_id if row else each.old.get("resource_id")
        before.append((day, "as_usual" if "is_open" not in each.old else "work" if each.old["is_open"] else "rest"))
    if len(before) != len(left):
        raise NotAsItWas(field="days", value=len(left))
    code = rows_for(doing.actor, Resource).get(pk=resource).code if resource else None
    for request in stretches(before):
        yield "items.set_days", {**request.model_dump(mode="json"), "resource": code}


def former_revision(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """The new revisions go, the old ones are valid as long as before."""
    for each in doing.answer.get("boms", [doing.answer]):
        yield "items.remove_bom", {"id": each["id"], "version": each["version"]}
        yield "items.change_bom", each["ended"]
