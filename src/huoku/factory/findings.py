"""Everything that is wrong or doubtful, collected: the first thousand of each are kept, all are counted."""

from collections.abc import Mapping
from typing import Any, Literal

import polars as pl

from huoku.errors import SHOWN, DataError, Problem
from huoku.factory.inputs import TABLES
from huoku.factory.sheet import Sheet
from huoku.language import Sentence

Severity = Literal["error", "warning"]

LONGEST_VALUE = 80
"""A cell is quoted in a message up to so many characters."""


class Findings:
    """Collects problems of all tables, so that a user sees them at once and not one by one."""

    def __init__(self) -> None:
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []
        self.error_count = 0
        self.warning_count = 0

    def add(self, problem: Problem, count: int = 1) -> None:
        """Keep one problem; ``count`` is 0 when it was counted already."""
        kept = self.errors if problem.severity == "error" else self.warnings
        if len(kept) < SHOWN:
            kept.append(problem)
        self._count(problem.severity, count)

    def error(self, rule: str, sentence: Sentence, *, file: str = "", table: str = "", **place: object) -> None:
        """An error of a whole file or table; ``place``: row, column, value, and fields of the sentence."""
        self.add(_problem("error", rule, sentence, table, file, place))

    def warning(self, rule: str, sentence: Sentence, *, file: str = "", table: str = "", **place: object) -> None:
        """A doubt about a whole file or table."""
        self.add(_problem("warning", rule, sentence, table, file, place))

    def cells(
        self,
        severity: Severity,
        rule: str,
        sentence: Sentence,
        sheet: Sheet,
        column: str,
        bad: pl.Series,
        fields: Mapping[str, Any] | None = None,
        **same: object,
    ) -> None:
        """One problem for each row where ``bad`` is true, about the cell in ``column``.

        ``fields``: lists or Series of what the sentence says of each bad row, in order; ``same``: of all.
        """
        where = bad.fill_null(False).arg_true()
        self._count(severity, len(where))
        kept = self.errors if severity == "error" else self.warnings
        for position, row in enumerate(where.head(SHOWN - len(kept)).to_list()):
            said = {name: values[position] for name, values in (fields or {}).items()}
            place = {"row": sheet.rows[row], "column": sheet.header(column), "value": sheet.cell(column, row)}
            kept.append(_problem(severity, rule, sentence, sheet.table.name, sheet.file, {**place, **same, **said}))

    def raise_errors(self) -> None:
        """DataError with every error that was found, table by table and row by row; nothing if there is none."""
        if self.errors:
            tables = ["", "factory", *TABLES]
            ordered = sorted(self.errors, key=lambda error: (tables.index(error.table), error.row or 0))
            raise DataError(ordered, self.error_count)

    def _count(self, severity: Severity, count: int) -> None:
        if severity == "error":
            self.error_count += count
        else:
            self.warning_count += count


def _problem(
    severity: Severity, rule: str, sentence: Sentence, table: str, file: str, place: Mapping[str, object]
) -> Problem:
    fields = dict(place)
    row = fields.pop("row", None)
    column, value = str(fields.pop("column", "")), str(fields.pop("value", ""))
    return Problem(
        severity,
        rule,
        sentence,
        table,
        file,
        row if isinstance(row, int) else None,
        column,
        value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…",
        fields,
    )
