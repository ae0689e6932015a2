"""Declaring a table: its model, the right to read it, its columns and who sees them, the commands that change it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import models

from huoku.language import Sentence
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import Command
from huoku.server.platform.exact import column_of
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup, right
from huoku.server.platform.tables import kinds
from huoku.server.platform.tables.kinds import Kind
from huoku.server.platform.tables.reckoned import Reckoned
from huoku.server.platform.wholes import is_kept_in, is_part_of


@dataclass(frozen=True, slots=True)
class Column:
    """One thing said of each row. ``source`` is a way through the models; ``beside`` the way to what it needs to be
    shown: the item's decimals, the currency, the denominator."""

    name: str
    source: str
    kind: Kind
    beside: str = ""
    group: FieldGroup | None = None
    words: Sentence | None = None
    values: Mapping[str, Sentence] | None = None
    """What its values are called on pages, where they are codes."""
    choices: tuple[str, ...] = ()
    nullable: bool = True
    seen: Callable[[Actor, Any], Any] | None = None
    """What of a shown value this actor may see, where it holds more than one thing."""


@dataclass(frozen=True, slots=True)
class Expand:
    """Rows of another table that may come along: the one that ``source`` names, or (``many``) those that name this
    row in their column ``source``."""

    table: str
    source: str
    many: bool = False
    is_apart: bool = False
    """They are no part of this row: what becomes of them is not its history."""

    @property
    def is_part(self) -> bool:
        return self.many and not self.is_apart


@dataclass(frozen=True, slots=True)
class Label:
    """What a label of a row says: one column large, further ones below it.

    Where ``item`` (and ``lot``) name the columns that hold their codes, it is a label of goods: its code can be read
    without this system, and it may say how many are in the box. Others carry the address of their row.
    """

    title: str
    lines: tuple[str, ...] = ()
    item: str = ""
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    model: type[models.Model]
    read: str
    title: Sentence
    columns: tuple[Column, ...]
    expands: Mapping[str, Expand] = field(default_factory=dict)
    add: Command[Any] | None = None
    change: Command[Any] | None = None
    remove: Command[Any] | None = None
    actions: Mapping[str, Command[Any]] = field(default_factory=dict)
    """Further commands, by the last part of their address; one whose request has an id is about one row."""
    rows: "Callable[[Actor], models.QuerySet[Any]] | None" = None
    """Which rows the actor may know of, where that is another question than company and sites."""
    paper: str = ""
    """The expand that leads to the paper that a row is a part of: pages go back there."""
    label: Label | None = None
    """What is printed to be stuck to the thing itself, where one sticks something to it."""
    is_offered: "Callable[[Mapping[str, Any]], bool]" = lambda row: True
    """Whether pages offer the actions with a row, by its values, where no course of states says it."""
    values: Mapping[str, Mapping[str, Sentence]] = field(default_factory=dict)
    """By column, or by field of its commands: what the values are called on pages, where they are codes."""
    reckoned: "Callable[[], Reckoned]" = dict
    """What the database works out of each row; columns have these names as their sources."""
    sort: str = "-id"
    """What its list is ordered by until somebody asks otherwise."""
    aside: frozenset[str] = frozenset()
    """Columns that its list does not show until somebody asks for them."""

    def rows_for(self, actor: Actor) -> "models.QuerySet[Any]":
        """The rows that the actor may know of."""
        found = self.rows(actor) if self.rows else rows_for(actor, self.model)
        return found.annotate(**told) if (told := self.reckoned()) else found

    def seen_by(self, actor: Actor) -> dict[str, Column]:
        """The columns that the actor may see, by name."""
        return {each.name: each for each in self.columns if each.group is None or actor.sees(each.group)}

    @property
    def held(self) -> tuple[Column, ...]:
        """The columns that stand in the row or in what it names: what is reckoned has no history."""
        reckoned = self.reckoned()
        return tuple(each for each in self.columns if each.source not in reckoned)

    @property
    def is_versioned(self) -> bool:
        return any(each.name == "version" for each in self.columns)

    @property
    def is_of_files(self) -> bool:
        """Each row is a kept file, which is under its digest."""
        return any(each.name == "sha256" for each in self.columns)

    @property
    def has_uuids(self) -> bool:
        return isinstance(self.model._meta.pk, models.UUIDField)

    def commands(self) -> Iterable[Command[Any]]:
        return (each for each in (self.add, self.change, self.remove, *self.actions.values()) if each)


