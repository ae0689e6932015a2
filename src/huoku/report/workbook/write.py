"""Write the workbook: real dates and numbers, headers that stay, filters, and text that is never a formula."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huoku.costs import COST_PARTS
from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.report.numbers import SYMBOLS
from huoku.report.summary import summary
from huoku.report.terminal import width
from huoku.report.whole import replaced_whole
from huoku.report.workbook.columns import Field, Kind
from huoku.report.workbook.sheets import Sheet, sheets

MOST_ROWS = 1_048_576
"""So many rows a sheet can have, its header among them."""

LONGEST_TEXT = 32_767
"""So many characters a cell can hold."""

SAMPLED = 200
"""The width of a column is that of its first rows."""

NARROWEST, WIDEST, SENTENCES = 8, 40, 80

SUMMARY = Sentence("汇总", "Summary")
CONTENTS = Sentence("各表行数", "Rows of each sheet")
TOO_LONG = Sentence(
    "共 {rows:,} 行，一个工作表放不下；全部在同一文件夹的 {file}",
    "{rows:,} {rows|row|rows}, more than a sheet can hold: they are in {file}, beside this workbook",
)
FIGURES: tuple[tuple[Sentence, str, Kind], ...] = (
    (Sentence("需求", "demands"), "demands", "whole"),
    (Sentence("按时", "on time"), "on_time", "whole"),
    (Sentence("按时占比", "share on time"), "on_time_share", "share"),
    (Sentence("迟交", "late"), "late_demands", "whole"),
    (Sentence("没有承诺", "without a promise"), "not_promised", "whole"),
    (Sentence("迟交天数合计", "days late together"), "late_days", "whole"),
    (Sentence("期末余料价值", "value of the leftovers"), "leftover_value", "money"),
    (Sentence("销售额", "sales value"), "sales_value", "money"),
    (Sentence("总成本", "total cost"), "total_cost", "money"),
)
FIRST, LAST, CURRENCY = Sentence("第一天", "first day"), Sentence("最后一天", "last day"), Sentence("币种", "currency")


def write_workbook(plan: Plan, path: str | Path, lang: Language | None = None, *, most_rows: int = MOST_ROWS) -> Path:
    """Write the plan as one workbook and return its path; an older one is replaced whole.

    A table with more rows than a sheet can have (``most_rows``) goes into a Parquet file beside the workbook, and its
    sheet says so. ``lang``: by default the plan's. Reasons are in the plan's language; ``write_report`` says them anew.
    """
    path, lang = Path(path), lang or plan.lang
    tables = list(sheets(plan, lang))
    with replaced_whole(path) as fresh, xlsxwriter.Workbook(fresh, {"constant_memory": True}) as book:
        # The day of the plan, not of the writing: the same plan gives the same bytes.
        book.set_properties({"created": datetime.combine(plan.factory.settings.today, time())})
        looks = Looks(book, plan.factory.settings.currency)
        front = book.add_worksheet(SUMMARY.say(lang))
        _summary(front, plan, tables, looks, lang)
        for table in tables:
            sheet = book.add_worksheet(table.title.say(lang))
            if table.frame.height < most_rows:
                write_table(sheet, table.frame, table.fields, looks, lang)
                continue
            beside = path.with_name(f"{path.stem}-{table.name}.parquet")
            with replaced_whole(beside) as parquet:
                table.frame.write_parquet(parquet)
            sheet.write_string(0, 0, TOO_LONG.say(lang, rows=table.frame.height, file=beside.name))
    return path


class Looks:
    """How cells look, and how a value of each kind is written."""

    def __init__(self, book: xlsxwriter.Workbook, currency: str):
        symbol = SYMBOLS.get(currency, f"{currency} ").replace('"', "")
        formats = {
            "date": "yyyy-mm-dd",
            "whole": "#,##0",
            "qty": "#,##0.######",
            "money": f'"{symbol}"#,##0.00',
            "price": f'"{symbol}"#,##0.00####',
            "share": "0.0%",
        }
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.bold = book.add_format({"bold": True})
        self.header = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
        self.by_kind: dict[str, Format] = {
            kind: book.add_format({"num_format": numbers}) for kind, numbers in formats.items()
        }

    def writer(self, sheet: Worksheet, kind: Kind) -> Callable[[int, int, Any], object]:
        """What writes a value of this kind into a row and column. Text is written as text, whatever it looks like."""
        if kind in ("text", "wide"):
            return lambda row, at, value: sheet.write_string(row, at, value[:LONGEST_TEXT])
        look, whole = self.by_kind[kind], self.by_kind["whole"]
        if kind == "date":
            return lambda row, at, value: sheet.write_datetime(row, at, value, look)
        if kind == "qty":  # 500 and not "500."
            return lambda row, at, value: sheet.write_number(row, at, value, whole if value == int(value) else look)
        return lambda row, at, value: sheet.write_number(row, at, value, look)


def write_table(sheet: Worksheet, frame: pl.DataFrame, fields: Sequence[Field], looks: Looks, lang: Language) -> None:
    """A sheet with one table: a header that stays, filters, and each column as its field says."""
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, frame.height, len(fields) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for at, field in enumerate(fields):
        header = field.title.say(lang)
        sheet.set_column(at, at, _width(header, frame.get_column(field.name), field))
        sheet.write_string(0, at, header, looks.header)
    writers = [looks.writer(sheet, field.kind) for field in fields]
    for row, cells in enumerate(frame.iter_rows(), 1):
        for at, (cell, write) in enumerate(zip(cells, writers, strict=True)):
            if cell is not None:
                write(row, at, cell)


def _width(header: str, cells: pl.Series, field: Field) -> float:
    """Room for the header with its filter button and for the first rows."""
    widest = max((width(str(cell)) for cell in cells.head(SAMPLED).drop_nulls()), default=0)
    extra = {"money": 5, "price": 3, "date": 1}.get(field.kind, 2)
    most = SENTENCES if field.kind == "wide" else WIDEST
    return max(NARROWEST, width(header) + 4, min(widest + extra, most))


def _summary(sheet: Worksheet, plan: Plan, tables: list[Sheet], looks: Looks, lang: Language) -> None:
    """The verdict, the figures, the money by part, and where the tables are."""
    settings, figures = plan.factory.settings, plan.figures
    told = summary(plan, lang)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 20)
    row = 0
    sheet.write_string(row, 0, told.verdict, looks.title)
    for line in told.lines:
        row += 1
        sheet.write_string(row, 0, line)
    row += 1
    rows: list[tuple[Sentence, Any, Kind]] = [
        (FIRST, settings.today, "date"),
        (LAST, settings.today + timedelta(days=settings.horizon_days), "date"),
        (CURRENCY, settings.currency, "text"),
        *((label, figures[name], kind) for label, name, kind in FIGURES),
        *((COST_PARTS[part], value, "money") for part, value in figures["cost"].items()),
    ]
    for label, value, kind in rows:
        row += 1
        sheet.write_string(row, 0, label.say(lang), looks.bold if label.en == "total cost" else None)
        looks.writer(sheet, kind)(row, 1, value)
    row += 2
    sheet.write_string(row, 0, CONTENTS.say(lang), looks.bold)
    for table in tables:
        row += 1
        sheet.write_url(row, 0, f"internal:'{table.title.say(lang)}'!A1", string=table.title.say(lang))
        looks.writer(sheet, "whole")(row, 1, table.frame.height)
