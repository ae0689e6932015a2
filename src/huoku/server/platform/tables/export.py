"""A table as a file: Arrow, Parquet, CSV or a workbook. Text never becomes a formula in anybody's spreadsheet."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import polars as pl
import xlsxwriter

from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.asking import Question
from huoku.server.platform.tables.showing import page
from huoku.server.platform.tables.table import Column, Table

ARROW = "application/vnd.apache.arrow.stream"
PARQUET = "application/vnd.apache.parquet"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {ARROW: "arrows", PARQUET: "parquet", CSV: "csv", XLSX: "xlsx"}
"""The formats by media type, with the ends of their files' names."""

MOST_ROWS = 1_000_000
PART = 20_000
"""So many rows are in memory as Python values at once."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the beginning of a formula, or strip before they look."""

_TYPES = {
    "text": pl.String(),
    "integer": pl.Int64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "moment": pl.Datetime("us", "UTC"),
    "decimal": pl.Decimal(38, 6),
}


def frame(columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Shown rows as a frame: decimals exact, codes as text."""
    return pl.DataFrame(
        [
            pl.Series(each.name, [_typed(each, row[each.name]) for row in rows], _TYPES[each.kind.frame], strict=True)
            for each in columns
        ]
    )


def whole(table: Table, actor: Actor, asked: Question) -> tuple[pl.DataFrame, str | None]:
    """All rows of an answer as one frame, fetched a part at a time, and the cursor behind them."""
    frames, left = [], asked.limit
    asked = replace(asked, limit=min(left, PART))
    while True:
        found = page(table, actor, asked)
        frames.append(frame(asked.columns, found.rows))
        left -= len(found.rows)
        if found.next_cursor is None or not left:
            return pl.concat(frames), found.next_cursor
        asked = asked.further(found.next_cursor, min(left, PART))


def file_of(media_type: str, table: pl.DataFrame) -> bytes:
    """A frame in one of ``FORMATS``."""
    out = BytesIO()
    if media_type == ARROW:
        table.write_ipc_stream(out)
    elif media_type == PARQUET:
        table.write_parquet(out)
    elif media_type == CSV:
        texts = [
            pl.col(name).map_elements(harmless, pl.String) for name, kind in table.schema.items() if kind == pl.String
        ]
        table.with_columns(texts).write_csv(out, include_bom=True, line_terminator="\r\n")
    else:
        _workbook(out, table)
    return out.getvalue()


def harmless(text: str) -> str:
    """Text as a spreadsheet shows it: what would begin a formula gets an apostrophe before it."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS) else text


def _typed(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.kind.frame == "decimal":
        return Decimal(value)
    if column.kind.frame == "date":
        return date.fromisoformat(value)
    if column.kind.frame == "moment":
        return datetime.fromisoformat(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict | list) else value


def _workbook(out: BytesIO, table: pl.DataFrame) -> None:
    """Codes stay text, numbers are numbers, the header stays in sight."""
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": True, "remove_timezone": True})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(table.columns):
        sheet.write_string(0, place, name, bold)
    for number, row in enumerate(table.iter_rows(), start=1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, place, value[:32_767])
            elif isinstance(value, bool):
                sheet.write_boolean(number, place, value)
            elif isinstance(value, datetime):
                sheet.write_datetime(number, place, value, moment)
            elif isinstance(value, date):
                sheet.write_datetime(number, place, value, day)
            elif value is not None:
                sheet.write_number(number, place, value)
    sheet.autofilter(0, 0, table.height, max(table.width - 1, 0))
    book.close()
