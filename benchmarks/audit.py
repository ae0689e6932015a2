"""How long it takes to verify a chain of 1,000,000 audit entries: python benchmarks/audit.py [ENTRIES]

Makes a database of its own (SQLite in a temporary folder, or the one that HUOKU_DATABASE names, which has to be
empty), fills one company's chain in batches, seals it, and works everything out again. The mark is 60 seconds.
"""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta

ENTRIES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
MARK_SECONDS = 60 * ENTRIES / 1_000_000
BATCH = 10_000


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("HUOKU_DATA", folder)
        os.environ.setdefault("HUOKU_SECRET_KEY", "only for measuring")
        os.environ["DJANGO_SETTINGS_MODULE"] = "huoku.server.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        company = filled()
        seconds, findings = verified(company)
        print(
            f"{connection.vendor}: {ENTRIES:,} entries verified in {seconds:.1f} s, {ENTRIES / seconds:,.0f} a second"
        )
        print(f"mark: {MARK_SECONDS:.0f} s, {'met' if seconds <= MARK_SECONDS else 'MISSED'}; findings: {findings}")
        return 0 if seconds <= MARK_SECONDS and not findings else 1


def filled():
    """A company whose chain of items holds ENTRIES entries, as commands would have written them."""
    from django.db import transaction

    from huoku.server.platform.audit import Head, StreamName, lock_heads, putting_back
    from huoku.server.platform.canonical import canonical
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import AuditEntry, User
    from huoku.server.platform.scope import entered
    from huoku.server.platform.sql import ask_together

    owner = User.objects.create(username="owner")
    company = found_company("HUO", "活库电器", owner)
    begin, name = datetime(2026, 1, 1, tzinfo=UTC), StreamName("items")
    for first in range(0, ENTRIES, BATCH):
        with entered(company), transaction.atomic():
            head: Head = lock_heads(company.pk, [name], begin + timedelta(seconds=first))[name]
            rows = []
            for number in range(first, min(first + BATCH, ENTRIES)):
                new = {"code": f"P-{number}", "name": "电容", "kind": "buy", "decimals": 0, "tracking": "none"}
                change = {"what": "items.item", "id": number, "old": {}, "new": new}
                entry = {
                    "actor_id": owner.pk,
                    "role": "owner",
                    "via": "session",
                    "action": "items.add_item",
                    "reason": "",
                    "request_id": f"{number:032x}",
                    "command_key": f"key-{number}",
                    "changes": canonical([change]).decode(),
                }
                rows.append(AuditEntry(company=company, **entry, **head.extend(canonical(entry))))
            AuditEntry.objects.bulk_create(rows, batch_size=1000)
            ask_together([putting_back({name: head})])
    return company


def verified(company):
    from huoku.server.platform.seals import seal_all, verify

    seal_all()
    begun = time.perf_counter()
    findings = verify(company)
    return time.perf_counter() - begun, findings


if __name__ == "__main__":
    sys.exit(main())
