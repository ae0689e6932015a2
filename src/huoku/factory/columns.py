"""From text to typed columns: all cells at once where they are plain, each odd text once, every failure told."""

from collections.abc import Callable
from decimal import Decimal

import polars as pl

from huoku.errors import SHOWN
from huoku.factory.cells import BadCell, parse, rounded
from huoku.factory.contract import DECIMAL_KINDS, TEXT_KINDS, Column, Table, nearest
from huoku.factory.examples_of import MARKS
from huoku.factory.findings import Findings
from huoku.factory.sheet import RawTable, Sheet
from huoku.language import Sentence

EXACT = pl.Decimal(38, 6)
LONGEST_TEXT = 10_000

_PLAIN_NUMBER = r"^[+-]?\d{1,18}(\.\d{0,6})?$"
_PLAIN_DATE = r"^[1-9]\d{3}-\d\d-\d\d$"
_CONTROL = r"[\x00-\x1f\x7f]"

NO_COLUMN = Sentence(
    "缺少必需的列“{column}”（{name}）；请加上这一列",
    "the required column {column} ({name}) is missing; add it",
)
SAME_COLUMN = Sentence(
    "“{value}”和“{other}”是同一列；请只留一个",
    "“{value}” and “{other}” mean the same column; keep one of them",
)
NO_HEADER = Sentence(
    "第 {number} 列有内容但没有列名；请写上列名或清空",
    "column {number} has cells but no header; name it or clear it",
)
MISSPELT_COLUMN = Sentence(
    "不认识列“{value}”，已原样保留；是不是要写“{meant}”？",
    "column “{value}” is unknown and kept as it is; is “{meant}” meant?",
)
NO_CELL = Sentence("必填的单元格是空的；请填写", "this cell is required and empty; fill it in")
TOO_LONG = Sentence("文字超过 10,000 个字符；请缩短", "the text has more than 10,000 characters; shorten it")
CONTROL = Sentence(
    "编码里有换行、制表符等看不见的字符；请重新输入",
    "there is an invisible control character in this code; type it again",
)
NEGATIVE = Sentence("“{value}”是负数；这里最小为 {low}", "“{value}” is negative; the smallest here is {low}")
NOT_POSITIVE = Sentence(
    "“{value}”不行；必须大于 0，最小 0.000001（只保留 6 位小数）",
    "“{value}” will not do; it must be more than 0, and 0.000001 at least (6 digits after the point are kept)",
)
TOO_LARGE = Sentence("“{value}”太大；这里最大为 {high}", "“{value}” is too large; the largest here is {high}")
ROUNDED = Sentence(
    "“{value}”的小数超过 6 位；按 {kept} 计算（四舍五入到 6 位）",
    "“{value}” has more than 6 digits after the point; {kept} is used, rounded half up to 6",
)
NOT_BELOW = Sentence(
    "“{value}”太大；必须小于 {high}（5% 写成 0.05 或 5%）",
    "“{value}” is too large; it must be below {high} (write 5 % as 0.05 or 5%)",
)


def dtype_of(column: Column) -> pl.DataType:
    """The type of a contract column in a Factory's frames."""
    if column.kind in DECIMAL_KINDS:
        return EXACT
    if column.kind in TEXT_KINDS:
        return pl.String()
    return {"whole": pl.Int64(), "date": pl.Date(), "flag": pl.Boolean()}[column.kind]


def empty_frame(table: Table) -> pl.DataFrame:
    """The table with all its columns and no rows."""
    return pl.DataFrame(schema={column.name: dtype_of(column) for column in table.columns})


def typed(raw: RawTable, findings: Findings) -> Sheet:
    """The table with the contract's columns and types, then its unknown columns as text.

    What cannot be read is told to ``findings`` and stays empty.
    """
    headers = _match_headers(raw, findings)
    text = _trimmed(raw.frame.select(pl.col(str(at)).alias(name) for name, at in headers.items()))
    rows = raw.rows
    if text.width and text.height:
        filled = ~pl.all_horizontal(pl.all().is_null())
        filled &= ~pl.any_horizontal(pl.nth(0).str.starts_with(mark).fill_null(False) for mark in MARKS)
        if not (keep := text.select(filled.alias("keep"))["keep"]).all():
            text, rows = text.filter(keep), rows.filter(keep)
    known = [column for column in raw.table.columns if column.name in headers]
    extra = [name for name in headers if name not in {column.name for column in known}]
    values = _read(text, known)
    written = {name: raw.headers[at].strip() for name, at in headers.items()}
    sheet = Sheet(raw.table, raw.file, values, text, rows, written)
    _tell_bad_text(sheet, known, extra, findings)
    values = values.with_columns(_reread(sheet, column, findings) for column in _unread(sheet, known))
    _tell_out_of_bounds(sheet, values, known, findings)
    _tell_missing(sheet, known, findings)
    ours = [_with_default(column, values, text.height) for column in raw.table.columns]
    frame = pl.DataFrame([*ours, *(text[name] for name in extra)])
    return Sheet(raw.table, raw.file, frame, text, rows, written)


