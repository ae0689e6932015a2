"""Reading the audit trail."""

from dataclasses import dataclass
from datetime import datetime

from huoku.server.platform.actor import Actor
from huoku.server.platform.models import AuditEntry
from huoku.server.platform.rights import READ_AUDIT
from huoku.server.platform.scope import ScopedQuerySet


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What of the trail is wanted. All that is given has to hold; ``until`` is not included."""

    since: datetime | None = None
    until: datetime | None = None
    user: int | None = None
    action: str = ""
    """A command's name, or the beginning of one: ``ledger.``."""
    subject: str = ""
    """A row that was changed: ``items.item:42``."""
    command_key: str = ""
    request_id: str = ""


def audit_trail(actor: Actor, wanted: AuditFilter | None = None) -> ScopedQuerySet[AuditEntry]:
    """Entries of the actor's company, newest first. Raises NotAllowed."""
    actor.must(READ_AUDIT)
    asked = wanted or AuditFilter()
    given = {
        "recorded_at__gte": asked.since,
        "recorded_at__lt": asked.until,
        "actor_id": asked.user,
        "action__startswith": asked.action or None,
        "command_key": asked.command_key or None,
        "request_id": asked.request_id or None,
    }
    rows = AuditEntry.objects.of(actor.company).filter(**{k: v for k, v in given.items() if v is not None})
    if asked.subject:
        what, _, row = asked.subject.partition(":")
        rows = rows.filter(subjects__what=what, subjects__row=row, subjects__company=actor.company)
    return rows.select_related("actor", "stream").order_by("-recorded_at", "-pk")
