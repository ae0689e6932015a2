"""A recognised sheet becomes rows of our table: cells as text, and what others say in another way said in ours."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation

from huoku.factory.brought.captions import is_percent
from huoku.factory.brought.grids import Grid
from huoku.factory.brought.parts import Part, Remark
from huoku.factory.brought.recognising import Recognised, Wish, recognise
from huoku.factory.brought.synonyms import TOTALS
from huoku.factory.cells import BadCell, choice, number, rounded
from huoku.factory.contract import Column, plain
from huoku.factory.examples_of import MARKS
from huoku.factory.findings import Findings
from huoku.factory.frames import cell_text
from huoku.factory.inputs import TABLES
from huoku.factory.workbook import CODE_IS_DATE, tell_formulas
from huoku.language import Sentence

FILLED_DOWN = {"bom": ("parent",), "supplies": ("supply", "supplier"), "demands": ("demand", "customer")}
"""What other systems write in the first row of a paper alone."""
CARRIES = {"bom": "component", "supplies": "item", "demands": "item"}
LINES_OF = {"supplies": "supply", "demands": "demand"}

TOTAL_ROWS = Sentence("{number} 行合计没有读", "{number} {number|row|rows} of totals {number|was|were} not read")
TOOK_FROM_ABOVE = Sentence(
    "{number} 行没写“{head}”，按上一行的算",
    "{number} {number|row leaves|rows leave} “{head}” empty and {number|takes|take} it from the row above",
)
LINES_NUMBERED = Sentence("一张单有几行，按“单号/行号”区分", "papers of several lines are told apart as number/line")
DIVIDED = Sentence("用量 = {numerator} ÷ {denominator}", "qty = {numerator} / {denominator}")
HUNDREDTHS = Sentence("“{head}”按百分数读", "“{head}” is read as a percentage")
NO_CHOICE = Sentence("“{head}”里的 {words} 不认识，留空", "{words} in “{head}” is none of ours and is left empty")
WORK = Sentence("按生产单读（不是采购单）", "read as work orders, not purchases")
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")


def shaped(grid: Grid, found: Recognised, findings: Findings) -> Part:
    """The rows of a sheet for its table. Raises nothing: what is wrong is told."""
    tell_formulas(grid.scan, found.table, grid.place, findings)
    begins = _first_row(grid, found)
    remarks: list[Remark] = []
    kept, totals = [], 0
    for row in range(begins, len(grid.rows)):
        cells = grid.rows[row]
        first = next((text for cell in cells if (text := _text(cell).strip())), "")
        if plain(first) in TOTALS:
            totals += 1
        elif first and not first.startswith(MARKS):
            kept.append(row)
    if totals:
        remarks.append(Remark(TOTAL_ROWS, {"number": totals}))
    columns = {name: _column(grid, kept, place) for name, place in found.at.items()}
    _tell_dates(grid, found, kept, findings)
    numbers = [grid.numbers[row] for row in kept]
    if not found.is_ours:
        _as_ours(columns, found, remarks)
    for name, value in found.constants.items():
        if name not in columns:
            columns[name] = [value] * len(kept)
            remarks.append(Remark(WORK))
    head_row = grid.numbers[found.row]
    return Part(
        *(grid.file, grid.sheet, found.table, found.heads, found.at, columns, numbers, found.unused),
        *(tuple(remarks), head_row),
    )


def _first_row(grid: Grid, found: Recognised) -> int:
    """Below the heads; a second row of heads, as Kingdee writes, is passed over."""
    row = found.row + 1
    while row < len(grid.rows):
        again = recognise(Grid(grid.file, "", [grid.rows[row]], [row]), Wish(found.table))
        if again is None or len(again.at) < max(2, len(found.at) // 2):
            return row
        row += 1
    return row


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else cell_text(cell) or ""


def _column(grid: Grid, rows: Sequence[int], place: int) -> list[str]:
    return [_text(cells[place]).strip() if place < len(cells := grid.rows[row]) else "" for row in rows]


def _tell_dates(grid: Grid, found: Recognised, rows: Sequence[int], findings: Findings) -> None:
    """Codes that Excel has turned into days."""
    codes = [column.name for column in TABLES[found.table].columns if column.kind == "code" and column.name in found.at]
    for name in codes:
        place = found.at[name]
        for row in rows:
            cell = grid.rows[row][place] if place < len(grid.rows[row]) else ""
            if isinstance(cell, date):
                said = {"row": grid.numbers[row], "column": found.heads[name], "value": _text(cell)}
                findings.error("code_is_date", CODE_IS_DATE, file=grid.place, table=found.table, **said)


def _as_ours(columns: dict[str, list[str]], found: Recognised, remarks: list[Remark]) -> None:
    """What another system says in its way."""
    if "unit" in columns:
        columns["unit"] = ["pcs" if text.casefold() == "pcs" else text for text in columns["unit"]]
    _fill_down(columns, found, remarks)
    _divide(columns, found, remarks)
    _number_lines(columns, found, remarks)
    for column in TABLES[found.table].columns:
        if column.name not in columns:
            continue
        head = found.heads.get(column.name, "")
        if column.kind == "rate" and is_percent(head):
            columns[column.name] = [f"{text}%" if _PLAIN.fullmatch(text) else text for text in columns[column.name]]
            remarks.append(Remark(HUNDREDTHS, {"head": head}))
        if column.kind == "choice":
            _leave_unknown(columns, column, head, remarks)


def _fill_down(columns: dict[str, list[str]], found: Recognised, remarks: list[Remark]) -> None:
    """Whoever carries on a paper leaves its number empty: it is the one of the row above. Cells that are empty in the
    first row of a paper stay so."""
    names = [name for name in FILLED_DOWN.get(found.table, ()) if name in columns]
    carries = columns.get(CARRIES.get(found.table, ""), [])
    if not names or names[0] != FILLED_DOWN[found.table][0]:
        return
    key, filled, last = columns[names[0]], 0, -1
    for row, text in enumerate(key):
        if text:
            last = row
        elif last >= 0 and carries[row]:
            for name in names:
                columns[name][row] = columns[name][row] or columns[name][last]
            filled += 1
    if filled:
        remarks.append(Remark(TOOK_FROM_ABOVE, {"number": filled, "head": found.heads[names[0]]}))


def _divide(columns: dict[str, list[str]], found: Recognised, remarks: list[Remark]) -> None:
    """So much of a component for so many of its parent."""
    of, by = columns.pop("numerator", None), columns.pop("denominator", None)
    if found.table != "bom":
        return
    of = columns.get("qty") if of is None else of
    if of is None or by is None:
        if of is not None:
            columns["qty"] = of
        return
    columns["qty"] = [_divided(one, other) for one, other in zip(of, by, strict=True)]
    heads = {"numerator": found.heads.get("numerator") or found.heads.get("qty", ""), "denominator": ""}
    remarks.append(Remark(DIVIDED, {**heads, "denominator": found.heads["denominator"]}))


def _divided(one: str, other: str) -> str:
    if not one or not other:
        return one
    try:
        return f"{rounded(number(one) / number(other)).normalize():f}"
    except (BadCell, DivisionByZero, InvalidOperation):
        return f"{one} ÷ {other}"


def _number_lines(columns: dict[str, list[str]], found: Recognised, remarks: list[Remark]) -> None:
    """The lines of one paper have names of their own: number/line."""
    lines, key = columns.pop("line", None), LINES_OF.get(found.table, "")
    papers = columns.get(key)
    if papers is None:
        return
    often = Counter(paper for paper in papers if paper)
    if all(count == 1 for count in often.values()):
        return
    if lines is not None and len({*zip(papers, lines, strict=True)}) == len(papers):
        columns[key] = [f"{paper}/{_whole(line)}" if paper else "" for paper, line in zip(papers, lines, strict=True)]
    else:
        met: Counter[str] = Counter()
        for row, paper in enumerate(papers):
            met[paper] += 1
            papers[row] = f"{paper}/{met[paper]}" if paper else ""
    remarks.append(Remark(LINES_NUMBERED))


def _whole(line: str) -> str:
    try:
        return str(int(Decimal(line)))
    except (InvalidOperation, ValueError):
        return line


def _leave_unknown(columns: dict[str, list[str]], column: Column, head: str, remarks: list[Remark]) -> None:
    """A word that we have none for is left empty, where empty has a meaning of its own."""
    known: dict[str, str] = {}
    strange: Counter[str] = Counter()
    for text in {*columns[column.name]} - {""}:
        try:
            known[text] = choice(text, column)
        except BadCell:
            strange[text] = columns[column.name].count(text)
    columns[column.name] = [known.get(text, "") for text in columns[column.name]]
    if strange:
        said = ", ".join(f"{text} ({count})" for text, count in strange.most_common(5))
        remarks.append(Remark(NO_CHOICE, {"head": head, "words": said}))
