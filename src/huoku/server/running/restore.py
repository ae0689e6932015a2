"""Putting a backup back, into an empty place only: what is there is never overwritten."""

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from huoku.errors import UsageError
from huoku.language import Sentence
from huoku.server.platform.guards import scoped_models
from huoku.server.running.backup import DATABASE, TABLES
from huoku.server.running.manifest import BLOCK, FILES, Manifest, check_parts, fault_of, read_manifest
from huoku.server.running.tables import close_after_loading, data_tables, open_for_loading, table_and_columns

UNKNOWN = Sentence(
    "备份来自更新的程序（{value}），请先升级程序。",
    "It comes from a newer program ({value}); upgrade the program first.",
)
OTHER_KIND = Sentence(
    "这是 {value} 的备份，要恢复到 {value}；需要时再用 huoku move-to-postgres 转换。",
    "This is a backup of {value} and goes back into {value}; `huoku move-to-postgres` converts afterwards.",
)
UNSOUND = Sentence("数据库文件检查不通过：{value}", "The database file is not sound: {value}")
LACKING_PLACE = Sentence("文件名 {value} 指向备份之外。", "The file name {value} leads out of the backup.")
ROWS = Sentence("表 {value} 的行数与清单不符。", "The table {value} has another number of rows than the manifest says.")


@dataclass(frozen=True, slots=True)
class Restored:
    manifest: Manifest
    rows: int


def restore(backup: Path) -> Restored:
    """Check ``backup``, put it into the (empty) database and files folder of the settings, bring it up to date.

    Raises BackupRefused where it is damaged, newer than the program or of the other database; UsageError where the
    target holds anything.
    """
    manifest = read_manifest(backup)
    check_parts(backup, manifest)
    _must_be_known(backup, manifest)
    if manifest.vendor != connection.vendor:
        raise fault_of(backup, "other_database", OTHER_KIND, manifest.vendor)
    (_into_sqlite if connection.vendor == "sqlite" else _into_postgresql)(backup, manifest)
    _files(backup, manifest)
    call_command("migrate", verbosity=0)
    return Restored(manifest, sum(manifest.rows.values()))


DATABASE_THERE = Sentence(
    "{target}：已经有数据库；请恢复到另一个数据文件夹（HUOKU_DATA）",
    "{target}: there is a database already; restore into another data folder (HUOKU_DATA)",
)
NOT_EMPTY = Sentence(
    "数据库不是空的；请新建一个，写进 HUOKU_DATABASE",
    "the database is not empty; make a new one and name it in HUOKU_DATABASE",
)


def _must_be_known(backup: Path, manifest: Manifest) -> None:
    known = set(MigrationLoader(None).disk_migrations)
    if unknown := sorted(f"{app}.{name}" for app, name in manifest.migrations.items() if (app, name) not in known):
        raise fault_of(backup, "newer", UNKNOWN, unknown[0])


def _into_sqlite(backup: Path, manifest: Manifest) -> None:
    target = Path(str(connection.settings_dict["NAME"]))
    if target.exists():
        raise UsageError(DATABASE_THERE, target=target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".restore-") as folder:
        half = Path(folder) / DATABASE
        with ZipFile(backup) as archive, archive.open(DATABASE) as file, half.open("wb") as out:
            while block := file.read(BLOCK):
                out.write(block)
        half.chmod(0o600)
        with closing(sqlite3.connect(half)) as restored:
            said = restored.execute("PRAGMA integrity_check").fetchone()[0]
            if said != "ok":
                raise fault_of(backup, "unsound", UNSOUND, str(said))
            for table, rows in manifest.rows.items():
                if restored.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] != rows:
                    raise fault_of(backup, "rows_differ", ROWS, table)
        half.replace(target)


def _into_postgresql(backup: Path, manifest: Manifest) -> None:
    if connection.introspection.table_names():
        raise UsageError(NOT_EMPTY)
    for app, name in manifest.migrations.items():
        call_command("migrate", app, name, verbosity=0)
    guarded = {model._meta.db_table for model in scoped_models()}
    tables = data_tables()
    with ZipFile(backup) as archive, transaction.atomic():
        open_for_loading(connection, tables)
        with connection.cursor() as cursor:
            for table in tables:
                with (
                    archive.open(f"{TABLES}{table}.copy") as file,
                    cursor.copy(f"COPY {table_and_columns(table)} FROM STDIN (FORMAT binary)") as write,
                ):
                    while block := file.read(BLOCK):
                        write.write(block)
                if cursor.rowcount != manifest.rows[table]:
                    raise fault_of(backup, "rows_differ", ROWS, table)
        close_after_loading(connection, tables, guarded)


def _files(backup: Path, manifest: Manifest) -> None:
    media = Path(settings.MEDIA_ROOT).resolve()
    with ZipFile(backup) as archive:
        for part in manifest.parts:
            if not part.name.startswith(FILES):
                continue
            target = (media / part.name.removeprefix(FILES)).resolve()
            if not target.is_relative_to(media):
                raise fault_of(backup, "path", LACKING_PLACE, part.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(part.name) as file, target.open("wb") as out:
                while block := file.read(BLOCK):
                    out.write(block)
