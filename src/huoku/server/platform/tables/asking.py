"""A question to a table: which rows, in what order, which columns, how many, and after which row.

``filter[code][starts]=B&sort=-lead_time_days,code&fields=code,name&expand=item&limit=50&cursor=...``
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BaseConstraint, F, Model, OrderBy, Q, UniqueConstraint
from django.db.models.expressions import Combinable

from huoku.language import Sentence
from huoku.server.platform.actor import Actor
from huoku.server.platform.models import User
from huoku.server.platform.refusals import Refused
from huoku.server.platform.scope import Scoped
from huoku.server.platform.tables.scaled import condition as scaled_condition
from huoku.server.platform.tables.scaled import is_scaled
from huoku.server.platform.tables.scaled import parts as scaled_parts
from huoku.server.platform.tables.table import TABLES, Column, Expand, Table

MOST_ROWS = 1_000
"""So many rows a page may have; exports have more."""
PAGE = 100
MOST_SORTS = 4
MOST_IN_A_LIST = 500
LONGEST_TEXT = 400
MOST_BY_ID = 100
"""So many rows of another table are named by their ids: none are answered at once, and few by an index."""

LOOKUPS = {
    "eq": "",
    "ne": "",
    "in": "__in",
    "lt": "__lt",
    "lte": "__lte",
    "gt": "__gt",
    "gte": "__gte",
    "contains": "__icontains",
    "starts": "__istartswith",
    "null": "__isnull",
}
_FILTER = re.compile(r"^filter\[([a-z0-9_]+)\]\[([a-z]+)\]$")


class BadQuestion(Refused):
    code, status, is_kept = "bad_question", 400, False
    words = Sentence("参数 {field} 不对：{value}。可以是：{known}。", "{field} cannot be {value}; possible: {known}.")


@dataclass(frozen=True, slots=True)
class Question:
    """``sorts``: columns and whether they fall; the id is always the last of them, so that the order is whole."""

    columns: tuple[Column, ...]
    chosen: Q
    sorts: tuple[tuple[Column, bool], ...]
    expands: tuple[tuple[str, Expand], ...]
    limit: int
    after: tuple[Any, ...] | None

    def ordered_by(self) -> list[tuple[str, Column, bool]]:
        """What the rows are ordered by: the way to it, the column that it is of, and whether it falls."""
        return _keys(self.sorts)

    def parts(self) -> dict[str, Combinable]:
        """What a row has to be given beside its columns, to be ordered by it."""
        return {
            name: part for column, _ in self.sorts if is_scaled(column) for name, part in scaled_parts(column).items()
        }

    def order(self) -> list[OrderBy]:
        """Empty values last, on both databases and in both directions; where there are none, as an index has them."""
        return [
            (F(way).desc if falls else F(way).asc)(nulls_last=column.nullable or None)
            for way, column, falls in self.ordered_by()
        ]

    def beyond(self) -> Q:
        """The rows after ``after`` in that order."""
        condition, equal = Q(pk__in=[]), Q()
        for (way, column, falls), value in zip(self.ordered_by(), self.after or (), strict=True):
            if value is not None:
                later = Q(**{f"{way}__{'lt' if falls else 'gt'}": value})
                condition |= equal & (later | Q(**{f"{way}__isnull": True}) if column.nullable else later)
            equal &= Q(**{way: value})
        return condition

    def further(self, cursor: str, limit: int) -> "Question":
        """The same question for the rows behind ``cursor``."""
        return replace(self, after=_after(self.sorts, cursor), limit=limit)

    def cursor(self, last: Sequence[Any]) -> str:
        """Where the next page begins: behind the row whose values of ``sorts`` are ``last``."""
        plain = [value if value is None or isinstance(value, int) else _text(value) for value in last]
        return base64.urlsafe_b64encode(json.dumps([_names(self.sorts), plain]).encode()).decode().rstrip("=")


def _keys(sorts: Sequence[tuple[Column, bool]]) -> list[tuple[str, Column, bool]]:
    return [
        (way, column, falls)
        for column, falls in sorts
        for way in (scaled_parts(column) if is_scaled(column) else (column.source,))
    ]


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def question(
    table: Table, actor: Actor, asked: Mapping[str, str], *, limit: int = PAGE, most: int = MOST_ROWS
) -> Question:
    """Read a question. Columns that the actor may not see do not exist. Raises BadQuestion."""
    seen = table.seen_by(actor)
    chosen = Q()
    for name, value in asked.items():
        if name.startswith("filter"):
            chosen &= _filter(table, actor, seen, name, value)
        elif name not in ("sort", "fields", "expand", "limit", "cursor"):
            raise BadQuestion(field=name, value=value, known="filter[], sort, fields, expand, limit, cursor")
    sorts = _sorts(seen, asked.get("sort", ""))
    return Question(
        _columns(seen, asked.get("fields", "")),
        chosen,
        sorts,
        _expands(table, actor, asked.get("expand", "")),
        _limit(asked.get("limit", ""), limit, most),
        _after(sorts, asked["cursor"]) if asked.get("cursor") else None,
    )


def _filter(table: Table, actor: Actor, seen: Mapping[str, Column], name: str, value: str) -> Q:
    parts = _FILTER.match(name)
    column = seen.get(parts[1]) if parts else None
    if parts is None or column is None or not column.kind.filters:
        known = ", ".join(each.name for each in seen.values() if each.kind.filters)
        raise BadQuestion(field=name, value=value, known=f"filter[{known}][op]")
    op = parts[2]
    if op not in column.kind.filters:
        raise BadQuestion(field=name, value=op, known=", ".join(column.kind.filters))
    try:
        given: Any = _given(column, op, value)
    except ValueError:
        raise BadQuestion(field=name, value=value[:80], known=column.kind.name) from None
    if is_scaled(column) and op != "null":
        condition = scaled_condition(column, op, given)
    elif "__" in column.source and op != "null":
        condition = _of_another(table, actor, column, op, given)
    else:
        condition = Q(**{column.source + LOOKUPS[op]: given})
    return ~condition if op == "ne" else condition


def _of_another(table: Table, actor: Actor, column: Column, op: str, given: Any) -> Q:
    """The rows that refer to what is asked for: that is found first and the rows by its id, so that an index over the
    rows of an item serves, and each text is looked at once, not once for each row that refers to it."""
    way, _, name = column.source.partition("__")
    other: Any = table.model._meta.get_field(way).related_model
    others = other.objects.of(actor.company) if issubclass(other, Scoped) else other.objects.all()
    asked = Q(**{name + LOOKUPS[op]: given})
    if (other, name) == (User, "username"):  # pages show people by their names
        asked |= Q(**{"name" + LOOKUPS[op]: given})
    found = others.filter(asked).values_list("pk", flat=True)
    if op == "eq" and is_unique(other, name):
        return Q(**{f"{way}_id": found[:1]})
    if "__" not in name and len(first := list(found[: MOST_BY_ID + 1])) <= MOST_BY_ID:
        return Q(**{f"{way}_id__in": first})
    return Q(**{f"{way}__in": found})


def is_unique(model: type[Model], name: str) -> bool:
    """Does one row of a company at most have each value in this column?"""
    return any(_unique_together(rule) == {"company", name} for rule in model._meta.constraints)


def _unique_together(rule: BaseConstraint) -> set[str]:
    """The columns that are unique together; none where the rule is another, or holds for some rows alone."""
    if not isinstance(rule, UniqueConstraint) or rule.condition is not None:
        return set()
    return {*rule.fields, *(getattr(each, "name", "") for each in rule.expressions if isinstance(each, F))}


def _given(column: Column, op: str, value: str) -> Any:
    if len(value) > LONGEST_TEXT * MOST_IN_A_LIST or "\0" in value:
        raise ValueError(value)
    if op == "null":
        if value not in ("true", "false"):
            raise ValueError(value)
        return value == "true"
    if op == "in":
        parts = value.split(",")
        if len(parts) > MOST_IN_A_LIST:
            raise ValueError(value)
        return [column.kind.read(part) for part in parts]
    if len(value) > LONGEST_TEXT:
        raise ValueError(value)
    return column.kind.read(value)


def _names(sorts: Sequence[tuple[Column, bool]]) -> str:
    return ",".join(f"{'-' if falls else ''}{column.name}" for column, falls in sorts)


def _sorts(seen: Mapping[str, Column], text: str) -> tuple[tuple[Column, bool], ...]:
    sorts: dict[str, tuple[Column, bool]] = {}
    for part in filter(None, text.split(",")):
        column = seen.get(part.removeprefix("-"))
        if column is None or not column.kind.sorts or len(sorts) == MOST_SORTS:
            known = ", ".join(each.name for each in seen.values() if each.kind.sorts)
            raise BadQuestion(field="sort", value=part[:80], known=known)
        sorts.setdefault(column.name, (column, part.startswith("-")))
    sorts.setdefault("id", (seen["id"], False))
    return tuple(sorts.values())


def _columns(seen: Mapping[str, Column], text: str) -> tuple[Column, ...]:
    names = list(dict.fromkeys(filter(None, text.split(","))))
    for name in names:
        if name not in seen:
            raise BadQuestion(field="fields", value=name[:80], known=", ".join(seen))
    return tuple(seen[name] for name in names) if names else tuple(seen.values())


def _expands(table: Table, actor: Actor, text: str) -> tuple[tuple[str, Expand], ...]:
    allowed = {name: each for name, each in table.expands.items() if actor.may(TABLES[each.table].read)}
    names = list(dict.fromkeys(filter(None, text.split(","))))
    for name in names:
        if name not in allowed:
            raise BadQuestion(field="expand", value=name[:80], known=", ".join(allowed))
    return tuple((name, allowed[name]) for name in names)


def _limit(text: str, usual: int, most: int) -> int:
    if not text:
        return usual
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not 1 <= int(text) <= most:
        raise BadQuestion(field="limit", value=text[:80], known=f"1..{most}")
    return int(text)


def _after(sorts: Sequence[tuple[Column, bool]], cursor: str) -> tuple[Any, ...]:
    try:
        names, values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if names != _names(sorts):
            raise ValueError(names)
        return tuple(_raw(column, value) for (_, column, _), value in zip(_keys(sorts), values, strict=True))
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        raise BadQuestion(field="cursor", value=cursor[:80], known="next_cursor") from None


def _raw(column: Column, value: Any) -> Any:
    """A value of a cursor as its column has it. A cursor may come from anywhere. Raises ValueError."""
    if value is None:
        if column.name == "id":
            raise ValueError("no row has no id")
        return None
    wanted = column.kind.raw
    if wanted is UUID:
        return UUID(value)
    if wanted is datetime:
        return datetime.fromisoformat(value)
    if wanted is date:
        return date.fromisoformat(value)
    if type(value) is not wanted:
        raise ValueError(value)
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise ValueError(value)
    if isinstance(value, str) and not value.isprintable():
        raise ValueError(value)
    return value
