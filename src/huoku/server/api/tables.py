"""The platform's own tables: sites, and the audit trail for those who may read all of it."""

from huoku.language import Sentence
from huoku.server.platform.commands.companies import add_site
from huoku.server.platform.models import AuditEntry, Site
from huoku.server.platform.rights import BE_HERE, READ_AUDIT
from huoku.server.platform.tables.kinds import TEXT
from huoku.server.platform.tables.table import Column, declare

declare(
    "sites",
    Site,
    read=BE_HERE,
    title=Sentence("厂区", "Sites"),
    columns=("id", "code", "name", "is_active"),
    add=add_site,
)
declare(
    "audit_entries",
    AuditEntry,
    read=READ_AUDIT,
    title=Sentence("审计记录", "The audit trail"),
    columns=(
        *("id", "seq", "recorded_at", Column("by", "actor__username", TEXT), "role", "via", "action", "reason"),
        *("request_id", "command_key", "changes"),
    ),
)
