"""Telling a doubt: the tables, and where to say what is doubtful in a cell of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from huoku.factory.findings import Findings
from huoku.factory.sheet import Sheet
from huoku.language import Sentence


@dataclass(frozen=True, slots=True)
class Told:
    """The tables, and where to tell what is doubtful in a cell of them."""

    sheets: Mapping[str, Sheet]
    findings: Findings

    def frame(self, table: str) -> pl.DataFrame:
        return self.sheets[table].frame

    def cells(
        self,
        table: str,
        column: str,
        rule: str,
        sentence: Sentence,
        doubtful: pl.Expr,
        *fields: pl.Expr,
        **same: object,
    ) -> None:
        """A doubt about each row of the table where the expression holds; ``fields`` are said with it."""
        sheet = self.sheets[table]
        if not sheet.frame.height:
            return
        bad = sheet.frame.select(doubtful.fill_null(False).alias("bad"))["bad"]
        if bad.any():
            said = sheet.frame.filter(bad).select(fields).to_dict(as_series=False) if fields else {}
            self.findings.cells("warning", rule, sentence, sheet, column, bad, said, **same)


def plain(column: str) -> pl.Expr:
    """A decimal without its trailing zeros."""
    return pl.col(column).cast(pl.String).str.replace(r"\.?0+$", "")
