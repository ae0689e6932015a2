"""One workbook with a sheet for each table; its sheet ``factory`` holds the settings."""

import io
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from huoku.errors import UsageError
from huoku.factory.archive import NO_WORKBOOK, Scan, weigh
from huoku.factory.contract import Table, nearest, plain
from huoku.factory.dialect import CHUNK_ROWS, Chunk, gather
from huoku.factory.findings import Findings
from huoku.factory.frames import cell_text
from huoku.factory.inputs import TABLES
from huoku.factory.sheet import RawTable
from huoku.language import Sentence

MOST_CELLS = 10_000_000
SETTINGS_SHEET = "factory"
SETTINGS_ZH = "工厂"

TOO_MANY_CELLS = Sentence(
    "工作表“{value}”占了 {number} 个单元格，上限 10,000,000；请删掉远处的空白格式，或改用 CSV、Parquet",
    "the sheet “{value}” spans {number} {number|cell|cells}, more than 10,000,000; clear far-off cells, or "
    "use CSV or Parquet",
)
FORMULA_ERROR = Sentence(
    "单元格 {cell} 的公式出错：{value}；请改正公式",
    "the formula in cell {cell} failed: {value}; correct it",
)
NOT_COMPUTED = Sentence(
    "单元格 {cell} 的公式还没有算过；请用 Excel 打开后保存",
    "the formula in cell {cell} was never computed; open the workbook in Excel and save it",
)
CODE_IS_DATE = Sentence(
    "编码“{value}”被 Excel 变成了日期；请把这一列设为文本格式再重新输入",
    "Excel has turned this code into a date, “{value}”; format the column as text and type it again",
)
TWO_SHEETS = Sentence(
    "工作表“{value}”和“{other}”是同一张表；请只留一个",
    "the sheets “{value}” and “{other}” are the same table; keep one",
)
MISSPELT_SHEET = Sentence(
    "没有读工作表“{value}”；是不是要写“{meant}”？", "the sheet “{value}” was not read; is “{meant}” meant?"
)


def read_workbook(path: Path, findings: Findings) -> tuple[dict[str, RawTable], dict[str, object]]:
    """Every table of the workbook as it was found, and the keys and values of its sheet ``factory``."""
    try:
        if not path.is_file():
            raise UsageError(f"{path} is no file / 不是文件")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror} / 打不开这个文件") from None
    scans = weigh(data, path.name, lambda name: _meaning(name) is not None, findings)
    if scans is None:
        return {}, {}
    try:
        return _sheets(data, scans, path.name, findings)
    except (CalamineError, ValueError, KeyError, OverflowError):
        findings.error("no_workbook", NO_WORKBOOK, file=path.name)
    except BaseException as panic:  # the reader's native part reports its own faults outside Exception
        if type(panic).__name__ != "PanicException":
            raise
        findings.error("no_workbook", NO_WORKBOOK, file=path.name)
    return {}, {}


def _sheets(
    data: bytes, scans: dict[str, Scan], file: str, findings: Findings
) -> tuple[dict[str, RawTable], dict[str, object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    raw: dict[str, RawTable] = {}
    given: dict[str, object] = {}
    names: dict[str, str] = {}
    for name in book.sheet_names:
        meant = _meaning(name)
        if meant is None:
            _tell_misspelt(name, file, findings)
            continue
        if meant in names:
            findings.error("two_sheets", TWO_SHEETS, file=file, table=meant, value=name, other=names[meant])
            continue
        names[meant] = name
        scan = scans.get(name)
        if scan is None:  # a sheet that hides its cells where no scan finds them
            findings.error("no_workbook", NO_WORKBOOK, file=file, table=meant)
            continue
        if scan.cells > MOST_CELLS:
            size = f"{scan.cells:,}"
            findings.error("too_many_cells", TOO_MANY_CELLS, file=file, table=meant, value=name, number=size)
            continue
        place = f"{file} [{name}]"
        tell_formulas(scan, meant, place, findings)
        sheet = book.get_sheet_by_name(name)
        if meant == SETTINGS_SHEET:
            given = _settings(sheet)
        elif found := _table(sheet, TABLES[meant], place, findings):
            raw[meant] = found
    return raw, given


def _meaning(name: str) -> str | None:
    """The table, or the settings, that a sheet name means."""
    wanted = plain(name)
    if wanted in (SETTINGS_SHEET, SETTINGS_ZH):
        return SETTINGS_SHEET
    return next((table.name for table in TABLES.values() if wanted in (table.name, table.zh)), None)


def _tell_misspelt(name: str, file: str, findings: Findings) -> None:
    known = [SETTINGS_SHEET, *TABLES, *(table.zh for table in TABLES.values())]
    if likely := nearest(name, known):
        findings.warning("misspelt_sheet", MISSPELT_SHEET, file=file, value=name, meant=likely)


def tell_formulas(scan: Scan, table: str, place: str, findings: Findings) -> None:
    """Cells whose formula failed or was never computed."""
    for cell, value in scan.failed.items():
        row = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        findings.error("formula_error", FORMULA_ERROR, file=place, table=table, row=row, value=value, cell=cell)
    for cell in scan.uncomputed:
        row = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        findings.error("not_computed", NOT_COMPUTED, file=place, table=table, row=row, cell=cell)


def _table(sheet: CalamineSheet, table: Table, place: str, findings: Findings) -> RawTable | None:
    """The sheet's cells as text; None for a sheet nobody has written into."""
    if sheet.start is None:
        return None
    codes: dict[int, str] = {}

    def chunks() -> Iterator[Chunk]:
        rows = sheet.iter_rows()
        first = 1
        while some := list(islice(rows, CHUNK_ROWS)):
            texts = [[cell if type(cell) is str else cell_text(cell) or "" for cell in cells] for cells in some]
            if not codes:
                codes.update(_code_columns(texts, table))
            for at, header in codes.items():
                for row, cells in enumerate(some):
                    if isinstance(cells[at], date):
                        cell = {"row": first + row, "column": header, "value": texts[row][at]}
                        findings.error("code_is_date", CODE_IS_DATE, file=place, table=table.name, **cell)
            yield range(first, first + len(some)), texts
            first += len(some)

    return gather(chunks(), table, place, findings)


def _code_columns(rows: list[list[str]], table: Table) -> dict[int, str]:
    """Where the codes stand, and what their headers say; the first filled row is the header."""
    header = next((cells for cells in rows if any(cells)), [])
    found = ((at, text, table.named(text)) for at, text in enumerate(header))
    return {at: text for at, text, column in found if column and column.kind == "code"}


def _settings(sheet: CalamineSheet) -> dict[str, object]:
    """Keys in the first column, values in the second; a header row with the words key and value is passed over."""
    given: dict[str, object] = {}
    if sheet.start is None:
        return given
    for cells in sheet.iter_rows():
        key, value = cell_text(cells[0]) or "", cells[1] if len(cells) > 1 else ""
        if key.strip() and plain(key) not in ("key", "设置"):
            given[key.strip()] = cell_text(value) if isinstance(value, float) else value
    return given
