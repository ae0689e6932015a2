"""Parts of the same table one under the other, and problems of the whole back at their files, rows and heads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from huoku.errors import Problem
from huoku.factory.brought.parts import Part
from huoku.factory.brought.synonyms import MINE
from huoku.factory.inputs import TABLES
from huoku.factory.sheet import RawTable

STRIDE = 10_000_000
"""The rows of the second part of a table are counted from here on, of the third from twice so many."""
KEPT_BESIDE = ("name", "name_en", "spec", "place", "supplier_name", "customer_name", "price")
"""What is read beside the contract's columns, and used where a factory is brought into a company."""
ROWS_NAMED = ("first",)
"""Fields of sentences that name another row."""


@dataclass(frozen=True, slots=True)
class Joined:
    """``tables`` are ready to be read; ``placed`` says where a problem really is."""

    tables: dict[str, RawTable]
    parts: dict[str, list[Part]] = field(default_factory=dict)

    def placed(self, problem: Problem) -> Problem:
        parts = self.parts.get(problem.table, [])
        if problem.file or not parts:
            return problem
        part = parts[(problem.row or 0) // STRIDE]
        fields = {name: _row(value) if name in ROWS_NAMED else value for name, value in problem.fields.items()}
        row = None if problem.row is None else problem.row % STRIDE
        column = part.heads.get(problem.column, problem.column)
        return replace(problem, file=part.place, row=row, column=column, fields=fields)

    def part_of(self, table: str, place: str) -> Part | None:
        return next((part for part in self.parts.get(table, ()) if part.place == place), None)


def _row(value: object) -> object:
    return value % STRIDE if isinstance(value, int) else value


def joined(parts: Iterable[Part]) -> Joined:
    """One raw table of all the parts that are of it."""
    by_table: dict[str, list[Part]] = {}
    for part in parts:
        by_table.setdefault(part.table, []).append(part)
    tables = {name: _raw(name, by_table[name]) for name in TABLES if name in by_table}
    return Joined(tables, by_table)


def _raw(name: str, parts: Sequence[Part]) -> RawTable:
    known = {column.name for column in TABLES[name].columns} | (
        {*KEPT_BESIDE} & {*MINE.get(name, ()), "name", "name_en"}
    )
    columns = [column for column in dict.fromkeys(name for part in parts for name in part.columns) if column in known]
    schema = {str(place): pl.String for place in range(len(columns))}
    frames = [
        pl.DataFrame(
            {str(place): part.columns.get(column, [""] * len(part.numbers)) for place, column in enumerate(columns)},
            schema=schema,
        )
        for part in parts
    ]
    rows = [
        pl.Series([number + STRIDE * place for number in part.numbers], dtype=pl.UInt32)
        for place, part in enumerate(parts)
    ]
    return RawTable(TABLES[name], "", tuple(columns), pl.concat(frames), pl.concat(rows))
