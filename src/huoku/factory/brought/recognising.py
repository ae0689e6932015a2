"""Which table a sheet is, in which row its heads stand, and which column each head means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from huoku.factory.brought.captions import said_by
from huoku.factory.brought.grids import Grid
from huoku.factory.brought.synonyms import LEFT_OUT, MADE, MINE, OWN, SYNONYMS, TABLES_CALLED
from huoku.factory.contract import Table, plain
from huoku.factory.frames import cell_text
from huoku.factory.inputs import TABLES
from huoku.factory.workbook import SETTINGS_SHEET, SETTINGS_ZH
from huoku.traditional import traditional

HEAD_WITHIN = 20
"""The heads stand in one of the first so many rows that are filled."""
INSTEAD = {"qty": "numerator", "lead_time_days": ""}
"""Required columns that something else may stand for."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """``at``: by column, its place in the row. ``row``: that of the heads, as an index. ``is_ours``: every head is one
    of the contract's own names, so that nothing is guessed."""

    table: str
    row: int
    at: Mapping[str, int]
    heads: Mapping[str, str]
    unused: tuple[str, ...]
    is_ours: bool
    constants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody says of a sheet: its table ("" leaves it out), and of its heads what they mean ("" nothing)."""

    table: str
    columns: Mapping[str, str] = field(default_factory=dict)


def is_settings(grid: Grid) -> bool:
    return plain(grid.sheet) in (SETTINGS_SHEET, SETTINGS_ZH, traditional(SETTINGS_ZH))


def is_left_out(grid: Grid) -> bool:
    """A sheet of ours that explains, or that tells faults."""
    return any(plain(grid.sheet).startswith(word) for word in LEFT_OUT)


def recognise(grid: Grid, wish: Wish | None = None) -> Recognised | None:
    """None where it is no table of ours, as far as can be told."""
    tables = [wish.table] if wish else list(TABLES)
    named, is_exact = ("", False) if wish else _named(grid)
    rows = _first_filled(grid)
    found = [_matched(grid, row, texts, TABLES[name], wish) for row, texts in rows for name in tables]
    whole = [each for each in found if not _missing(each) and (len(each.at) > 1 or is_exact)]
    by_name = [each for each in whole or found if each.table == named]
    if wish:
        return max((each for each in found if each.at), key=_weight, default=found[0] if found else None)
    if by_name and (best := max(by_name, key=_weight)) and (best in whole or is_exact or len(best.at) > 2):
        return best
    return max(whole, key=_weight, default=None)


def _weight(found: Recognised) -> tuple[int, int, int]:
    """More of our columns first, then the later row (captions stand below technical names) and the table that the
    contract names first. Terms beside items do not count: with nothing else a list of them is one of sources."""
    return sum(not name.startswith("buy_") for name in found.at), found.row, -list(TABLES).index(found.table)


def _missing(found: Recognised) -> list[str]:
    columns = (column.name for column in TABLES[found.table].columns if column.required)
    return [name for name in columns if name not in found.at and INSTEAD.get(name, name) not in (*found.at, "")]


def _first_filled(grid: Grid) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    for place, cells in enumerate(grid.rows[: HEAD_WITHIN * 5]):
        texts = [cell if isinstance(cell, str) else cell_text(cell) or "" for cell in cells]
        if any(text.strip() for text in texts):
            rows.append((place, texts))
        if len(rows) == HEAD_WITHIN:
            break
    return rows


def _named(grid: Grid) -> tuple[str, bool]:
    """The table that the sheet's name says, or the file's, and whether it is the very name."""
    for name in (grid.sheet, grid.stem):
        if exact := _by_name().get(plain(name)):
            return exact, True
    for name in (grid.sheet, grid.stem):
        within = [(len(word), table) for word, table in _parts_of_names() if word in plain(name)]
        if within:
            return max(within)[1], False
    return "", False


@cache
def _by_name() -> dict[str, str]:
    return {
        **{plain(traditional(table.zh)): table.name for table in TABLES.values()},
        **{plain(table.zh): table.name for table in TABLES.values()},
        **{plain(table.name): table.name for table in TABLES.values()},
    }


@cache
def _parts_of_names() -> tuple[tuple[str, str], ...]:
    words = {word: table for table, called in TABLES_CALLED.items() for word in called}
    return tuple({**{plain(traditional(word)): table for word, table in words.items()}, **words}.items())


@cache
def _meanings(table: str) -> dict[str, tuple[tuple[int, str], ...]]:
    """By what a head may say: the columns that it may mean, with the rank of that name among the column's names."""
    found: dict[str, list[tuple[int, str]]] = {}
    contract = {column.name: (column.name, column.zh) for column in TABLES[table].columns}
    named = SYNONYMS.get(table, {})
    for column in (*contract, *MINE.get(table, ()), "name", "name_en"):
        own, others = contract.get(column, (column,)), named.get(column, ())
        first = others.index(OWN) if OWN in others else 0
        ranked = [*others[:first], *own, *(word for word in others[first:] if word != OWN)]
        if column not in contract and not others:
            continue
        for rank, word in enumerate(ranked):
            for said in dict.fromkeys((plain(word), plain(traditional(word)))):
                found.setdefault(said, []).append((rank, column))
    return {said: tuple(columns) for said, columns in found.items()}


def _matched(grid: Grid, row: int, texts: Sequence[str], table: Table, wish: Wish | None) -> Recognised:
    """Each of our columns takes the head that names it best; each head means one column only."""
    meanings, wished = _meanings(table.name), wish.columns if wish else {}
    offers: list[tuple[int, int, int, str]] = []
    for place, head in enumerate(texts):
        if not head.strip():
            continue
        if head.strip() in wished:
            if column := wished[head.strip()]:
                offers.append((-1, 0, place, column))
            continue
        for literal, said in enumerate(said_by(head)):
            offers += [(rank, literal, place, column) for rank, column in meanings.get(said, ())]
    at: dict[str, int] = {}
    for _, _, place, column in sorted(offers, key=lambda each: (each[0], each[1], each[2])):
        if column not in at and place not in at.values():
            at[column] = place
    for code, name in (("supplier", "supplier_name"), ("customer", "customer_name")):
        if name in at and code not in at:  # who is known by name alone is called by it
            at[code] = at.pop(name)
    own = _own_heads_of(table.name)
    is_ours = all(plain(texts[place]) in own for place in at.values())
    if not is_ours and "place" in at:
        at.pop("location", None)
    unused = tuple(head.strip() for place, head in enumerate(texts) if head.strip() and place not in at.values())
    heads = {column: texts[place].strip() for column, place in at.items()}
    return Recognised(table.name, row, at, heads, unused, is_ours, _constants(grid, table.name, texts))


@cache
def _own_heads_of(name: str) -> frozenset[str]:
    columns = TABLES[name].columns
    own = {plain(said) for column in columns for said in (column.name, column.zh, traditional(column.zh))}
    return frozenset(own | {"name", "name_en"})


def _constants(grid: Grid, table: str, heads: Sequence[str]) -> dict[str, str]:
    if table == "supplies" and any(word in text for text in (grid.sheet, grid.stem, *heads) for word in MADE):
        return {"kind": "make"}
    return {}
