"""What somebody has done: the stored answer of his command, and what its audit entry says that it changed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.apps import apps

from huoku.server.platform.actor import Actor
from huoku.server.platform.canonical import digest
from huoku.server.platform.models import AuditEntry, CommandRecord

LASTING = timedelta(minutes=10)
UNDO = "office.undo"


def key_of(key: str) -> str:
    """The key under which what was done under ``key`` is undone: once, and findable from both ends."""
    return f"undo:{digest(key.encode()).hex()[:40]}"


@dataclass(frozen=True, slots=True)
class Change:
    """One row that was changed: the model's label, its id, old and new values by column."""

    what: str
    id: Any
    old: Mapping[str, Any]
    new: Mapping[str, Any]


@dataclass(frozen=True)
class Doing:
    actor: Actor
    name: str
    key: str
    at: datetime
    answer: Mapping[str, Any]

    @property
    def until(self) -> datetime:
        """So long it can be undone."""
        return self.at + LASTING

    @cached_property
    def recorded(self) -> Sequence[Change]:
        """All that it changed. Nothing where the entry is not found."""
        entries = AuditEntry.objects.of(self.actor.company).filter(
            recorded_at__range=(self.at, self.until), command_key=self.key, action=self.name
        )
        return [
            Change(each["what"], each["id"], each.get("old", {}), each.get("new", {}))
            for entry in entries
            for each in json.loads(entry.changes)
        ]

    def changes(self, what: str = "") -> Iterator[Change]:
        """Of rows of this kind, or of all."""
        return (each for each in self.recorded if what in ("", each.what))

    def version_left(self, what: str, id: Any, version: int) -> int:
        """``version``, in which this left a row; where all that was done to the row since has been undone, the one that
        it has now."""
        entries = AuditEntry.objects.of(self.actor.company).filter(recorded_at__gte=self.at)
        mine = max(entries.filter(command_key=self.key, action=self.name).values_list("pk", flat=True), default=0)
        touching = [
            entry
            for entry in entries.filter(pk__gt=mine, changes__contains=what)
            if any((each["what"], each["id"]) == (what, id) for each in json.loads(entry.changes))
        ]
        undone = {entry.command_key for entry in touching if entry.action == UNDO}
        if not touching or any(e.action != UNDO and key_of(e.command_key) not in undone for e in touching):
            return version
        model: Any = apps.get_model(what)
        rows = model.objects.of(self.actor.company).filter(pk=id)
        return int(rows.values_list("version", flat=True).first() or version)


class PartDone(Doing):
    """One of several commands that were carried out as one, with what it changed."""

    def __init__(self, whole: Doing, name: str, answer: Mapping[str, Any], recorded: Sequence[Change]) -> None:
        super().__init__(whole.actor, name, whole.key, whole.at, answer)
        vars(self)["recorded"] = recorded


def done_under(actor: Actor, key: str) -> Doing | None:
    """What the actor did under this key of his; None where that was nothing, or was refused."""
    record = CommandRecord.objects.of(actor.company).filter(scope=actor.key_scope, key=key, status=200).first()
    if record is None:
        return None
    answer = json.loads(record.answer)
    return Doing(actor, record.name, key, record.recorded_at, answer if isinstance(answer, dict) else {})
