"""The files of one bringing: what was packed together is taken apart, in memory and within limits."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huoku.factory.findings import Findings
from huoku.language import Sentence

MOST_BYTES = 256 << 20
"""So much all files together may hold, unpacked."""
HIGHEST_RATIO = 200
HARMLESS = 16 << 20
MOST_FILES = 100
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

NOT_A_ZIP = Sentence(
    "压缩包打不开；请重新压缩成不加密的 .zip", "this archive cannot be opened; pack it as a plain .zip"
)
TOO_BIG = Sentence(
    "解开后有 {size} MB，压缩比 {ratio}；上限是 256 MB 和 200；请拆成几个文件",
    "unpacked it holds {size} MB, {ratio} {ratio|time|times} its size; the limits are 256 MB and 200; split it",
)
TOO_MANY = Sentence("一次最多 100 个文件，这里有 {number} 个", "100 files at most at once, here are {number}")
LOCKED = Sentence("压缩包加了密码；请去掉密码再压缩", "the archive has a password; pack it without one")


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file by its name and its bytes."""

    name: str
    data: bytes


def unpacked(files: Sequence[BroughtFile], findings: Findings) -> list[BroughtFile]:
    """The files, archives taken apart (one level). What cannot be opened is told."""
    found: list[BroughtFile] = []
    for file in files:
        if is_archive(file):
            found += _members(file, findings)
        else:
            found.append(file)
    if len(found) > MOST_FILES:
        findings.error("too_many_files", TOO_MANY, number=len(found))
        return []
    if (size := sum(len(file.data) for file in found)) > MOST_BYTES:
        findings.error("too_big", TOO_BIG, size=size >> 20, ratio=1)
        return []
    return found


def is_archive(file: BroughtFile) -> bool:
    """Whether this is a packed folder; a workbook is packed as well, but names its parts otherwise."""
    if not file.data.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            return "[Content_Types].xml" not in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return not file.name.lower().endswith((".xlsx", ".xlsm"))


def _members(file: BroughtFile, findings: Findings) -> list[BroughtFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            wanted = list(_wanted(archive))
            size = sum(part.file_size for _, part in wanted)
            ratio = size / max(1, len(file.data))
            if any(part.flag_bits & 1 for _, part in wanted):
                findings.error("locked", LOCKED, file=file.name)
            elif len(wanted) > MOST_FILES:
                findings.error("too_many_files", TOO_MANY, file=file.name, number=len(wanted))
            elif size > MOST_BYTES or (ratio > HIGHEST_RATIO and size > HARMLESS):
                findings.error("too_big", TOO_BIG, file=file.name, size=size >> 20, ratio=round(ratio))
            else:
                return [BroughtFile(name, _read(archive, part)) for name, part in wanted]
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, RuntimeError, NotImplementedError, zlib.error):
        findings.error("no_archive", NOT_A_ZIP, file=file.name)
    return []


def _wanted(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The files of an archive by their own names; what systems leave behind in folders is passed over."""
    for part in archive.infolist():
        name = _name(part).replace("\\", "/")
        last = name.rsplit("/", 1)[-1]
        if last and not last.startswith((".", "~$")) and "__MACOSX" not in name:
            yield last, part


def _name(part: zipfile.ZipInfo) -> str:
    """Windows packs Chinese names in its own encoding without saying so; Python then takes them for cp437."""
    if part.flag_bits & 0x800:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return part.filename


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """No more than what the archive says of it, whatever it holds."""
    with archive.open(part) as stream:
        data = stream.read(part.file_size + 1)
    if len(data) > part.file_size:
        raise zipfile.BadZipFile(part.filename)
    return data
