"""One table on its way in: first as text, as the file has it, then typed, with the place of every cell."""

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from huoku.factory.contract import Table


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as found: the header cells, and every cell below them as text.

    ``frame`` has one String column for each header cell, named "0", "1", ...; ``rows`` holds the row
    number of each of its rows, as the user counts (the header is row 1 unless blank rows stand above).
    ``file`` is empty for a table that was given in memory.
    """

    table: Table
    file: str
    headers: tuple[str, ...]
    frame: pl.DataFrame
    rows: pl.Series


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its types, and beside it the text it came from, to quote in messages."""

    table: Table
    file: str
    frame: pl.DataFrame
    text: pl.DataFrame
    rows: pl.Series
    headers: dict[str, str]

    def header(self, column: str) -> str:
        """The header cell of a column as the user wrote it."""
        return self.headers.get(column, column)

    def cell(self, column: str, position: int) -> str:
        """The cell as the user wrote it, empty when there is none; where it took its default, that default."""
        for frame in (self.text, self.frame):
            if column in frame.columns and (value := frame.get_column(column)[position]) is not None:
                return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
        return ""
