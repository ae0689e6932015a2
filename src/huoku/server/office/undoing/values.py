"""Values from before: of a row that was changed, or of one that was taken out."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from huoku.server.office.undoing.counter import Asked, NotAsItWas
from huoku.server.office.undoing.doing import Doing
from huoku.server.platform.command import COMMANDS
from huoku.server.platform.tables.history import as_shown, beside_of
from huoku.server.platform.tables.parts import known_of_last
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


def entered_again(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """What was taken out is added with the values that it had, by the command that adds such rows. Raises NotAsItWas
    where one of them is no field of it."""
    table = next(table for table in TABLES.values() if table.remove and table.remove.name == doing.name)
    if table.add is None:
        raise NotAsItWas(field="id", value=table.title.zh)
    fields, zone = table.add.request.model_fields, ZoneInfo(doing.actor.company.timezone)
    columns = [column for column in table.held if column.name in fields]
    for each in doing.changes(table.model._meta.label_lower):
        ways = {way for column in columns for way in (column.source, column.beside) if way}
        known = known_of_last(table, doing.actor, each.old, ways)
        yield (
            table.add.name,
            {
                column.name: as_shown(column, value, known.get(column.beside), zone)
                for column in columns
                if (value := known.get(column.source)) is not None
            },
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
