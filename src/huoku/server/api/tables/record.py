"""The record of what was done: the audit trail, its chains and their seals, and what runs by itself."""

from django.db.models import QuerySet

from huoku.language import Sentence
from huoku.server.api.tables.rules import as_seen
from huoku.server.ledger.commands import freezing
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import AuditEntry, Job, Schedule, Seal, Stream
from huoku.server.platform.rights import BE_HERE, READ_AUDIT, READ_JOBS
from huoku.server.platform.tables.kinds import INTEGER, JSON, TEXT
from huoku.server.platform.tables.table import Column, declare


def own_jobs(actor: Actor) -> QuerySet[Job]:
    """One's own; everybody's for whoever looks after the server."""
    rows = rows_for(actor, Job)
    return rows if actor.may(READ_JOBS) else rows.filter(user=actor.user)


CHAIN = (Column("chain", "stream__kind", TEXT, nullable=False), Column("shard", "stream__shard", INTEGER))

declare(
    "audit_entries",
    AuditEntry,
    read=READ_AUDIT,
    title=Sentence("审计记录", "The audit trail"),
    columns=(
        *("id", *CHAIN, "seq", "recorded_at", Column("by", "actor__username", TEXT), "role", "via", "action"),
        *("reason", "request_id", "command_key", "changes", "digest"),
    ),
)
declare(
    "chains",
    Stream,
    read=READ_JOBS,
    title=Sentence("记录链", "Chains of the record"),
    columns=("id", "kind", "shard", "length", "head", "last_at", "is_frozen"),
    actions={"freeze": freezing.freeze_stream},
)
declare(
    "seals",
    Seal,
    read=READ_AUDIT,
    title=Sentence("封存：每分钟的根摘要", "Seals: the root over all chains, minute by minute"),
    columns=("id", "number", "sealed_at", "root"),
)
declare(
    "jobs",
    Job,
    read=BE_HERE,
    title=Sentence("后台请求：要等一会儿的", "Long requests and what came of them"),
    columns=(
        *("id", "kind", Column("by", "user__username", TEXT, nullable=False), "state", "made_at", "ended_at"),
        *("status", Column("answer", "answer", JSON, seen=as_seen)),
    ),
    rows=own_jobs,
)
declare(
    "schedules",
    Schedule,
    read=READ_JOBS,
    title=Sentence("定时任务", "Recurring jobs of this server"),
    columns=("id", "name", "next_at", "last_at", "is_active"),
    rows=lambda actor: Schedule.objects.all(),
)
