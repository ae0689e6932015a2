"""Files that people bring: checked, then kept under the digest of their bytes, each company's in its own folder.

A file is what its first bytes say, and its name must agree. Nothing here opens or renders one.
"""

import hashlib
import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

import structlog
from django.conf import settings
from django.http import FileResponse
from pydantic import AfterValidator, StringConstraints

from huoku.language import Sentence
from huoku.server.platform.refusals import Refused
from huoku.server.platform.scope import entered

log = structlog.get_logger("huoku.security")

SCAN_SECONDS = 60
MOST_BYTES = 20 * 1024 * 1024

MediaType = Literal[
    "image/jpeg", "image/png", "image/webp", "application/pdf", "image/vnd.dwg", "image/vnd.dxf", "model/step"
]
MEDIA_TYPES: dict[MediaType, tuple[re.Pattern[bytes], tuple[str, ...]]] = {
    "image/jpeg": (re.compile(rb"\xff\xd8\xff"), (".jpg", ".jpeg")),
    "image/png": (re.compile(rb"\x89PNG\r\n\x1a\n"), (".png",)),
    "image/webp": (re.compile(rb"RIFF....WEBP", re.DOTALL), (".webp",)),
    "application/pdf": (re.compile(rb"%PDF-\d"), (".pdf",)),
    "image/vnd.dwg": (re.compile(rb"AC10\d\d"), (".dwg",)),
    "image/vnd.dxf": (re.compile(rb"\s*(999\r?\n[^\n]*\n\s*)?0\r?\nSECTION"), (".dxf",)),
    "model/step": (re.compile(rb"ISO-10303-21;"), (".stp", ".step")),
}
"""What may be put to rows, by its first bytes and the ends of its name. No SVG or HTML: they can hold programs."""
Kinds = Mapping[Any, tuple[re.Pattern[bytes], tuple[str, ...]]]

_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')


class FileRefused(Refused):
    is_kept = False


class TooLarge(FileRefused):
    code, status = "too_large", 413
    words = Sentence("文件太大，最大 {most} MB。", "The file is too large; {most} MB at most.")


class WrongKind(FileRefused):
    code, status = "wrong_kind", 415
    words = Sentence("不能识别 {value}，可以上传：{known}。", "{value} is none of the kinds that can be kept: {known}.")


class Infected(FileRefused):
    code = "infected"
    words = Sentence(
        "{value} 没有通过病毒检查，未保存。", "The virus scanner found something in {value}: it was not kept."
    )


class NotScanned(FileRefused):
    code, status = "not_scanned", 503
    words = Sentence(
        "病毒检查程序没有回答，文件未保存；请告诉管理员。",
        "The virus scanner does not answer: {value} was not kept. Tell whoever runs the server.",
    )


class NotKept(FileRefused):
    code = "not_kept"
    words = Sentence("文件还没有上传。", "The file was not uploaded before.")


def _safe_name(name: str) -> str:
    if _FORBIDDEN.search(name) or _RESERVED.match(name) or name.endswith((".", " ")) or name.startswith("."):
        raise ValueError("this cannot be the name of a file")
    return name


FileName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_safe_name)
]


@dataclass(frozen=True, slots=True)
class KeptFile:
    sha256: str
    size_bytes: int
    media_type: str


def keep(
    company_id: int, name: str, chunks: Iterable[bytes], *, kinds: Kinds = MEDIA_TYPES, most: int = MOST_BYTES
) -> KeptFile:
    """Check a file and keep it; the same bytes twice are kept once. Raises TooLarge, WrongKind."""
    digest, size, start = hashlib.sha256(), 0, b""
    folder = Path(settings.MEDIA_ROOT) / str(company_id)
    folder.mkdir(parents=True, exist_ok=True)
    file, draft = tempfile.mkstemp(dir=folder, prefix="draft-")
    try:
        with os.fdopen(file, "wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise TooLarge(field="file", value=name, most=most // 1024**2)
                start = (start + chunk)[:512] if len(start) < 512 else start
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        _scan(draft, name)
        kept = KeptFile(digest.hexdigest(), size, _media_type(name, start, kinds))
        place = path_of(company_id, kept.sha256)
        place.parent.mkdir(exist_ok=True)
        os.replace(draft, place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return kept


def _scan(draft: str, name: str) -> None:
    """Let the operator's scanner look at it, where there is one. Raises Infected, NotScanned."""
    scanner = shlex.split(settings.GIVEN.virus_scanner)
    if not scanner:
        return
    try:
        done = subprocess.run([*scanner, draft], stdin=subprocess.DEVNULL, capture_output=True, timeout=SCAN_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        log.exception("virus_scanner_failed")
        raise NotScanned(field="file", value=name) from None
    if done.returncode == 1:
        log.warning("virus_found", file=name)
        raise Infected(field="file", value=name)
    if done.returncode:
        log.error("virus_scanner_failed", status=done.returncode)
        raise NotScanned(field="file", value=name)


Keeper = Callable[[int], Iterable[str]]
"""Says for a company, by its id, the digests of the files that its rows name."""
KEEPERS: list[Keeper] = []


def keeps(keeper: Keeper) -> Keeper:
    """Let an app keep files that its rows name; in its ``extends.py``."""
    KEEPERS.append(keeper)
    return keeper


SWEPT_AFTER = timedelta(days=7)
"""So long a file may lie that no row names: brought and not put to anything, or taken away from it."""


def sweep(now: datetime) -> int:
    """Delete files that no row has named for ``SWEPT_AFTER``, and drafts of broken uploads; returns how many."""
    media, before, swept = Path(settings.MEDIA_ROOT), (now - SWEPT_AFTER).timestamp(), 0
    for folder in sorted(path for path in media.glob("*") if path.name.isdecimal()):
        with entered(int(folder.name)):
            named = {digest for keeper in KEEPERS for digest in keeper(int(folder.name))}
        old = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_mtime < before]
        for path in old:
            # Looked at again: who puts it to a row in this moment has made it new.
            if path.name not in named and path.stat().st_mtime < before:
                path.unlink()
                swept += 1
    return swept


def path_of(company_id: int, sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / str(company_id) / sha256[:2] / sha256


def served(company_id: int, sha256: str, name: str, media_type: str) -> FileResponse:
    """The bytes of a kept file: always to be saved, never to be run by the browser. Raises NotKept."""
    place = path_of(company_id, sha256)
    if not place.is_file():
        raise NotKept(field="sha256", value=sha256)
    response = FileResponse(place.open("rb"), content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["ETag"] = f'"{sha256}"'
    return response


def must_be_kept(company_id: int, sha256: str, size_bytes: int, media_type: MediaType) -> None:
    """Raises NotKept where no such file was kept for this company, or it is of another size or kind."""
    place = path_of(company_id, sha256)
    if not place.is_file() or place.stat().st_size != size_bytes:
        raise NotKept(field="sha256", value=sha256)
    os.utime(place)  # new again, so that the sweeping of unused files leaves it alone until the row is there
    with place.open("rb") as file:
        if not MEDIA_TYPES[media_type][0].match(file.read(512)):
            raise NotKept(field="media_type", value=media_type)


def _media_type(name: str, start: bytes, kinds: Kinds) -> str:
    for media_type, (magic, ends) in kinds.items():
        if magic.match(start) and name.lower().endswith(ends):
            return str(media_type)
    known = ", ".join(end for _, ends in kinds.values() for end in ends)
    raise WrongKind(field="file", value=name, known=known)
