"""Sheets as they came: rows of cells with the number that each row has in its file."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook

from huoku.factory.archive import Scan, weigh
from huoku.factory.brought.files import OLD_EXCEL, ZIP, BroughtFile
from huoku.factory.dialect import BROKEN_QUOTES, LONGEST_FIELD, NO_TABLE, SEPARATORS, decode
from huoku.factory.findings import Findings
from huoku.factory.workbook import TOO_MANY_CELLS
from huoku.language import Sentence

MOST_CELLS = 4_000_000
"""In all sheets together: Python holds each as an object of its own."""

NO_WORKBOOK = Sentence(
    "打不开这个工作簿；请用 Excel 或 WPS 打开，另存为 .xlsx（不加密码）",
    "this workbook cannot be opened; open it in Excel and save it as .xlsx, without a password",
)
A_WEB_PAGE = Sentence(
    "这个文件其实是网页，不是 Excel 工作簿；请用 Excel 打开，另存为 .xlsx",
    "this file is a web page and no Excel workbook; open it in Excel and save it as .xlsx",
)
MANY_CELLS = Sentence(
    "单元格太多，合计超过 4,000,000 个；请删掉不用的列和远处的空白格式",
    "there are more than 4,000,000 cells; remove columns that are not needed and clear far-off cells",
)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or one file of text. ``numbers`` says where each row stands, as the user counts."""

    file: str
    sheet: str
    rows: Sequence[Sequence[object]]
    numbers: Sequence[int]
    scan: Scan = field(default_factory=Scan)

    @property
    def place(self) -> str:
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    @property
    def stem(self) -> str:
        return self.file.rpartition(".")[0] or self.file


def grids_of(files: Sequence[BroughtFile], findings: Findings) -> list[Grid]:
    """Every sheet of every file. What cannot be read is told."""
    grids: list[Grid] = []
    cells = 0
    for file in files:
        some = _of_file(file, findings)
        cells += sum(len(row) for grid in some for row in grid.rows)
        if cells > MOST_CELLS:
            findings.error("too_many_cells", MANY_CELLS, file=file.name)
            return grids
        grids += some
    return grids


def _of_file(file: BroughtFile, findings: Findings) -> list[Grid]:
    if file.data.startswith(ZIP):
        scans = weigh(file.data, file.name, lambda _: True, findings)
        return [] if scans is None else _of_workbook(file, scans, findings)
    if file.data.startswith(OLD_EXCEL):
        return _of_workbook(file, None, findings)
    if file.data.lstrip()[:1] == b"<":
        findings.error("a_web_page", A_WEB_PAGE, file=file.name)
        return []
    grid = _of_text(file, findings)
    return [grid] if grid else []


def _of_workbook(file: BroughtFile, scans: dict[str, Scan] | None, findings: Findings) -> list[Grid]:
    """``scans``: None for the old form, which packs nothing and hides nothing."""
    grids: list[Grid] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        for name in book.sheet_names:
            scan = Scan() if scans is None else scans.get(name)
            if scan is None:  # a chart, or a sheet that hides its cells where no scan finds them
                continue
            if scan.cells > MOST_CELLS:
                size = f"{scan.cells:,}"
                findings.error("too_many_cells", TOO_MANY_CELLS, file=file.name, value=name, number=size)
                continue
            sheet = book.get_sheet_by_name(name)
            rows = [] if sheet.start is None else list(sheet.iter_rows())
            grids.append(Grid(file.name, name, rows, range(1, len(rows) + 1), scan))
    except (CalamineError, ValueError, KeyError, OverflowError):
        findings.error("no_workbook", NO_WORKBOOK, file=file.name)
    except BaseException as panic:  # the reader's native part reports its own faults outside Exception
        if type(panic).__name__ != "PanicException":
            raise
        findings.error("no_workbook", NO_WORKBOOK, file=file.name)
    return grids


def _of_text(file: BroughtFile, findings: Findings) -> Grid | None:
    text = decode(file.data)
    if text is None:
        findings.error("no_table", NO_TABLE, file=file.name)
        return None
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), skipinitialspace=True)
    rows, numbers, begins = [], [], 1
    try:
        for row in reader:
            rows.append(row)
            numbers.append(begins)
            begins = reader.line_num + 1
    except csv.Error:
        findings.error("broken_quotes", BROKEN_QUOTES, file=file.name, row=max(1, reader.line_num))
        return None
    return Grid(file.name, "", rows, numbers)


def _separator(text: str) -> str:
    """The one that cuts the first lines into the most cells."""
    lines = [line for line in text[: 1 << 16].splitlines() if line.strip()][:5]
    return max(SEPARATORS, key=lambda separator: (sum(line.count(separator) for line in lines), separator == ","))