def _match_headers(raw: RawTable, findings: Findings) -> dict[str, int]:
    """Contract name (or the header itself, where unknown) -> position; problems of the header are told."""
    found: dict[str, int] = {}
    place = {"file": raw.file, "table": raw.table.name}
    for at, header in enumerate(raw.headers):
        if not header.strip():
            if _has_content(raw.frame.get_column(str(at))):
                findings.error("no_header", NO_HEADER, number=at + 1, **place)
            continue
        column = raw.table.named(header)
        name = column.name if column else header.strip()
        if name in found:
            findings.error("same_column", SAME_COLUMN, value=header, other=raw.headers[found[name]], **place)
            continue
        found[name] = at
    if not raw.headers:  # an empty list of records, which says nothing and leaves nothing out
        return {}
    missing = [column for column in raw.table.columns if column.name not in found]
    for name in [name for name in found if raw.table.named(name) is None]:
        if likely := nearest(name, (column.name for column in missing)):
            findings.warning("misspelt_column", MISSPELT_COLUMN, value=name, meant=likely, **place)
    for column in missing:
        if column.required:
            findings.error("missing_column", NO_COLUMN, column=column.name, name=column.zh, **place)
    return found


def _has_content(cells: pl.Series) -> bool:
    return bool((cells.str.strip_chars() != "").any())


def _trimmed(text: pl.DataFrame) -> pl.DataFrame:
    """Spaces around a cell mean nothing, and an empty cell is no value."""
    bare = pl.all().str.strip_chars()
    return text.select(pl.when(bare != "").then(bare).name.keep()) if text.width else text


def _read(text: pl.DataFrame, known: list[Column]) -> pl.DataFrame:
    """Every cell that is written the plain way; the others are null for now."""
    plainly: dict[str, Callable[[pl.Expr], pl.Expr]] = {
        **dict.fromkeys(
            DECIMAL_KINDS,
            lambda cell: pl.when(cell.str.contains(_PLAIN_NUMBER)).then(cell).cast(EXACT, strict=False),
        ),
        "whole": lambda cell: cell.cast(pl.Int64, strict=False),
        "date": lambda cell: (
            pl.when(cell.str.contains(_PLAIN_DATE)).then(cell).str.to_date("%Y-%m-%d", strict=False, exact=True)
        ),
        "flag": lambda cell: pl.when(cell == "1").then(True).when(cell == "0").then(False),
        "json": lambda cell: pl.when(cell == "{}").then(cell),
    }
    expressions: list[pl.Expr] = []
    for column in known:
        cell = pl.col(column.name)
        if column.kind == "choice":
            expressions.append(pl.when(cell.is_in([option.name for option in column.choices])).then(cell))
        elif column.kind in plainly:
            expressions.append(plainly[column.kind](cell).alias(column.name))
        else:
            expressions.append(cell)
    return text.select(expressions)


def _unread(sheet: Sheet, known: list[Column]) -> list[Column]:
    """The columns with cells that hold something which the plain reading did not understand."""
    if not known:
        return []
    counts = sheet.frame.null_count().row(0)
    empty = sheet.text.select(column.name for column in known).null_count().row(0)
    return [column for column, nulls, blanks in zip(known, counts, empty, strict=True) if nulls > blanks]


def _reread(sheet: Sheet, column: Column, findings: Findings) -> pl.Series:
    """The column with its oddly written cells read too; those that mean nothing are told and stay null."""
    text, values = sheet.text.get_column(column.name), sheet.frame.get_column(column.name)
    odd = text.is_not_null() & values.is_null()
    meant: dict[str, object] = {}
    wrong: dict[str, BadCell] = {}
    for cell in text.filter(odd).unique(maintain_order=True).to_list():
        try:
            meant[cell] = parse(cell, column)
        except BadCell as bad:
            wrong[cell] = bad
    if wrong:
        _tell_bad_cells(sheet, column, odd, wrong, findings)
    if not meant:
        return values
    if column.kind in DECIMAL_KINDS:
        meant = _rounded(sheet, column, meant, findings)
    new = pl.Series(list(meant.values()), dtype=dtype_of(column))
    read = pl.DataFrame({"text": text}).join(
        pl.DataFrame({"text": list(meant), "read": new}), on="text", how="left", maintain_order="left"
    )
    return pl.select(pl.coalesce(values, read["read"]).alias(column.name)).to_series()


