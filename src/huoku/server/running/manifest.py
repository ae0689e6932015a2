"""What a backup holds, and how to tell that it is whole: every part with its size and SHA-256."""

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile
from zoneinfo import ZoneInfo

from huoku.errors import BackupRefused, Problem
from huoku.language import Sentence

NAME = "manifest.json"
FORMAT = 1
FILES = "files/"
"""Before the names of what people attached and of plans."""
BLOCK = 1 << 20
UNREADABLE = (BadZipFile, EOFError, ValueError, zlib.error)

NO_BACKUP = Sentence("不是活库的备份文件，或已损坏。", "This is no backup of huoku's, or it is damaged.")
NEWER = Sentence(
    "备份由更新的版本写成（格式 {value}），请先升级程序。", "A newer version wrote it (format {value}); upgrade first."
)
LACKING = Sentence("备份里缺少 {value}。", "The backup lacks {value}.")
DIFFERENT = Sentence("{value} 与清单的校验值不符，备份已损坏。", "{value} does not match its digest: it is damaged.")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``vendor``: sqlite or postgresql; ``migrations``: the last one of each app; ``rows``: how many each table has."""

    format: int
    version: str
    made_at: str
    vendor: str
    migrations: dict[str, str]
    rows: dict[str, int]
    parts: tuple[Part, ...]

    def made_in(self, zone: ZoneInfo) -> str:
        """The day and time of the backup as a clock of that zone shows them, such as 2026-05-04 02:00."""
        return f"{datetime.fromisoformat(self.made_at).astimezone(zone):%Y-%m-%d %H:%M}"

    @property
    def files(self) -> int:
        """How many files lie in it beside the database."""
        return sum(part.name.startswith(FILES) for part in self.parts)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def read_manifest(backup: Path) -> Manifest:
    """Raises BackupRefused where the file is no backup, or one of a newer kind."""
    try:
        with ZipFile(backup) as archive:
            said: dict[str, Any] = json.loads(archive.read(NAME))
        parts = tuple(Part(**part) for part in said.pop("parts"))
        manifest = Manifest(**said, parts=parts)
    except (*UNREADABLE, KeyError, TypeError) as fault:
        raise fault_of(backup, "no_backup", NO_BACKUP) from fault
    if manifest.format > FORMAT:
        raise fault_of(backup, "newer", NEWER, str(manifest.format))
    return manifest


def check_parts(backup: Path, manifest: Manifest) -> None:
    """Read every part and compare it with the manifest. Raises BackupRefused naming the first that differs or lacks."""
    with ZipFile(backup) as archive:
        there = set(archive.namelist())
        for part in manifest.parts:
            if part.name not in there:
                raise fault_of(backup, "part_lacking", LACKING, part.name)
            try:
                with archive.open(part.name) as file:
                    size, sha256 = fingerprint(file)
            except UNREADABLE as fault:
                raise fault_of(backup, "part_damaged", DIFFERENT, part.name) from fault
            if (size, sha256) != (part.size, part.sha256):
                raise fault_of(backup, "part_damaged", DIFFERENT, part.name)


def fingerprint(file: IO[bytes]) -> tuple[int, str]:
    """Size and SHA-256 of what is left to read."""
    hasher, size = hashlib.sha256(), 0
    for block in blocks(file):
        hasher.update(block)
        size += len(block)
    return size, hasher.hexdigest()


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block


def fault_of(backup: Path, rule: str, words: Sentence, value: str = "") -> BackupRefused:
    return BackupRefused([Problem("error", rule, words, file=str(backup), value=value)])
