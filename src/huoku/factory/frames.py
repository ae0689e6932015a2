"""Tables that are typed already (Parquet, Polars, pandas, lists of records), as the text a CSV would hold.

One reader for all ways in means one set of rules: the same cell is legal, or wrong, everywhere.
"""

import io
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import polars as pl
from polars.exceptions import PanicException, PolarsError

from huoku.errors import UsageError
from huoku.factory.cells import EXACT_DIGITS
from huoku.factory.contract import Table
from huoku.factory.dialect import MOST_COLUMNS, TOO_MANY_COLUMNS
from huoku.factory.findings import Findings
from huoku.factory.sheet import RawTable
from huoku.language import Sentence

MOST_CELLS = 20_000_000
MOST_TEXT = 512 << 20
"""A few bytes of Parquet may say "the same long text, a million times"."""
PANDAS_MISSING = frozenset({"nan", "NaT", "<NA>", "None"})
"""How pandas writes a missing cell, by the type of its column."""

NO_CELL_TYPES = (pl.Binary, pl.Duration, pl.Object, pl.Unknown)

NO_PARQUET = Sentence("这不是 Parquet 文件；请重新导出", "this is no Parquet file; export it again")
TOO_MANY_CELLS = Sentence(
    "有 {number} 个单元格，太多了；最多 20,000,000 个，请减少行数",
    "there are {number} {number|cell|cells}, more than 20,000,000; remove rows",
)
TOO_MUCH_TEXT = Sentence("文字超过 512 MB；请减少行数", "there are more than 512 MB of text; remove rows")
NO_CELLS = Sentence(
    "列“{column}”里不是文字、数字或日期（{type}）；请改成普通的值",
    "column {column} holds no text, numbers or dates ({type}); store plain values",
)


def read_parquet(path: Path, table: Table, file: str, findings: Findings) -> RawTable | None:
    """The cells of a Parquet file as text; None, and an error told, when it cannot be read."""
    data = path.read_bytes()
    try:
        width = len(pl.read_parquet_schema(io.BytesIO(data)))
        rows = pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item()
        if width > MOST_COLUMNS:
            findings.error("too_many_columns", TOO_MANY_COLUMNS, file=file, table=table.name, number=width)
            return None
        if rows * width > MOST_CELLS:
            findings.error("too_many_cells", TOO_MANY_CELLS, file=file, table=table.name, number=rows * width)
            return None
        frame = pl.read_parquet(io.BytesIO(data))
    except (PolarsError, ValueError, OverflowError, PanicException):
        findings.error("no_parquet", NO_PARQUET, file=file, table=table.name)
        return None
    if sum(texts.str.len_bytes().sum() for texts in frame.select(pl.col(pl.String))) > MOST_TEXT:
        findings.error("too_much_text", TOO_MUCH_TEXT, file=file, table=table.name)
        return None
    return from_frame(frame, table, file, findings)


def from_given(given: object, table: Table, findings: Findings) -> RawTable:
    """A table that a caller gave: a Polars or pandas frame, a dict of columns, or a list of records."""
    if isinstance(given, pl.DataFrame):
        return from_frame(given, table, "", findings)
    if isinstance(given, pl.LazyFrame):
        return from_frame(given.collect(), table, "", findings)
    if type(given).__module__.split(".")[0] == "pandas":
        columns = given.to_dict("list")  # type: ignore[attr-defined]
        given = {name: [_known(cell) for cell in cells] for name, cells in columns.items()}
    if isinstance(given, Mapping):
        columns = {str(name): list(cells) for name, cells in given.items()}
        if len({len(cells) for cells in columns.values()}) > 1:
            raise UsageError(f"{table.name}: the columns have different lengths / 各列长度不同")
    elif isinstance(given, Sequence) and not isinstance(given, str) and all(isinstance(row, Mapping) for row in given):
        names = {str(name): None for row in given for name in row}
        columns = {name: [row.get(name) for row in given] for name in names}
    else:
        raise UsageError(f"{table.name}: give a frame or a list of records / 请给出数据框或记录列表")
    texts = {str(at): [cell_text(cell) for cell in cells] for at, cells in enumerate(columns.values())}
    frame = pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String))
    return RawTable(table, "", tuple(columns), frame, _rows(frame.height))


def from_frame(frame: pl.DataFrame, table: Table, file: str, findings: Findings) -> RawTable:
    """A typed frame as text cells. Columns that hold no plain cells are told and left out."""
    kept: list[str] = []
    texts: list[pl.Series] = []
    for name, dtype in frame.schema.items():
        if dtype.is_nested() or dtype in NO_CELL_TYPES:
            findings.error("no_cells", NO_CELLS, file=file, table=table.name, column=name, type=dtype)
            continue
        texts.append(as_text(frame.get_column(name)).alias(str(len(kept))))
        kept.append(name)
    return RawTable(table, file, tuple(kept), pl.DataFrame(texts), _rows(frame.height))


def cell_text(cell: object) -> str | None:
    """One Python value as the text of a cell."""
    match cell:
        case None:
            return None
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 10**EXACT_DIGITS:
            return str(int(cell))
        case float():
            return _short(Decimal(f"{cell:.{EXACT_DIGITS}g}")) if math.isfinite(cell) else str(cell)
        case Decimal():
            return _short(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date():
            return cell.isoformat()
    return str(cell)


def _known(cell: object) -> object:
    return None if str(cell) in PANDAS_MISSING else cell


def _short(value: Decimal) -> str:
    """Without trailing zeros and without an exponent: 12345, not 12345.0 or 1.2345E+4."""
    if not value.is_finite() or abs(value.adjusted()) > 60:
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_text(cells: pl.Series) -> pl.Series:
    """A column of any plain type as the text of cells."""
    dtype = cells.dtype
    if dtype == pl.String:
        return cells
    if dtype.is_float():
        return _floatsas_text(cells)
    if isinstance(dtype, pl.Decimal):
        return cells.cast(pl.String).str.replace(r"\.?0+$", "") if dtype.scale else cells.cast(pl.String)
    return cells.cast(pl.String)


def _floatsas_text(cells: pl.Series) -> pl.Series:
    """Each different number once; most columns hold few."""
    different = cells.unique()
    texts = pl.Series([cell_text(cell) for cell in different.to_list()], dtype=pl.String)
    pairs = pl.DataFrame({"cell": different, "text": texts})
    return pl.DataFrame({"cell": cells}).join(pairs, on="cell", how="left", maintain_order="left")["text"]


def _rows(height: int) -> pl.Series:
    return pl.int_range(2, height + 2, dtype=pl.UInt32, eager=True)
