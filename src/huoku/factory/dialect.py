"""CSV as it comes in real life: which encoding, which separator, and the cells as text.

The ladder of encodings is: byte-order mark, strict UTF-8, GB18030. Guessing libraries take short
Chinese files for Korean; this ladder does not.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from huoku.factory.contract import Table
from huoku.factory.findings import Findings
from huoku.factory.sheet import RawTable
from huoku.language import Sentence

MOST_COLUMNS = 1_000
LONGEST_FIELD = 131_072
SEPARATORS = (",", ";", "\t", "|")
CHUNK_ROWS = 50_000

NO_TABLE = Sentence(
    "这不是表格文件；请存成 UTF-8 编码的 CSV",
    "this file is no table; save it as CSV in UTF-8",
)
EMPTY_FILE = Sentence(
    "文件是空的，没有列名行；请补上列名或删掉文件",
    "the file is empty and has no header row; add one or delete the file",
)
TOO_MANY_COLUMNS = Sentence(
    "有 {number} 列，最多 1,000 列；请删去多余的列",
    "there are {number} {number|column|columns}, more than 1,000; remove those that are not needed",
)
ODD_SEPARATOR = Sentence(
    "列之间用的是{name}，不是逗号；已照此读取", "the columns are separated by {name}, not by commas; read as such"
)
LONG_ROW = Sentence(
    "这一行比列名行多出内容“{value}”；含逗号的单元格请加引号",
    "this row has more cells than the header: “{value}”; quote cells that hold a comma",
)
BROKEN_QUOTES = Sentence(
    "引号没有成对；请检查这一行附近的引号",
    "a quotation mark is not closed or stands in the wrong place; check the quotes near this row",
)

Chunk = tuple[Sequence[int], Sequence[Sequence[str]]]
"""Some rows of text cells, with the number of each as the user counts."""

LINE_END = re.compile(r"\r\n|\r|\n")
SEPARATOR_NAMES = {";": "“;”", "\t": "Tab", "|": "“|”"}


def decode(data: bytes) -> str | None:
    """The text of a file; None when it is no text."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, encoding)
    text = _strict(data, "utf-8")
    return _strict(data, "gb18030") if text is None and b"\0" not in data else text


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def read_csv(data: bytes, table: Table, file: str, findings: Findings) -> RawTable | None:
    """The cells of a CSV file as text; None, and an error told, when it is no table at all."""
    text = decode(data)
    if text is None:
        findings.error("no_table", NO_TABLE, file=file, table=table.name)
        return None
    if not text.strip():
        findings.error("empty_file", EMPTY_FILE, file=file, table=table.name)
        return None
    separator = _separator(text, table)
    if separator != ",":
        findings.warning("separator", ODD_SEPARATOR, file=file, table=table.name, name=SEPARATOR_NAMES[separator])
    plainly = _read_plain(text, separator, table, file)
    return plainly or _read_careful(text, separator, table, file, findings)


def _separator(text: str, table: Table) -> str:
    """The separator that makes the first filled line name the most columns of the table."""
    line = LINE_END.split(text[: 1 << 20].lstrip(), maxsplit=1)[0]

    def known(separator: str) -> int:
        cells = line.split(separator)[: MOST_COLUMNS + 1]
        return sum(table.named(cell.strip().strip('"')) is not None for cell in cells)

    return max(SEPARATORS, key=lambda separator: (known(separator), separator == ","))


def _read_plain(text: str, separator: str, table: Table, file: str) -> RawTable | None:
    """The fast way, for a file without quotes, blank lines or rows of odd length; None for all others."""
    if '"' in text:  # a quoted cell may hold line ends of its own
        return None
    text = LINE_END.sub("\n", text) if "\r" in text else text
    if "\n\n" in text or text.startswith("\n"):
        return None
    headers = tuple(text[: text.find("\n")].split(separator) if "\n" in text else text.split(separator))
    if not any(header.strip() for header in headers) or len(headers) > MOST_COLUMNS:
        return None
    schema = {str(at): pl.String for at in range(len(headers))}
    try:
        frame = pl.read_csv(text.encode(), has_header=False, schema=schema, separator=separator, quote_char=None)
    except (PolarsError, UnicodeEncodeError):
        return None
    body = frame.slice(1)
    return RawTable(table, file, headers, body, pl.int_range(2, body.height + 2, dtype=pl.UInt32, eager=True))


def _read_careful(text: str, separator: str, table: Table, file: str, findings: Findings) -> RawTable | None:
    """The slow and exact way: quoted cells, blank lines, and every row that does not fit told."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)

    try:
        return gather(_numbered(reader), table, file, findings)
    except csv.Error:
        findings.error("broken_quotes", BROKEN_QUOTES, file=file, table=table.name, row=max(1, reader.line_num))
        return None


def _numbered(reader: Any) -> Iterator[Chunk]:
    """The rows of a CSV reader with the line each begins on; a quoted cell may span several lines."""
    begins = 1
    while rows := list(islice(reader, CHUNK_ROWS)):
        if reader.line_num == begins + len(rows) - 1:
            numbers: Sequence[int] = range(begins, begins + len(rows))
        else:
            heights = (1 + sum(len(LINE_END.findall(cell)) for cell in row) for row in rows)
            numbers = list(accumulate(heights, initial=begins))[:-1]
        yield numbers, rows
        begins = reader.line_num + 1


def gather(chunks: Iterable[Chunk], table: Table, file: str, findings: Findings) -> RawTable | None:
    """A table from rows of text cells: the first filled row is the header row. None, and told, if there is none."""
    headers: tuple[str, ...] = ()
    frames, numbers = [], []
    for these, rows in chunks:
        if not headers:
            at = next((at for at, cells in enumerate(rows) if _filled(cells)), None)
            if at is None:
                continue
            headers = _without_empty_end(rows[at])
            if len(headers) > MOST_COLUMNS:
                findings.error("too_many_columns", TOO_MANY_COLUMNS, file=file, table=table.name, number=len(headers))
                return None
            these, rows = these[at + 1 :], rows[at + 1 :]
        if any(len(cells) != len(headers) for cells in rows):
            rows = [
                _fitted(cells, headers, number, table, file, findings)
                for number, cells in zip(these, rows, strict=True)
            ]
        schema = {str(at): pl.String for at in range(len(headers))}
        columns = zip(*rows, strict=True) if rows else [()] * len(headers)
        frames.append(pl.DataFrame(dict(zip(schema, columns, strict=True)), schema=schema))
        numbers.append(pl.Series(these, dtype=pl.UInt32))
    if not headers:
        findings.error("empty_file", EMPTY_FILE, file=file, table=table.name)
        return None
    return RawTable(table, file, headers, pl.concat(frames), pl.concat(numbers))


def _filled(cells: Sequence[str]) -> bool:
    return any(cell and not cell.isspace() for cell in cells)


def _without_empty_end(cells: Sequence[str]) -> tuple[str, ...]:
    width = max(at for at, cell in enumerate(cells, 1) if cell and not cell.isspace())
    return tuple(cells[:width])


def _fitted(
    cells: Sequence[str], headers: tuple[str, ...], number: int, table: Table, file: str, findings: Findings
) -> Sequence[str]:
    """The row as wide as the header: missing cells are empty, further ones must be."""
    beyond = [cell for cell in cells[len(headers) :] if cell and not cell.isspace()]
    if beyond:
        findings.error("long_row", LONG_ROW, file=file, table=table.name, row=number, value=beyond[0])
    return [*cells[: len(headers)], *[""] * (len(headers) - len(cells))]
