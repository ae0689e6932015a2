"""What a command writes at its end: its chained rows and audit entry in their chains, and all other rows."""

from functools import lru_cache
from typing import Any

from django.db import models

from huoku.server.platform.at import At, Chained
from huoku.server.platform.audit import StreamName, lock_heads, putting_back
from huoku.server.platform.canonical import canonical
from huoku.server.platform.models import AuditEntry, AuditSubject, Event
from huoku.server.platform.sql import Statement, inserting
from huoku.server.platform.wholes import wholes_of


def record(at: At, name: str, stream: StreamName) -> list[Statement]:
    """What is to be written at the end. The heads of the chains are locked here and nowhere before."""
    at.chained.append(Chained(stream, AuditEntry, *_audited(at, name)))
    heads = lock_heads(at.company_id, [row.stream for row in at.chained], at.now)
    chained: dict[type[models.Model], list[dict[str, Any]]] = {}
    for row in at.chained:
        chained.setdefault(row.model, []).append({**row.values, **heads[row.stream].extend(row.entry)})
    (entry,) = chained[AuditEntry]
    place = {"stream_id": entry["stream_id"], "seq": entry["seq"]}
    for event in at.rows.get(Event, ()):
        event |= place
    return [
        putting_back(heads),
        *(each for model, rows in chained.items() for each in inserting(model, rows)),
        *(each for model in _referred_to_first(tuple(at.rows)) for each in inserting(model, at.rows[model])),
        *_subjects(at, **place),
    ]


@lru_cache(maxsize=256)
def _referred_to_first(wanted: tuple[type[models.Model], ...]) -> list[type[models.Model]]:
    """The models in an order in which a row comes after those that it refers to."""
    ordered: list[type[models.Model]] = []

    def place(model: type[models.Model]) -> None:
        for each in model._meta.concrete_fields:
            if each.related_model in wanted and each.related_model is not model:
                place(each.related_model)
        if model not in ordered:
            ordered.append(model)

    for model in wanted:
        place(model)
    return ordered


def _subjects(at: At, stream_id: int, seq: int) -> list[Statement]:
    """The rows that the audit entry is about, so that a row's history is found; of one that was removed also those
    that it was a part of."""
    about = [change for change in at.changes if isinstance(change.get("id"), int)]
    subjects = {(change["what"], change["id"]) for change in about}
    for change in about:
        if change.get("old") and not change.get("new"):
            subjects |= wholes_of(change["what"], change["old"])
    return [(_SUBJECT, [what, row, stream_id, seq]) for what, row in sorted(subjects)]


_SUBJECT = (
    f'INSERT INTO "{AuditSubject._meta.db_table}" (company_id, entry_id, what, "row") '
    f'SELECT company_id, id, %s, %s FROM "{AuditEntry._meta.db_table}" WHERE stream_id = %s AND seq = %s'
)


def _audited(at: At, name: str) -> tuple[bytes, dict[str, Any]]:
    entry = {
        "actor_id": at.actor.user.pk if at.actor.user else None,
        "role": ",".join(sorted(at.actor.roles)),
        "via": at.actor.via,
        "action": name,
        "reason": at.reason,
        "request_id": at.actor.request_id,
        "command_key": at.key,
        "changes": canonical(at.changes).decode(),
    }
    return canonical(entry), {"company_id": at.company_id, **entry}
