"""The columns of a table as the grid shows them: how each is drawn, filtered, sorted and filled in, and by whom."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from huoku.language import Language
from huoku.server.office.asking import SET_BY_THE_PAGE, kind_of
from huoku.server.office.cells import NEXT_DUE, Cell
from huoku.server.office.choices import choices_of
from huoku.server.office.grid.badges import BADGES
from huoku.server.office.words import heading
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import Command
from huoku.server.platform.naming import Mark, marks_of
from huoku.server.platform.tables import kinds
from huoku.server.platform.tables.table import TABLES, Column, Table

LAST = ("made_at", "made_by", "by")
"""Who entered it and when is asked for last."""
WIDEST, ROOM = 320, 20
BESIDE_THE_LIST = frozenset({"attributes", "version", "figures", "facts", "input_digest", "output_digest", "id"})
"""Columns that a list leaves to the page of the row."""
DRAWN_AS = {
    kind.name: drawn
    for kind, drawn in (
        (kinds.INTEGER, "figure"),
        (kinds.MILLIONTHS, "figure"),
        (kinds.STEPS, "figure"),
        (kinds.MINOR, "figure"),
        (kinds.RATIO, "figure"),
        (kinds.PART, "part"),
        (kinds.BOOLEAN, "flag"),
        (kinds.DATE, "date"),
        (kinds.MOMENT, "moment"),
        (kinds.CHOICE, "choice"),
        (kinds.JSON, "json"),
        (kinds.LIST, "json"),
    )
}
FILLED_IN = frozenset({"text", "number", "decimal", "date", "flag", "choice"})
"""Kinds of fields that one cell can hold."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """``filled_in``: how a person writes it, "" where this actor may not; ``is_new_only``: it may be said of a new row
    and stays then. ``opens``: the table whose row it names."""

    name: str
    title: str
    hint: str
    kind: str
    filters: tuple[str, ...]
    sorts: bool
    choices: tuple[tuple[str, str], ...]
    badges: dict[str, tuple[str, str]]
    opens: str
    filled_in: str
    is_new_only: bool
    is_needed: bool
    is_key: bool


def columns_of(table: Table, actor: Actor, lang: Language) -> list[GridColumn]:
    """What the actor may see of a row in a list. The other language's name stays away."""
    opens = {
        each.source.removesuffix("_id"): each.table
        for each in table.expands.values()
        if not each.many and actor.may(TABLES[each.table].read)
    }
    other = "_zh" if lang == "en" else "_en"
    seen = table.seen_by(actor)
    return [
        _column(table, actor, seen[name], opens.get(name, ""), lang)
        for name in in_order(seen, lang)
        if name not in BESIDE_THE_LIST and not name.endswith(("_id", other))
    ]


def in_order(names: Collection[str], lang: Language) -> list[str]:
    """As the table tells them, but a name in the reader's language before the other one, and who made a paper and when
    after all that it says."""
    told = sorted(names, key=lambda name: name in LAST and "made_at" in names)
    if lang == "en" and {"name", "name_en"} <= set(told):
        told.remove("name_en")
        told.insert(told.index("name"), "name_en")
    return told


def _column(table: Table, actor: Actor, column: Column, opens: str, lang: Language) -> GridColumn:
    choices = choices_of(table, column)
    is_state = column.name == "state"
    changed = fills(table.change, actor, column.name)
    new = fills(table.add, actor, column.name)
    return GridColumn(
        column.name,
        heading(column.name, lang, table.name),
        column.words.say(lang) if column.words else "",
        "state" if is_state else "choice" if choices else _drawn_as(column),
        column.kind.filters,
        column.kind.sorts,
        tuple((value, words.say(lang)) for value, words in choices.items()),
        {value: BADGES[value] for value in choices if value in BADGES} if is_state else {},
        opens,
        changed or new,
        is_new_only=bool(new and not changed),
        is_needed=table.add is not None and bool(new) and table.add.request.model_fields[column.name].is_required(),
        is_key=column.name in key_of(table),
    )


def _drawn_as(column: Column) -> str:
    """A year is a number that nobody adds up; what is due next may be past."""
    if column.name == NEXT_DUE:
        return "due"
    return "text" if column.name == "year" else DRAWN_AS.get(column.kind.name, "text")


def widths_of(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> dict[str, int]:
    """In pixels, so that what the first rows say is not cut off, as far as one column may claim so much."""
    told = [[_breadth(cell) for cell in row] for row in rows]
    widest = {name: max(of) for name, of in zip(columns, zip(*told, strict=True), strict=False)}
    bold = {name: 1.08 for name in columns[:1]}
    return {name: min(WIDEST, round(of * bold.get(name, 1)) + ROOM) for name, of in widest.items()}


def _breadth(cell: Cell) -> float:
    """A Chinese sign is as wide as it is high, a letter half of it; the mark of a state takes some room too."""
    text = f"{cell.value} {cell.name}".strip()
    return sum(12.5 if sign > "\u2e80" else 7 for sign in text) + (44 if cell.badge[0] else 0)


def fills(command: Command[Any] | None, actor: Actor, name: str) -> str:
    """How the actor may fill in a field by this command; "" where he may not, or where no cell can hold it."""
    if command is None or name in SET_BY_THE_PAGE or name not in command.request.model_fields:
        return ""
    if not actor.may(command.right):
        return ""
    field = command.request.model_fields[name]
    if any(isinstance(each, Mark) for each in field.metadata) or any(True for _ in marks_of(field.annotation)):
        return ""
    kind = kind_of(command.request, name)
    return kind if kind in FILLED_IN else ""


def key_of(table: Table) -> tuple[str, ...]:
    """The columns by which people know a row: its code or number, else what a new row says and nobody can change."""
    names = {each.name for each in table.columns}
    for usual in ("code", "number"):
        if usual in names:
            return (usual,)
    if table.add is None or table.change is None:
        return ()
    changed = table.change.request.model_fields
    said = [name for name, field in table.add.request.model_fields.items() if field.is_required()]
    key = tuple(name for name in said if name not in changed)
    return key if set(key) <= names else ()


def shown_at_first(table: Table, columns: Iterable[GridColumn], rows: Collection[dict[str, Any]]) -> list[str]:
    """A column that is empty all the way down only makes the list wide, until somebody asks for it; so does what the
    table sets aside, such as digests."""
    near = [each for each in columns if each.name not in table.aside]
    if not rows:
        return [each.name for each in near]
    return [each.name for each in near if any(row.get(each.name) not in (None, "") for row in rows)]