TABLES: dict[str, Table] = {}
"""Every table by name. Filled when the apps' ``tables.py`` are loaded, at the start."""


def declare(
    name: str,
    model: type[models.Model],
    *,
    read: str,
    title: Sentence,
    columns: Iterable[str | Column],
    words: Mapping[str, Sentence] | None = None,
    values: Mapping[str, Mapping[str, Sentence]] | None = None,
    hidden: Mapping[FieldGroup, str] | None = None,
    decimals: str = "",
    currency: str = "company__currency",
    expands: Mapping[str, Expand] | None = None,
    add: Command[Any] | None = None,
    change: Command[Any] | None = None,
    remove: Command[Any] | None = None,
    actions: Mapping[str, Command[Any]] | None = None,
    rows: "Callable[[Actor], models.QuerySet[Any]] | None" = None,
    paper: str = "",
    label: Label | None = None,
    is_offered: "Callable[[Mapping[str, Any]], bool]" = lambda row: True,
    reckoned: "Callable[[], Reckoned]" = dict,
    sort: str = "-id",
    aside: str = "",
) -> Table:
    """Enter a table. A column given by name alone is derived from the model: ``moq`` from ``moq_steps``, ``item`` as
    the code, or number, of what the row refers to, with ``item_id`` beside it.

    ``hidden``: the names of columns, with spaces between, by the field group that they belong to. ``decimals`` and
    ``currency`` are the ways to the item's decimals and to the currency of amounts. ``aside``: names of columns, with
    spaces between.
    """
    if name in TABLES:
        raise ValueError(f"the table {name} is declared twice")
    right(read)
    groups = {column: group for group, names in (hidden or {}).items() for column in names.split()}
    made: list[Column] = []
    for given in columns:
        derived = [given] if isinstance(given, Column) else _derived(model, given, decimals, currency)
        for column in derived:
            about = column.words or (words or {}).get(column.name)
            group, called = groups.pop(column.name, column.group), (values or {}).get(column.name)
            made.append(replace(column, group=group, words=about, values=called))
    if groups:
        raise ValueError(f"{name} has no column {sorted(groups)[0]}")
    is_kept_in(name, model._meta.label_lower)
    for each in (expands or {}).values():
        if each.is_part:
            is_part_of(each.table, each.source, model._meta.label_lower)
    further = (
        add,
        change,
        remove,
        actions or {},
        rows,
        paper,
        label,
        is_offered,
        values or {},
        reckoned,
        sort,
        frozenset(aside.split()),
    )
    TABLES[name] = Table(name, model, read, title, tuple(made), expands or {}, *further)
    return TABLES[name]


_KINDS: tuple[tuple[type[models.Field], Kind], ...] = (  # type: ignore[type-arg]
    (models.BooleanField, kinds.BOOLEAN),
    (models.DateTimeField, kinds.MOMENT),
    (models.DateField, kinds.DATE),
    (models.JSONField, kinds.JSON),
    (models.BinaryField, kinds.HEX),
    (models.AutoField, kinds.ID),
    (models.UUIDField, kinds.UUID_),
    (models.IntegerField, kinds.INTEGER),
    (models.CharField, kinds.TEXT),
    (models.TextField, kinds.TEXT),
)
_UNITS = {"millionths": kinds.MILLIONTHS, "steps": kinds.STEPS, "minor": kinds.MINOR}


def _derived(model: type[models.Model], name: str, decimals: str, currency: str) -> list[Column]:
    source, unit = column_of(model, name)
    column: Any = model._meta.get_field(source)
    if unit:
        beside = {"steps": decimals, "minor": currency}.get(unit, "")
        return [Column(name, source, _UNITS[unit], beside, nullable=column.null)]
    if isinstance(column, models.ForeignKey):
        kind = kinds.UUID_ if isinstance(column.related_model._meta.pk, models.UUIDField) else kinds.ID
        by_id = Column(f"{name}_id", column.attname, kind, nullable=column.null)
        called = {each.name for each in column.related_model._meta.concrete_fields} & {"code", "number"}
        by_name = [Column(name, f"{name}__{each}", kinds.TEXT, nullable=column.null) for each in sorted(called)[:1]]
        return [*by_name, by_id]
    if column.choices:
        choices = tuple(str(value) for value, _ in column.choices) + (("",) if column.blank else ())
        return [Column(name, source, kinds.CHOICE, choices=choices, nullable=column.null)]
    kind = next(kind for of, kind in _KINDS if isinstance(column, of))
    return [Column(name, source, kind, nullable=column.null)]
