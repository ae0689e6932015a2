"""Queries that come with every call: Django works out their SQL once, and afterwards only the values change.

Working out a query takes Django ten times as long as the database takes to answer it, and every call of the interface
asks who is there and which rows it names. What such a query gives is what it always gave, values converted as Django
converts them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Value

from huoku.server.platform.scope import ScopedQuerySet
from huoku.server.platform.sql import Row, Statement, ask_together

M = TypeVar("M", bound=models.Model)
Asking = Callable[[Sequence[Statement]], list[list[Row]]]


@dataclass(frozen=True, slots=True)
class _Given:
    name: str


def given(name: str) -> Value:
    """The place of a value that comes with each call: ``filter(code=given("code"))``."""
    return Value(_Given(name))


@dataclass(slots=True)
class _Statement:
    sql: str
    parameters: list[Any]
    converters: list[tuple[int, list[Any], Any]]


@dataclass(slots=True)
class Prepared:
    """``make`` returns the query: columns (``values_list``) of rows of the companies that it names (``scope.py``)."""

    make: Callable[[], "models.QuerySet[Any, Any]"]
    _made: dict[str, _Statement] = field(default_factory=dict)

    def rows(self, **values: Any) -> list[Row]:
        """The rows for these values, each named by ``given`` in the query. They go to the database as they are, so
        each has to be of its column's type. Raises KeyError where one is missing, CompanyNotNamed."""
        return rows_of_each((self, values))[0]

    def _statement(self) -> _Statement:
        kept = self._made.get(connection.vendor)
        if kept is None:
            kept = self._made[connection.vendor] = _worked_out(self.make())
        return kept


def rows_of_each(*asked: tuple[Prepared, Mapping[str, Any]], asking: Asking = ask_together) -> list[list[Row]]:
    """The rows of several queries, each with its values, in one round."""
    kept = [query._statement() for query, _ in asked]
    together: list[Statement] = [
        (each.sql, [values[place.name] if isinstance(place, _Given) else place for place in each.parameters])
        for each, (_, values) in zip(kept, asked, strict=True)
    ]
    return [
        [_converted(row, each.converters) for row in found] if each.converters else found
        for each, found in zip(kept, asking(together), strict=True)
    ]


def _worked_out(query: "models.QuerySet[Any, Any]") -> _Statement:
    if isinstance(query, ScopedQuerySet):
        query.checked()
    compiler = query.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    columns = [column for column, *_ in compiler.select]
    converters = [(place, *each) for place, each in compiler.get_converters(columns).items()]
    return _Statement(sql, list(parameters), converters)


def _converted(row: Row, converters: list[tuple[int, list[Any], Any]]) -> Row:
    values = list(row)
    for place, converting, column in converters:
        for convert in converting:
            values[place] = convert(values[place], column, connection)
    return tuple(values)


def columns(model: type[models.Model], way: str = "") -> list[str]:
    """The columns of ``model`` as a query over ``way`` (``company__``) names them."""
    return [way + each.attname for each in model._meta.concrete_fields]


def row_of(model: type[M], values: Row) -> M:
    """The row of ``model`` with these values of its columns, as if it had been asked for."""
    return model.from_db(connection.alias, [each.attname for each in model._meta.concrete_fields], values)
