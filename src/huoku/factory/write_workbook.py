"""Write a factory as one workbook with a sheet for each table, such that reading it gives the same factory."""

import math
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huoku.errors import UsageError
from huoku.factory.factory import Factory
from huoku.factory.inputs import TABLES
from huoku.factory.settings import CHINESE_NAMES
from huoku.factory.template import SETTINGS_HEADERS
from huoku.factory.workbook import SETTINGS_SHEET, SETTINGS_ZH
from huoku.language import Language, Sentence


def write_workbook(factory: Factory, path: str | Path, *, lang: Language = "en") -> Path:
    """Write a sheet for each table that has rows, and one for the settings. Returns the path. Sheets and heads are
    called in ``lang``; ``read`` knows both.

    Raises UsageError where there is a file already or its name does not end in .xlsx, OSError where it cannot be
    written.
    """
    place = Path(path)
    if place.suffix.lower() != ".xlsx":
        raise UsageError(f"{place}: a workbook's name ends in .xlsx / 文件名必须以 .xlsx 结尾")
    if place.exists():
        raise UsageError(f"{place} exists; choose a new one / 请换一个文件名")
    with place.open("wb") as file, xlsxwriter.Workbook(file) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        header = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
        _settings(book.add_worksheet(Sentence(SETTINGS_ZH, SETTINGS_SHEET).template(lang)), factory, header, day, lang)
        for name, table in TABLES.items():
            frame = factory.table(name)
            if not frame.height and frame.width == len(table.columns):
                continue
            sheet = book.add_worksheet(Sentence(table.zh, name).template(lang))
            sheet.freeze_panes(1, 0)
            heads = {column.name: column.header(lang) for column in table.columns}
            sheet.write_row(0, 0, [heads.get(column, column) for column in frame.columns], header)
            for row, cells in enumerate(frame.iter_rows(), 1):
                for column, value in enumerate(cells):
                    _cell(sheet, row, column, value, day)
    return place


def _settings(sheet: Worksheet, factory: Factory, header: Format, day: Format, lang: Language) -> None:
    sheet.write_row(0, 0, SETTINGS_HEADERS["en" if lang == "en" else "zh"][:2], header)
    settings, chinese = factory.settings, {name: zh for zh, name in CHINESE_NAMES.items()}
    given = {field.name: getattr(settings, field.name) for field in fields(settings)}
    said = {name: value for name, value in given.items() if value != math.inf}
    for row, (name, value) in enumerate(said.items(), 1):
        sheet.write_string(row, 0, Sentence(chinese[name], name).template(lang))
        _cell(sheet, row, 1, str(value).lower() if isinstance(value, bool) else value, day)


def _cell(sheet: Worksheet, row: int, column: int, value: object, day: Format) -> None:
    """Codes stay text, with their zeros in front; a decimal that a spreadsheet's number cannot hold is text too."""
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, bool):
        sheet.write_number(row, column, int(value))
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, Decimal) and Decimal(repr(float(value))) == value:
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, str(value))
