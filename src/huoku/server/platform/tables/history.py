"""The history of a row and of what it is made up of, such as an order's lines: who changed what when and why, read from
the audit trail, as far as the actor may see it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from huoku.server.platform.actor import Actor
from huoku.server.platform.models import AuditEntry, AuditSubject
from huoku.server.platform.tables.parts import Part, called, known_of, known_of_gone, parts_of
from huoku.server.platform.tables.table import TABLES, Column, Table

MOST_ENTRIES = 500
Change = Mapping[str, Any]


def history(table: Table, actor: Actor, row_id: int) -> list[dict[str, Any]]:
    """The entries about a row and its parts, the last first; each change names the table and the row that it is of.

    Values of columns that the actor may not see are left out, and entries that changed nothing else are shown without
    values. Whether the actor may read the row is asked before.
    """
    parts = parts_of(table, actor)
    entries = _entries(table, actor, row_id, parts)
    told = {entry.pk: json.loads(entry.changes) for entry in entries}
    shown = _Shown(table, actor, row_id, parts, [change for changes in told.values() for change in changes])
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
            "changes": list(shown.of(told[entry.pk])),
        }
        for entry in entries
    ]


def _entries(table: Table, actor: Actor, row_id: int, parts: Sequence[Part]) -> list[AuditEntry]:
    about = Q(what=table.model._meta.label_lower, row=row_id)
    for part in parts:
        about |= Q(what=part.what, row__in=part.of(actor, row_id).values("pk"))
    found = _about(actor, about)
    removed = Q()
    for part in parts:
        if gone := {change["id"] for entry in found for change in _gone(part, row_id, json.loads(entry.changes))}:
            removed |= Q(what=part.what, row__in=gone)
    return _about(actor, about | removed) if removed else found


def _about(actor: Actor, about: Q) -> list[AuditEntry]:
    subjects = AuditSubject.objects.of(actor.company).filter(about)
    entries = AuditEntry.objects.of(actor.company).filter(pk__in=subjects.values("entry"))
    return list(entries.select_related("actor").order_by("-recorded_at", "-pk")[:MOST_ENTRIES])


def _gone(part: Part, row_id: int, changes: Iterable[Change]) -> Iterator[Change]:
    """Parts of the row that were removed: their last facts name it."""
    for change in changes:
        is_removed = change.get("what") == part.what and change.get("old") and not change.get("new")
        if is_removed and change["old"].get(part.way) == row_id:
            yield change


class _Shown:
    """Shows changes of one row and of its parts."""

    def __init__(
        self, table: Table, actor: Actor, row_id: int, parts: Sequence[Part], changes: Sequence[Change]
    ) -> None:
        self.table, self.actor, self.row_id = table, actor, row_id
        self.zone = ZoneInfo(actor.company.timezone)
        self.what = table.model._meta.label_lower
        self.seen = {column.source: column for column in table.seen_by(actor).values()}
        self.beside = beside_of(table, actor, row_id)
        self.parts = {part.what: part for part in parts}
        self.ours = self._ours(changes)

    def _ours(self, changes: Sequence[Change]) -> dict[str, dict[int, dict[str, Any]]]:
        """By kind and id, what is known of the parts that the changes are of: those of this row, also those that are
        gone."""
        wanted = [
            (part, {change["id"] for change in changes if change.get("what") == what})
            for what, part in self.parts.items()
        ]
        found = known_of(self.actor, self.row_id, wanted)
        for what, part in self.parts.items():
            for change in _gone(part, self.row_id, changes):
                if change["id"] not in found[what]:
                    found[what][change["id"]] = known_of_gone(part, self.actor, change["old"])
        return found

    def of(self, changes: Iterable[Change]) -> Iterator[dict[str, Any]]:
        for change in changes:
            if change.get("what") == self.what and change.get("id") == self.row_id:
                yield from self._of_the_row(change)
            elif change.get("id") in (ours := self.ours.get(change.get("what", ""), {})):
                yield from self._of_a_part(self.parts[change["what"]], change, ours[change["id"]])

    def _of_the_row(self, change: Change) -> Iterator[dict[str, Any]]:
        about = {"table": self.table.name, "row": self.row_id}
        old, new = change.get("old", {}), change.get("new", {})
        for source in dict.fromkeys([*old, *new]):
            if column := self.seen.get(source):
                values = [
                    _value(column, facts, {**self.beside, **new, **old, **facts}, self.zone) for facts in (old, new)
                ]
                yield {**about, "field": column.name, "old": values[0], "new": values[1]}
            elif source in self.table.expands and self.table.expands[source].many:  # rows that were written with it
                written = [self._written(source, facts.get(source)) for facts in (old, new)]
                yield {**about, "field": source, "old": written[0], "new": written[1]}

    def _written(self, expand: str, rows: Any) -> Any:
        """Without what the actor may not see of such rows."""
        table = TABLES[self.table.expands[expand].table]
        unseen = {column.name for column in table.columns} - table.seen_by(self.actor).keys()
        if not isinstance(rows, list):
            return rows
        return [
            {name: value for name, value in row.items() if name not in unseen} if isinstance(row, dict) else row
            for row in rows
        ]

    def _of_a_part(self, part: Part, change: Change, known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """What changed of it, value by value; of one that came or went all of it at once."""
        about = {"table": part.table.name, "row": change["id"], "part": part.name, "called": called(part, known)}
        old, new = change.get("old", {}), change.get("new", {})
        seen = {column.source: column for column in part.table.seen_by(self.actor).values()}
        columns = [seen[source] for source in dict.fromkeys([*old, *new]) if source in seen]
        values = {
            column.name: [_value(column, facts, {**known, **new, **old, **facts}, self.zone) for facts in (old, new)]
            for column in columns
        }
        if old and new:
            for name, (before, after) in values.items():
                yield {**about, "field": name, "old": before, "new": after}
        elif values:
            whole = [{name: each[side] for name, each in values.items()} for side in (0, 1)]
            yield {**about, "field": part.name, "old": whole[0] if old else None, "new": whole[1] if new else None}


def _value(column: Column, facts: Mapping[str, Any], beside: Mapping[str, Any], zone: ZoneInfo) -> Any:
    return as_shown(column, facts.get(column.source), beside.get(column.beside), zone)


def as_shown(column: Column, value: Any, unit: Any, zone: ZoneInfo) -> Any:
    """A value as the audit trail has it: dates and times are text there already."""
    if value is None or column.kind.frame == "date":
        return value
    if column.kind.frame == "moment":
        return datetime.fromisoformat(value).astimezone(zone).isoformat()
    return column.kind.show(value, unit, zone)


def beside_of(table: Table, actor: Actor, row_id: int) -> dict[str, Any]:
    """What the row's columns need to be shown, such as its item's decimals. Empty where the row is gone."""
    ways = sorted({column.beside for column in table.held if column.beside})
    found = table.model.objects.of(actor.company).filter(pk=row_id).values(*ways).first() if ways else None  # type: ignore[attr-defined]
    return found or {}
