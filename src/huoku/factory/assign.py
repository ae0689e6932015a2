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
from huoku.language import Sentence

if TYPE_CHECKING:
    from huoku.factory.factory import Factory

ROW_WANTED = Sentence("{name}：还要写出是哪一行，如 {wanted}", "{name}: name a row too, {wanted}")
NO_SETTING = Sentence("没有设置“{name}”；{hint_zh}", "there is no setting {name}; {hint_en}")
NO_TABLE = Sentence("没有表“{name}”；{hint_zh}", "there is no table {name}; {hint_en}")
NO_COLUMN = Sentence("表 {table} 没有列“{name}”；{hint_zh}", "the table {table} has no column {name}; {hint_en}")
NO_ROW = Sentence("表 {table} 里没有“{name}”；{hint_zh}", "the table {table} has no row {name}; {hint_en}")
SEVERAL_ROWS = Sentence(
    "表 {table} 里有 {count} 行叫“{name}”：{several}；请写全",
    "{count} {count|row|rows} of {table} are called {name}: {several}; name one of them",
)

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
            raise UsageError(ROW_WANTED, name=name, wanted=f"{table.name}.KEY.{column}")
        row = row_called(table, frame, key)
        cells = as_text(frame.get_column(column))
        tables[table.name] = frame.with_columns(cells.scatter(row, cell_text(value)).alias(column))
    return {**changes, **tables}


def _setting(name: str) -> str:
    known = CHINESE_NAMES.get(name.strip(), plain(name))
    if known not in NAMES:
        raise UsageError(NO_SETTING, name=name, **_meant(known, NAMES))
    return known


def table_called(name: str) -> Table:
    for table in TABLES.values():
        if plain(name) in (table.name, table.zh):
            return table
    raise UsageError(NO_TABLE, name=name, **_meant(name, [SETTINGS, *TABLES]))


def column_called(table: Table, frame: pl.DataFrame, header: str) -> str:
    if found := table.named(header):
        return found.name
    if header in frame.columns:
        return header
    raise UsageError(NO_COLUMN, table=table.name, name=header, **_meant(header, frame.columns))


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
        raise _unknown_row(table, names, key)
    if len(found) > 1:
        several = ", ".join(names.gather(found.head(SHOWN)).to_list())
        raise UsageError(SEVERAL_ROWS, table=table.name, name=key, count=len(found), several=several)
    return int(found[0])


def _unknown_row(table: Table, names: pl.Series, key: str) -> UsageError:
    by_plain = {plain(name): name for name in names.head(COMPARED).to_list()}
    near = [by_plain[name] for name in get_close_matches(plain(key[:LONGEST_NAME]), list(by_plain), n=3)]
    called, alike = BETWEEN.join(ROW_NAMES.get(table.name, table.key)), ", ".join(near)
    hint_zh = f"相近的有 {alike}" if near else f"行的名字是 {called}"
    hint_en = f"near: {alike}" if near else f"rows are called {called}"
    return UsageError(NO_ROW, table=table.name, name=key, hint_zh=hint_zh, hint_en=hint_en)


def _meant(word: str, known: Sequence[str]) -> dict[str, str]:
    """The name that was probably meant, else all there are."""
    if likely := nearest(word, known):
        return {"hint_zh": f"是不是 {likely}？", "hint_en": f"{likely}?"}
    return {"hint_zh": f"有 {', '.join(known)}", "hint_en": f"known: {', '.join(known)}"}
