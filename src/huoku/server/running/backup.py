"""One file that holds everything: the database as of one moment, the files beside it, a manifest with digests.

SQLite is copied by its own online backup, while others write. PostgreSQL is read table by table in one snapshot, so
no program of the server's is needed; the rows can be put back into any PostgreSQL that the same migrations were run on.
"""

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from errno import EISDIR
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

import huoku
from huoku.server.platform import clock
from huoku.server.platform.scope import EVERY_COMPANY, entered
from huoku.server.running.manifest import FILES, FORMAT, NAME, Manifest, Part, blocks
from huoku.server.running.tables import data_tables, table_and_columns

KEPT = 14
"""So many nightly backups are kept."""
DATABASE = "database.sqlite3"
TABLES = "tables/"


def back_up(target: Path) -> Manifest:
    """Write a backup to ``target``, which appears only when it is whole. Others may go on writing meanwhile."""
    if target.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        work = Path(folder)
        parts, rows = (_of_sqlite if connection.vendor == "sqlite" else _of_postgresql)(work)
        media = Path(settings.MEDIA_ROOT)
        parts += [(FILES + path.relative_to(media).as_posix(), path) for path in _files_below(media)]
        half = work / "whole.zip"
        manifest = Manifest(
            format=FORMAT,
            version=huoku.__version__,
            made_at=clock.now().isoformat(timespec="seconds"),
            vendor=connection.vendor,
            migrations=last_migrations(),
            rows=rows,
            parts=tuple(_zip(half, parts)),
        )
        with ZipFile(half, "a", ZIP_DEFLATED) as archive:
            archive.writestr(NAME, manifest.to_json())
        half.chmod(0o600)
        with half.open("rb") as file:
            os.fsync(file.fileno())
        half.replace(target)
    return manifest


def nightly() -> Path:
    """Today's backup in the data folder, named by the server's own time; the oldest beyond 14 are removed."""
    folder = Path(settings.GIVEN.data) / "backups"
    here = clock.now().astimezone(ZoneInfo(settings.TIME_ZONE))
    target = folder / f"huoku-{here:%Y%m%d-%H%M%S}.zip"
    back_up(target)
    for old in sorted(folder.glob("huoku-*.zip"))[:-KEPT]:
        old.unlink()
    return target


def last_migrations() -> dict[str, str]:
    """The last migration of each app that this database has."""
    applied = MigrationRecorder(connection).applied_migrations()
    return {app: name for app, name in sorted(applied)}


def _files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _zip(target: Path, parts: list[tuple[str, Path]]) -> list[Part]:
    listed = []
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, path in parts:
            hasher, size = hashlib.sha256(), 0
            with path.open("rb") as file, archive.open(name, "w", force_zip64=True) as out:
                for block in blocks(file):
                    out.write(block)
                    hasher.update(block)
                    size += len(block)
            listed.append(Part(name, size, hasher.hexdigest()))
    return listed


def _of_sqlite(work: Path) -> tuple[list[tuple[str, Path]], dict[str, int]]:
    copy = work / DATABASE
    copy_sqlite(str(connection.settings_dict["NAME"]), copy)
    with closing(sqlite3.connect(copy)) as copied:
        rows = {table: int(copied.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]) for table in data_tables()}
    return [(DATABASE, copy)], rows


def copy_sqlite(source: str, target: Path) -> None:
    """SQLite's online backup, as a file without a log beside it."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _of_postgresql(work: Path) -> tuple[list[tuple[str, Path]], dict[str, int]]:
    parts, rows = [], {}
    with entered(EVERY_COMPANY), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in data_tables():
            path = work / f"{table}.copy"
            with (
                path.open("wb") as out,
                cursor.copy(f"COPY {table_and_columns(table)} TO STDOUT (FORMAT binary)") as read,
            ):
                for block in read:
                    out.write(block)
            rows[table] = max(cursor.rowcount, 0)
            parts.append((f"{TABLES}{table}.copy", path))
    return parts, rows
