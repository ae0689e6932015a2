"""Which rows an audit entry is about, to find the history of one."""

from django.db import models

from huoku.server.platform.models.record import AuditEntry
from huoku.server.platform.scope import Scoped


class AuditSubject(Scoped):
    """An entry of the audit trail says something of this row. Derived from the entry's changes."""

    append_only = True

    entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="subjects")
    what = models.CharField(max_length=80, help_text="The kind of row, such as items.item.")
    row = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=("company", "what", "row"), name="audit_of_row")]
