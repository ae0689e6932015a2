"""Bringing a database up to the program's state: what would be done, and doing it after a backup."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from huoku.errors import UsageError
from huoku.language import Sentence
from huoku.server.platform.guards import missing_guards
from huoku.server.running.backup import back_up


@dataclass(frozen=True, slots=True)
class State:
    """``pending``: migrations that the program has and the database has not; ``unknown``: the other way round."""

    pending: tuple[str, ...]
    unknown: tuple[str, ...]


def state() -> State:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    unknown = sorted(set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations))
    return State(
        tuple(f"{migration.app_label}.{migration.name}" for migration, _ in plan),
        tuple(f"{app}.{name}" for app, name in unknown),
    )


NEWER = Sentence(
    "数据库比程序新（已有 {name}）：请安装更新的程序，或恢复升级前写下的备份",
    "the database is newer than this program (it has {name}): install the newer program, or restore the backup that "
    "the upgrade wrote",
)


def upgrade() -> tuple[State, Path | None]:
    """Back up, then migrate; interrupted, it goes on where it stopped. Returns the state before, and the backup.

    Raises UsageError where the database belongs to a newer program: it is never turned back.
    """
    before = state()
    if before.unknown:
        raise UsageError(NEWER, name=before.unknown[0])
    if not before.pending:
        if missing_guards():
            call_command("migrate", verbosity=0)  # puts them up again
        return before, None
    backup = None
    if connection.introspection.table_names():
        backup = Path(settings.GIVEN.data) / "backups" / f"before-upgrade-{before.pending[0]}.zip"
        back_up(backup)
    call_command("migrate", verbosity=0)
    return before, backup
