"""From rows to values: the one way, for the interface, pages, exports and print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.asking import MOST_ROWS, BadQuestion, Question
from huoku.server.platform.tables.table import TABLES, Column, Expand, Table

MOST_EXPANDED = 5_000
"""So many rows of another table come along with one page at most."""


@dataclass(frozen=True, slots=True)
class Page:
    """``rows`` by column name; ``next_cursor`` is None on the last page."""

    rows: list[dict[str, Any]]
    next_cursor: str | None


def page(table: Table, actor: Actor, asked: Question) -> Page:
    """The answer to a question."""
    found = table.rows_for(actor).filter(asked.chosen).annotate(**asked.parts())
    if asked.after is not None:
        found = found.filter(asked.beyond())
    if table.reckoned() and asked.limit <= MOST_ROWS:
        # What is reckoned of every row only to be put aside would cost more than to look twice.
        chosen = found.order_by(*asked.order()).values_list("pk", flat=True)[: asked.limit + 1]
        found = table.rows_for(actor).filter(pk__in=list(chosen)).annotate(**asked.parts())
    keys = [way for way, _, _ in asked.ordered_by()]
    named = [each.source for _, each in asked.expands if not each.many]
    rows = list(_values(found.order_by(*asked.order())[: asked.limit + 1], asked.columns, [*keys, *named, "pk"]))
    shown = [show(asked.columns, row, actor) for row in rows[: asked.limit]]
    start = 2 * len(asked.columns)
    for name, expand in asked.expands:
        at = -1 if expand.many else start + len(keys) + named.index(expand.source)
        _expand(name, expand, actor, shown, [row[at] for row in rows[: asked.limit]])
    more = len(rows) > asked.limit
    return Page(shown, asked.cursor(rows[asked.limit - 1][start : start + len(keys)]) if more else None)


def one(
    table: Table, actor: Actor, row_id: int, asked: Question, most: int | None = None
) -> tuple[dict[str, Any], int] | None:
    """One row and its version (0 where the table has none); None where the actor knows of no such row. ``most``: so
    many rows of each other table come along, and no more are asked for; without it more than ``MOST_EXPANDED`` are
    refused."""
    found = table.rows_for(actor).filter(pk=row_id)
    version = "version" if table.is_versioned else "pk"
    named = [each.source for _, each in asked.expands if not each.many]
    row = next(iter(_values(found, asked.columns, [version, *named])), None)
    if row is None:
        return None
    shown = show(asked.columns, row, actor)
    start = 2 * len(asked.columns)
    for name, expand in asked.expands:
        key = row_id if expand.many else row[start + 1 + named.index(expand.source)]
        _expand(name, expand, actor, [shown], [key], most)
    return shown, row[start] if table.is_versioned else 0


def show(columns: Sequence[Column], row: Sequence[Any], actor: Actor) -> dict[str, Any]:
    """``row``: for each column its value and the one beside it, in turn."""
    zone = ZoneInfo(actor.company.timezone)
    shown = {
        column.name: column.kind.show(row[2 * place], row[2 * place + 1], zone) for place, column in enumerate(columns)
    }
    for column in columns:
        if column.seen:
            shown[column.name] = column.seen(actor, shown[column.name])
    return shown


def _values(found: QuerySet[Any], columns: Sequence[Column], further: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    ways = [way for column in columns for way in (column.source, column.beside or column.source)]
    wanted = list(dict.fromkeys([*ways, *further]))
    places = [wanted.index(way) for way in (*ways, *further)]
    for row in found.values_list(*wanted):
        yield tuple(row[place] for place in places)


def _expand(
    name: str,
    expand: Expand,
    actor: Actor,
    shown: list[dict[str, Any]],
    keys: Sequence[Any],
    most: int | None = None,
) -> None:
    table = TABLES[expand.table]
    columns = tuple(table.seen_by(actor).values())
    by = expand.source if expand.many else "pk"
    found = table.rows_for(actor).filter(**{f"{by}__in": {key for key in keys if key is not None}})
    groups: dict[Any, list[dict[str, Any]]] = {}
    further = list(_values(found.order_by("pk")[: most or MOST_EXPANDED + 1], columns, [by]))
    if len(further) > MOST_EXPANDED:
        raise BadQuestion(field="expand", value=name, known=f"{MOST_EXPANDED} {expand.table}, limit=...")
    for row in further:
        groups.setdefault(row[-1], []).append(show(columns, row, actor))
    for each, key in zip(shown, keys, strict=True):
        rows = groups.get(key, [])
        each.setdefault("expanded", {})[name] = rows if expand.many else next(iter(rows), None)
