"""The rows that make up a row: an order's lines, a supplier's terms. What becomes of them is its history too."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Value
from django.db.models.functions import JSONObject

from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.table import TABLES, Column, Table

CALLED_BY = ("seq", "number", "code", "item", "component", "role", "text", "unit", "revision", "date")
"""The columns by which people tell such rows from each other, the first two that there are."""


@dataclass(frozen=True, slots=True)
class Part:
    """``name``: what the whole calls them, such as lines; ``way``: from one of them to the whole."""

    name: str
    table: Table
    way: str

    @property
    def what(self) -> str:
        return self.table.model._meta.label_lower

    def of(self, actor: Actor, row_id: int) -> "models.QuerySet[Any]":
        return self.table.rows_for(actor).filter(**{self.way: row_id})

    def calling(self) -> list[Column]:
        """The columns by which one of them is called."""
        by_name = {column.name: column for column in self.table.columns if column.group is None}
        return [by_name[name] for name in CALLED_BY if name in by_name][:2]

    def ways(self) -> list[str]:
        """What must be known of one of them besides its own columns, to show and to call it."""
        beside = {column.beside for column in self.table.held if column.beside}
        return sorted(beside | {column.source for column in self.calling()})


def parts_of(table: Table, actor: Actor) -> Sequence[Part]:
    """Those that the actor may read."""
    many = [Part(name, TABLES[each.table], each.source) for name, each in table.expands.items() if each.is_part]
    return [part for part in many if actor.may(part.table.read) and not part.table.has_uuids]


def known_of(
    actor: Actor, row_id: int, wanted: Sequence[tuple[Part, Set[int]]]
) -> dict[str, dict[int, dict[str, Any]]]:
    """By kind and id, what ``ways`` lead to, of those with these ids that are parts of the row: one question."""
    asked = [
        part.of(actor, row_id)
        .filter(pk__in=ids)
        .order_by()
        .values_list(Value(part.what), "pk", JSONObject(**{way: way for way in part.ways()}))
        for part, ids in wanted
        if ids
    ]
    found: dict[str, dict[int, dict[str, Any]]] = {part.what: {} for part, _ in wanted}
    for what, pk, known in asked[0].union(*asked[1:], all=True) if asked else ():
        found[what][pk] = known
    return found


def known_of_gone(part: Part, actor: Actor, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The same of a row that is gone, from its last facts and the rows that it named."""
    return known_of_last(part.table, actor, facts, part.ways())


def known_of_last(table: Table, actor: Actor, facts: Mapping[str, Any], ways: Iterable[str]) -> dict[str, Any]:
    """What ``ways`` led to from a row that is gone, by its last facts and the rows that it named."""
    found: dict[str, Any] = {}
    for way in ways:
        first, _, further = way.partition("__")
        if not further:
            found[way] = facts.get(way)
            continue
        column: Any = table.model._meta.get_field(first)
        if first == "company":
            found[way] = getattr(actor.company, further)
        elif named := facts.get(column.attname):
            rows = column.related_model.objects.of(actor.company).filter(pk=named)
            found[way] = rows.values_list(further, flat=True).first()
    return found


def called(part: Part, known: Mapping[str, Any]) -> str:
    """What people call one of them: 2 SCREW-M4."""
    values = (known.get(column.source) for column in part.calling())
    return " ".join(str(value) for value in values if value not in (None, ""))
