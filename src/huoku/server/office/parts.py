"""Rows of a table as a part of some page: with their columns, links, and what may be done with each."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from huoku.language import Language
from huoku.server.documents.course import COURSES
from huoku.server.office.cells import cells_of
from huoku.server.office.names import Names, names_of
from huoku.server.office.values import figures_of
from huoku.server.office.words import capital, heading, label
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.asking import question
from huoku.server.platform.tables.showing import page as page_of
from huoku.server.platform.tables.table import TABLES, Table

EMPTY: tuple[object, ...] = (None, "", {}, [])
NOT_IN_A_PART = ("id", "version", "attributes")


def part(
    actor: Actor,
    of: Table,
    rows: Sequence[Mapping[str, Any]],
    lang: Language,
    names: Names,
    without: Collection[str] = (),
) -> dict[str, Any]:
    """For the template ``office/parts.html``; ``without``: columns that the page says
    already."""
    other = "_zh" if lang == "en" else "_en"
    untold = {*NOT_IN_A_PART, *without}
    columns = [
        (column, heading(column, lang, of.name))
        for column in of.seen_by(actor)
        if not column.endswith(("_id", other))
        and column not in untold
        and any(row[column] not in EMPTY for row in rows)
    ]
    figures = figures_of(of)
    actions = [(name, capital(label(name, lang))) for name in _actions(actor, of)]
    return {
        "title": of.title.say(lang),
        "table": of,
        "names": [column for column, _ in columns],
        "columns": [(words, column in figures) for column, words in columns],
        "has_actions": bool(actions),
        "rows": [
            (row["id"], cells_of(actor, of, columns, row, lang, names), actions if of.is_offered(row) else [])
            for row in rows
        ],
    }


def rows_about(
    actor: Actor, table: str, asked: Mapping[str, str], lang: Language, without: Collection[str] = ()
) -> dict[str, Any]:
    """The first rows of a table that a question finds, as a part. The actor must be able to read the table."""
    of = TABLES[table]
    rows = page_of(of, actor, question(of, actor, asked)).rows
    return part(actor, of, rows, lang, names_of(actor, lang, (of, rows)), without)


def _actions(actor: Actor, table: Table) -> list[str]:
    """What may be done with each row of a part. What has a course of its own is done on its own page."""
    if table.model._meta.label_lower in COURSES:
        return []
    about_a_row = (name for name, command in table.actions.items() if "id" in command.request.model_fields)
    return [name for name in about_a_row if actor.may(table.actions[name].right)]
