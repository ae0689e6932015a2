"""Values from before."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from huoku.server.office.undoing.counter import Asked, NotAsItWas
from huoku.server.office.undoing.doing import Doing
from huoku.server.platform.command import COMMANDS
from huoku.server.platform.tables.history import as_shown, beside_of
from huoku.server.platform.tables.table import TABLES, Table


def set_back(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """The values from before, by the same command. Raises NotAsItWas where one of them is no field of it."""
    table = next(table for table in TABLES.values() if table.change and table.change.name == doing.name)
    for each in doing.changes(table.model._meta.label_lower):
        if each.id == doing.answer["id"]:
            yield (
                doing.name,
                {"id": each.id, "version": doing.answer["version"], **before(doing, table, each.id, each.old)},
            )


def before(doing: Doing, table: Table, pk: Any, old: Mapping[str, Any]) -> dict[str, Any]:
    fields = COMMANDS[doing.name].request.model_fields
    seen = {column.source: column for column in table.seen_by(doing.actor).values()}
    zone = ZoneInfo(doing.actor.company.timezone)
    beside = beside_of(table, doing.actor, pk)
    found = {}
    for source, value in old.items():
        if source == "version":
            continue
        column = seen.get(source)
        if column is None or column.name not in fields:
            raise NotAsItWas(field=source, value=source)
        found[column.name] = as_shown(column, value, old.get(column.beside, beside.get(column.beside)), zone)
    return found
