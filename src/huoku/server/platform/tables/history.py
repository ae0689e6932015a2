"""The history of a row: who changed what when and why, read from the audit trail, as far as the actor may see it."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from huoku.server.platform.actor import Actor
from huoku.server.platform.models import AuditEntry
from huoku.server.platform.tables.table import Column, Table

MOST_ENTRIES = 500


def history(table: Table, actor: Actor, row_id: int) -> list[dict[str, Any]]:
    """The entries about a row, the last first. Values of columns that the actor may not see are left out, and entries
    that changed nothing else are shown without values. Whether the actor may read the row is asked before."""
    what = table.model._meta.label_lower
    seen = {column.source: column for column in table.seen_by(actor).values()}
    beside = beside_of(table, actor, row_id)
    entries = (
        AuditEntry.objects.of(actor.company)
        .filter(subjects__what=what, subjects__row=row_id, subjects__company=actor.company)
        .select_related("actor")
        .order_by("-recorded_at", "-pk")[:MOST_ENTRIES]
    )
    zone = ZoneInfo(actor.company.timezone)
    return [
        {
            "id": entry.pk,
            "key": entry.command_key,
            "at": entry.recorded_at.astimezone(zone).isoformat(),
            "by": entry.actor.username if entry.actor else None,
            "via": entry.via,
            "action": entry.action,
            "reason": entry.reason,
            "request_id": entry.request_id,
            "changes": [
                shown
                for change in json.loads(entry.changes)
                if change.get("what") == what and change.get("id") == row_id
                for shown in _shown(change, seen, beside, zone, table)
            ],
        }
        for entry in entries
    ]


def _shown(
    change: dict[str, Any], seen: dict[str, Column], beside: dict[str, Any], zone: ZoneInfo, table: Table
) -> list[dict[str, Any]]:
    old, new = change.get("old", {}), change.get("new", {})
    told = []
    for source in dict.fromkeys([*old, *new]):
        if column := seen.get(source):
            unit = old.get(column.beside, new.get(column.beside, beside.get(column.beside)))
            values = [as_shown(column, values.get(source), unit, zone) for values in (old, new)]
            told.append({"field": column.name, "old": values[0], "new": values[1]})
        elif source in table.expands and table.expands[source].many:  # rows that were written with this one
            told.append({"field": source, "old": old.get(source), "new": new.get(source)})
    return told


def as_shown(column: Column, value: Any, unit: Any, zone: ZoneInfo) -> Any:
    """A value as the audit trail has it: dates and times are text there already."""
    if value is None or column.kind.frame == "date":
        return value
    if column.kind.frame == "moment":
        return datetime.fromisoformat(value).astimezone(zone).isoformat()
    return column.kind.show(value, unit, zone)


def beside_of(table: Table, actor: Actor, row_id: int) -> dict[str, Any]:
    """What the row's columns need to be shown, such as its item's decimals. Empty where the row is gone."""
    ways = sorted({column.beside for column in table.columns if column.beside})
    found = table.model.objects.of(actor.company).filter(pk=row_id).values(*ways).first() if ways else None  # type: ignore[attr-defined]
    return found or {}
