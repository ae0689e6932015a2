"""What if? Rows that come or go: ``demands.SO-1042`` is cancelled, another order is there, all else stays."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import polars as pl

from huoku.errors import UsageError
from huoku.factory.assign import ROW_WANTED, column_called, row_called, table_called
from huoku.factory.frames import as_text, cell_text

if TYPE_CHECKING:
    from huoku.factory.factory import Factory

Row = Mapping[str, object]


def tables_with(factory: "Factory", rows: Mapping[str, Iterable[Row]]) -> dict[str, pl.DataFrame]:
    """The tables that get more rows, as text. Raises UsageError for an unknown table or column."""
    changed: dict[str, pl.DataFrame] = {}
    for name, given in rows.items():
        table = table_called(name)
        frame = changed.get(table.name, factory.table(table.name))
        named = [
            {column_called(table, frame, header): cell_text(cell) for header, cell in row.items()} for row in given
        ]
        more = pl.DataFrame(named, schema=dict.fromkeys(frame.columns, pl.String))
        changed[table.name] = pl.concat([frame.select(as_text(column) for column in frame), more])
    return changed


def tables_without(factory: "Factory", names: Iterable[str]) -> dict[str, pl.DataFrame]:
    """The tables without the rows named ``TABLE.KEY``. Raises UsageError for what is not there."""
    changed: dict[str, pl.DataFrame] = {}
    for name in names:
        first, _, key = name.partition(".")
        table = table_called(first)
        if not key:
            raise UsageError(ROW_WANTED, name=name, wanted=f"{table.name}.KEY")
        frame = changed.get(table.name, factory.table(table.name))
        row = row_called(table, frame, key)
        changed[table.name] = pl.concat([frame.head(row), frame.tail(frame.height - row - 1)])
    return changed
