"""What people brought, once more as a workbook in which every fault is marked where it stands.

Cells are text, numbers and days as they came, never formulas. It can be corrected and brought again: our own sheet in
front is passed over.
"""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huoku.errors import Problem
from huoku.factory.brought.bringing import Brought
from huoku.factory.brought.grids import Grid
from huoku.language import Language, Sentence

FAULTS = Sentence("问题", "faults")
HEADS = (
    *(Sentence("文件、工作表", "File, sheet"), Sentence("行", "Row"), Sentence("列", "Column")),
    *(Sentence("现在的值", "What is there"), Sentence("哪里不对，怎样才对", "What is wrong, and what would be right")),
    Sentence("程度", "How bad"),
)
GRADES = {"error": Sentence("必须改", "must be corrected"), "warning": Sentence("请看一下", "worth a look")}
MORE = Sentence("还有 {number} 处，改好这些再传就会列出", "{number} more are listed when these are corrected")
NAME_LENGTH = 31
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_GENERIC = re.compile(r"(?i)^(sheet|工作表|表)?\d*$")

Marks = Mapping[tuple[int, int | None], list[Problem]]
"""Problems by the number of the row as the user counts, and the place of the column; None where the row is meant."""


class _Looks(NamedTuple):
    head: Format
    wrapped: Format
    day: Format
    error: Format
    warning: Format
    link: Format


def marked(brought: Brought, lang: Language) -> bytes:
    """The workbook. ``brought`` holds its cells as they came (``is_kept``)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        looks = _looks(book)
        names = _names(brought.grids, FAULTS.template(lang))
        _list(book.add_worksheet(FAULTS.template(lang)), brought, names, looks, lang)
        for grid in brought.grids:
            _sheet(book.add_worksheet(names[grid.place]), grid, _marks(brought, grid), looks, lang)
    return out.getvalue()


def _looks(book: xlsxwriter.Workbook) -> _Looks:
    return _Looks(
        book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1}),
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"num_format": "yyyy-mm-dd"}),
        book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"}),
        book.add_format({"bg_color": "#FFEB9C", "font_color": "#7F6000"}),
        book.add_format({"font_color": "#1F5FBF", "underline": 1}),
    )


def _names(grids: Sequence[Grid], taken: str) -> dict[str, str]:
    """A sheet keeps its name; where that says nothing, or another has it, the file's name says more."""
    names: dict[str, str] = {}
    used = {taken.casefold()}
    for grid in grids:
        own = grid.stem if not grid.sheet or (_GENERIC.match(grid.sheet) and len(grids) > 1) else grid.sheet
        name = base = _NO_NAME.sub(" ", own)[:NAME_LENGTH].strip() or "1"
        number = 1
        while name.casefold() in used:
            number += 1
            name = f"{base[: NAME_LENGTH - 4]} {number}"
        used.add(name.casefold())
        names[grid.place] = name
    return names


def _list(sheet: Worksheet, brought: Brought, names: Mapping[str, str], looks: _Looks, lang: Language) -> None:
    for at, width in enumerate((28, 7, 18, 20, 80, 16)):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 0)
    for at, head in enumerate(HEADS):
        sheet.write_string(0, at, head.template(lang), looks.head)
    row = 0
    for row, problem in enumerate((*brought.errors, *brought.warnings), 1):
        name = names.get(problem.file, "")
        if name and problem.row:
            where = f"internal:'{name}'!A{problem.row}"
            sheet.write_url(row, 0, where, looks.link, problem.file)
        else:
            sheet.write_string(row, 0, problem.file)
        if problem.row:
            sheet.write_number(row, 1, problem.row)
        sheet.write_string(row, 2, problem.column)
        sheet.write_string(row, 3, problem.value)
        sheet.write_string(row, 4, said_of(problem, lang), looks.wrapped)
        grade = looks.error if problem.severity == "error" else looks.warning
        sheet.write_string(row, 5, GRADES[problem.severity].template(lang), grade)
    more = brought.error_count + brought.warning_count - row
    if more > 0:
        sheet.write_string(row + 1, 4, MORE.say(lang, number=more))


def said_of(problem: Problem, lang: Language) -> str:
    """What is wrong and what would be right, without the place."""
    fields = {**problem.fields, "value": problem.value, "column": problem.column, "table": problem.table}
    return problem.sentence.say(lang, **fields)


def _marks(brought: Brought, grid: Grid) -> Marks:
    found: dict[tuple[int, int | None], list[Problem]] = {}
    for problem in (*brought.errors, *brought.warnings):
        if problem.file != grid.place:
            continue
        part = brought.joined.part_of(problem.table, grid.place)
        column = _place_of(problem.column, part.heads, part.at) if part else None
        row = problem.row or (part.head_row if part else 1)
        found.setdefault((row, column), []).append(problem)
    return found


def _place_of(head: str, heads: Mapping[str, str], at: Mapping[str, int]) -> int | None:
    return next((at[column] for column, said in heads.items() if said == head and column in at), None)


def _sheet(sheet: Worksheet, grid: Grid, marks: Marks, looks: _Looks, lang: Language) -> None:
    whole_rows = {row for row, column in marks if column is None}
    for number, cells in zip(grid.numbers, grid.rows, strict=True):
        for at, cell in enumerate(cells):
            problems = marks.get((number, at)) or (marks[number, None] if at == 0 and number in whole_rows else [])
            _cell(sheet, number - 1, at, cell, _look(problems, looks), looks)
    for (row, column), problems in marks.items():
        words = "\n".join(said_of(problem, lang) for problem in problems)[:2000]
        sheet.write_comment(row - 1, column or 0, words, {"x_scale": 2.5, "y_scale": 1.5})


def _look(problems: Sequence[Problem], looks: _Looks) -> Format | None:
    if not problems:
        return None
    return looks.error if any(problem.severity == "error" for problem in problems) else looks.warning


def _cell(sheet: Worksheet, row: int, at: int, cell: object, look: Format | None, looks: _Looks) -> None:
    if cell in ("", None):
        if look:
            sheet.write_blank(row, at, None, look)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, at, cell, look)
    elif isinstance(cell, int | float):
        sheet.write_number(row, at, cell, look)
    elif isinstance(cell, date | datetime):
        sheet.write_datetime(row, at, cell, look or looks.day)
    else:
        sheet.write_string(row, at, str(cell)[:32_000], look)
