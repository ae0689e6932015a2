"""What if? Single cells by their names: ``demands.SO-1042.qty`` is another number, and everything else stays."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

import polars as pl

from huoku.errors import UsageError
from huoku.factory.contract import LONGEST_NAME, Table, nearest, plain
from huoku.factory.frames import as_text, cell_text
from huoku.factory.inputs import TABLES
from huoku.factory.settings import CHINESE_NAMES, NAMES

if TYPE_CHECKING:
    from huoku.factory.factory import Factory

SETTINGS = "settings"
BETWEEN = "/"

ROW_NAMES = {
    "bom": ("parent", "component", "valid_from", "operation"),
    "substitutes": ("item", "substitute", "parent", "valid_from"),
    "stock": ("item", "location", "lot"),
    "reservations": ("demand", "item", "location", "lot"),
    "history": ("item", "date", "location"),
}
"""The columns that name a row where the contract has no key; the key everywhere else."""

SHOWN = 5
COMPARED = 20_000
"""So many names are compared letter by letter with one that is not known."""


def changes_of(factory: "Factory", values: Mapping[str, object]) -> dict[str, object]:
    """What ``Factory.with_`` takes, for cells named ``TABLE.KEY.COLUMN`` and settings named ``settings.NAME``.

    Raises UsageError, naming what is there, for an unknown table, row or column, and for a key that names several rows.
    """
    changes: dict[str, object] = {}
    tables: dict[str, pl.DataFrame] = {}
    for name, value in values.items():
        first, _, rest = name.partition(".")
        if first.strip() in (SETTINGS, "设置"):
            changes[_setting(rest)] = value
            continue
        table = table_called(first)
        key, _, header = rest.rpartition(".")
        frame = tables.get(table.name, factory.table(table.name))
        column = column_called(table, frame, header)
        if not key:
            raise UsageError(f"{name}: name a row too, {table.name}.KEY.{column} / 还要写出是哪一行：表.键.列")
        row = row_called(table, frame, key)
        cells = as_text(frame.get_column(column))
        tables[table.name] = frame.with_columns(cells.scatter(row, cell_text(value)).alias(column))
    return {**changes, **tables}


def _setting(name: str) -> str:
    known = CHINESE_NAMES.get(name.strip(), plain(name))
    if known not in NAMES:
        raise UsageError(f"there is no setting {name}; {_meant(known, NAMES)} / 没有设置“{name}”")
    return known


def table_called(name: str) -> Table:
    for table in TABLES.values():
        if plain(name) in (table.name, table.zh):
            return table
    raise UsageError(f"there is no table {name}; {_meant(name, [SETTINGS, *TABLES])} / 没有表“{name}”")


def column_called(table: Table, frame: pl.DataFrame, header: str) -> str:
    if found := table.named(header):
        return found.name
    if header in frame.columns:
        return header
    hint = _meant(header, frame.columns)
    raise UsageError(f"the table {table.name} has no column {header}; {hint} / 表 {table.name} 没有列“{header}”")


def row_called(table: Table, frame: pl.DataFrame, key: str) -> int:
    """The one row of this name. The name may end early where one row alone begins with it."""
    columns = ROW_NAMES.get(table.name, table.key)
    parts = [pl.col(name).cast(pl.String).fill_null("") for name in columns]
    names = frame.select(name=pl.concat_str(parts, separator=BETWEEN).str.strip_chars_end(BETWEEN))["name"]
    wanted = key.strip().rstrip(BETWEEN)
    found = (names == wanted).arg_true()
    if found.is_empty():
        found = names.str.starts_with(wanted + BETWEEN).arg_true()
    if found.is_empty():
        raise UsageError(_unknown_row(table, names, key))
    if len(found) > 1:
        several = ", ".join(names.gather(found.head(SHOWN)).to_list())
        told = f"{len(found)} rows of {table.name} are called {key}: {several}"
        raise UsageError(f"{told}; name one of them / 表 {table.name} 里有 {len(found)} 行叫“{key}”，请写全")
    return int(found[0])


def _unknown_row(table: Table, names: pl.Series, key: str) -> str:
    by_plain = {plain(name): name for name in names.head(COMPARED).to_list()}
    near = [by_plain[name] for name in get_close_matches(plain(key[:LONGEST_NAME]), list(by_plain), n=3)]
    called = BETWEEN.join(ROW_NAMES.get(table.name, table.key))
    hint = f"near: {', '.join(near)}" if near else f"rows are called {called}"
    return f"the table {table.name} has no row {key}; {hint} / 表 {table.name} 里没有“{key}”"


def _meant(word: str, known: Sequence[str]) -> str:
    """The name that was probably meant, else all there are."""
    likely = nearest(word, known)
    return f"{likely}?" if likely else f"known: {', '.join(known)}"