def _rounded(sheet: Sheet, column: Column, meant: dict[str, object], findings: Findings) -> dict[str, object]:
    """The numbers with six digits after the point; those that had more are told."""
    kept = {cell: rounded(value) for cell, value in meant.items() if isinstance(value, Decimal)}
    finer = {cell: f"{value.normalize():f}" for cell, value in kept.items() if value != meant[cell]}
    if finer:
        text = sheet.text.get_column(column.name)
        bad = text.is_in(list(finer))
        said = {"kept": [finer[cell] for cell in text.filter(bad.fill_null(False)).head(SHOWN).to_list()]}
        findings.cells("warning", "too_fine", ROUNDED, sheet, column.name, bad, said)
    return dict(kept)


def _tell_bad_cells(
    sheet: Sheet, column: Column, odd: pl.Series, wrong: dict[str, BadCell], findings: Findings
) -> None:
    text = sheet.text.get_column(column.name)
    for rule in sorted({bad.rule for bad in wrong.values()}):
        cells = [cell for cell, bad in wrong.items() if bad.rule == rule]
        first = wrong[cells[0]]
        findings.cells("error", rule, first.sentence, sheet, column.name, odd & text.is_in(cells), None, **first.fields)


def _tell_bad_text(sheet: Sheet, known: list[Column], extra: list[str], findings: Findings) -> None:
    """Texts that are too long, and codes with characters nobody can see."""
    names = [*(column.name for column in known), *extra]
    if not names or not sheet.text.height:
        return
    longest = sheet.text.select(pl.col(name).str.len_bytes().max() for name in names).row(0)
    for name, length in zip(names, longest, strict=True):
        if length is not None and length > LONGEST_TEXT:
            findings.cells("error", "too_long", TOO_LONG, sheet, name, sheet.text[name].str.len_chars() > LONGEST_TEXT)
    codes = [column.name for column in known if column.kind == "code"]
    dirty = sheet.text.select(pl.col(name).str.contains(_CONTROL).any() for name in codes)
    for name in codes:
        if dirty[name][0]:
            findings.cells("error", "control_character", CONTROL, sheet, name, sheet.text[name].str.contains(_CONTROL))


def _tell_out_of_bounds(sheet: Sheet, values: pl.DataFrame, known: list[Column], findings: Findings) -> None:
    bounded = [column for column in known if column.low is not None or column.high is not None]
    if not bounded or not values.height:
        return
    lows = values.select(pl.col(column.name).min() for column in bounded).row(0)
    highs = values.select(pl.col(column.name).max() for column in bounded).row(0)
    for column, lowest, highest in zip(bounded, lows, highs, strict=True):
        cells = values.get_column(column.name)
        if lowest is not None and column.low is not None and _below(Decimal(lowest), column):
            bad = cells <= column.low if column.low_open else cells < column.low
            sentence = NOT_POSITIVE if column.low_open else NEGATIVE
            findings.cells("error", "too_small", sentence, sheet, column.name, bad, low=column.low)
        if highest is not None and column.high is not None and _above(Decimal(highest), column):
            bad = cells >= column.high if column.high_open else cells > column.high
            sentence = NOT_BELOW if column.high_open else TOO_LARGE
            findings.cells("error", "too_large", sentence, sheet, column.name, bad, high=f"{column.high:,}")


def _below(value: Decimal, column: Column) -> bool:
    assert column.low is not None
    return value <= column.low if column.low_open else value < column.low


def _above(value: Decimal, column: Column) -> bool:
    assert column.high is not None
    return value >= column.high if column.high_open else value > column.high


def _tell_missing(sheet: Sheet, known: list[Column], findings: Findings) -> None:
    for column in known:
        cells = sheet.text.get_column(column.name)
        if column.required and cells.null_count():
            findings.cells("error", "missing_cell", NO_CELL, sheet, column.name, cells.is_null())


def _with_default(column: Column, values: pl.DataFrame, height: int) -> pl.Series:
    """The column as the Factory has it: its constant default in every empty cell, all of it where it is absent."""
    if column.name in values.columns:
        cells = values.get_column(column.name)
        if column.default is None or not cells.null_count():
            return cells
        return cells.fill_null(pl.select(pl.lit(column.default, dtype_of(column))).item())
    return pl.select(pl.repeat(column.default, height, dtype=dtype_of(column))).to_series().alias(column.name)
