"""What the parts of a workbook say before it is opened.

Three things hide in a workbook that a reader of values never sees: a small file that unpacks into
gigabytes, one stray cell in the last corner that makes a sheet of billions, and cells whose formula
failed or was never computed. So the XML of its sheets is scanned, piece by piece.
"""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

from huoku.factory.columns import LONGEST_TEXT
from huoku.factory.findings import Findings
from huoku.language import Sentence

LARGEST_UNPACKED = 512 << 20
HIGHEST_RATIO = 200
HARMLESS = 16 << 20
"""A workbook that unpacks to less than this may be packed as tightly as it likes."""
MOST_TEXT = 2 << 30
"""Cells may share one long text; opened, each has its own copy."""
SHARED_TEXTS = "xl/sharedStrings.xml"
CHUNK = 1 << 20

NO_WORKBOOK = Sentence(
    "这不是 Excel 工作簿（.xlsx）；请在 Excel 里另存为 .xlsx",
    "this is no Excel workbook (.xlsx); save it as .xlsx in Excel",
)
TOO_BIG = Sentence(
    "工作簿解压后有 {size} MB，压缩比 {ratio}；上限是 512 MB 和 200；请改用 CSV 或 Parquet",
    "the workbook unpacks to {size} MB, {ratio} {ratio|time|times} its size; the limits are 512 MB and 200; "
    "use CSV or Parquet",
)
TOO_MUCH_TEXT = Sentence(
    "有超过 10,000 个字符的文字，单元格又很多；请缩短文字，或改用 CSV、Parquet",
    "there are texts of more than 10,000 characters, and many cells; shorten them, or use CSV or Parquet",
)

_TAG = rb"<(?:\w+:)?"
_NAMED = rb"""[^<>]*?\br=["']([A-Z]{1,3}\d{1,7})["']"""
_CELL = re.compile(_TAG + rb"""c\b[^<>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_FAILED = re.compile(
    _TAG + rb"c\b(?=" + _NAMED + rb""")[^<>]*?\bt=["']e["'][^<>]*>.{0,8192}?""" + _TAG + rb"v>([^<]{0,40})<", re.DOTALL
)
_UNCOMPUTED = re.compile(  # a formula that gives an empty text has the type str, and was computed
    _TAG
    + rb"""c\b(?![^<>]*\bt=["']str)"""
    + _NAMED
    + rb"[^<>]*>"
    + _TAG
    + rb"f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)"
    rb"(?:" + _TAG + rb"v\s*/>|" + _TAG + rb"v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)


@dataclass(slots=True)
class Scan:
    """What the XML of one sheet says about its cells."""

    rows: int = 0
    columns: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    uncomputed: list[str] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """So many cells the opened sheet would have, filled or not."""
        return self.rows * self.columns


def weigh(data: bytes, file: str, wanted: Callable[[str], bool], findings: Findings) -> dict[str, Scan] | None:
    """A scan of each wanted sheet, by its name; None, and an error told, when the workbook must not be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            ratio = unpacked / max(1, len(data))
            if unpacked > LARGEST_UNPACKED or (ratio > HIGHEST_RATIO and unpacked > HARMLESS):
                findings.error("too_big", TOO_BIG, file=file, size=unpacked >> 20, ratio=round(ratio))
                return None
            scans = {name: _scan(archive, part) for name, part in _parts(archive).items() if wanted(name)}
            if _longest_text(archive) * sum(scan.cells for scan in scans.values()) > MOST_TEXT:
                findings.error("too_much_text", TOO_MUCH_TEXT, file=file)
                return None
            return scans
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, RuntimeError, NotImplementedError, zlib.error):
        findings.error("no_workbook", NO_WORKBOOK, file=file)
        return None


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> the part of the archive that holds its cells."""
    targets = {}
    for relation in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", archive.read("xl/_rels/workbook.xml.rels")):
        target = _attribute(relation, rb"Target").lstrip("/")
        targets[_attribute(relation, rb"Id")] = target if target.startswith("xl/") else f"xl/{target}"
    parts = {}
    for sheet in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", archive.read("xl/workbook.xml")):
        part = targets.get(_attribute(sheet, rb"\w+:id"), "")
        if part in archive.namelist():
            parts[html.unescape(_attribute(sheet, rb"name"))] = part
    return parts


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\b" + name + rb"""=(?:"([^"]*)"|'([^']*)')""", tag)
    return (found.group(1) or found.group(2) or b"").decode("utf-8", "replace") if found else ""


def _scan(archive: zipfile.ZipFile, part: str) -> Scan:
    scan = Scan()
    letters: set[bytes] = set()
    with archive.open(part) as stream:
        for chunk in _chunks(stream):
            for column, row in _CELL.findall(chunk):
                letters.add(column)
                scan.rows = max(scan.rows, int(row))
            if b'"e"' in chunk or b"'e'" in chunk:
                failed = _FAILED.findall(chunk)
                scan.failed.update((cell.decode(), value.decode("utf-8", "replace")) for cell, value in failed)
            if b"f>" in chunk or b"f " in chunk:
                scan.uncomputed += [cell.decode() for cell in _UNCOMPUTED.findall(chunk)]
    scan.columns = max((_number(column.decode()) for column in letters), default=0)
    return scan


def _chunks(stream: IO[bytes], element: bytes = b"<c ") -> Iterator[bytes]:
    """Pieces of the XML that end where an element begins, so that no cell is cut."""
    rest = b""
    while piece := stream.read(CHUNK):
        text = rest + piece
        cut = text.rfind(element)
        cut = cut if cut > 0 else len(text)
        yield text[:cut]
        rest = text[cut:]
    yield rest


def _longest_text(archive: zipfile.ZipFile) -> int:
    """Bytes of the longest text that cells share, if it is longer than a cell may be; else 0."""
    if SHARED_TEXTS not in archive.namelist():
        return 0
    with archive.open(SHARED_TEXTS) as stream:
        longest = max((len(text) for chunk in _chunks(stream, b"<si>") for text in chunk.split(b"</si>")), default=0)
    return longest if longest > LONGEST_TEXT else 0


def _number(letters: str) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
