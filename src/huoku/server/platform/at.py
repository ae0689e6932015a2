"""Where a command's body stands: who acts for which company and when, and what its end has to record."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from huoku.server.platform.actor import Actor
from huoku.server.platform.audit import StreamName
from huoku.server.platform.canonical import canonical
from huoku.server.platform.clock import business_day
from huoku.server.platform.models import Event


@dataclass(slots=True)
class At:
    """Where a command's body stands: who, for whom, when; and what is to be recorded at its end."""

    actor: Actor
    key: str
    now: datetime
    reason: str = ""
    changes: list[dict[str, Any]] = field(default_factory=list)
    rows: dict[type[models.Model], list[dict[str, Any]]] = field(default_factory=dict)
    chained: list["Chained"] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)
    is_approved: bool = False
    """A second person stands behind it."""
    held: dict[str, Any] = field(default_factory=dict)
    """What was locked and read once, and so holds until the end."""

    @property
    def company_id(self) -> int:
        return self.actor.company.pk

    @property
    def today(self) -> date:
        """The day that it is where the company works; never UTC's."""
        return business_day(self.actor.company, self.now)

    def changed(self, row: models.Model, old: dict[str, Any], new: dict[str, Any], *, is_touched: bool = False) -> None:
        """Note a change of one row for the audit entry: only the values that differ are kept. Where none does, nothing
        is noted, unless ``is_touched``: something was done with it all the same."""
        differing = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        if differing or is_touched:
            self.changes.append(
                {
                    "what": row._meta.label_lower,
                    "id": row.pk,
                    "old": {name: old.get(name) for name in differing if name in old},
                    "new": {name: new.get(name) for name in differing if name in new},
                }
            )

    def tell(self, kind: str, subject: models.Model, /, **facts: Any) -> None:
        """Leave an event for those who listen."""
        self.insert(
            Event,
            kind=kind,
            subject=f"{subject._meta.label_lower}:{subject.pk}",
            facts=canonical(facts).decode(),
            recorded_at=self.now,
        )

    def insert(self, model: type[models.Model], **values: Any) -> None:
        """Let a row of the company be inserted at the end, in one round with all others. The body cannot read it."""
        self.rows.setdefault(model, []).append({"company_id": self.company_id, **values})

    def append(self, stream: StreamName, model: type[models.Model], entry: bytes, **values: Any) -> None:
        """Let a row go into a chain at the end: ``entry`` are its canonical bytes, ``values`` its columns, to which
        stream, seq, digest and recorded_at are added."""
        self.chained.append(Chained(stream, model, entry, {"company_id": self.company_id, **values}))


@dataclass(slots=True)
class Chained:
    """A row that waits for its place in a chain."""

    stream: StreamName
    model: type[models.Model]
    entry: bytes
    values: dict[str, Any]
