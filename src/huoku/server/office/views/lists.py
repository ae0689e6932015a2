"""A table's rows: filtered, sorted, page by page, and as a file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.html import conditional_escape, format_html
from django.views.decorators.http import require_GET

from huoku.server.documents.course import COURSES
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown, table_called
from huoku.server.office.opening import address_of
from huoku.server.office.words import label
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables import export
from huoku.server.platform.tables.asking import question
from huoku.server.platform.tables.showing import page as page_of
from huoku.server.platform.tables.table import TABLES, Table

ROWS = 50
HIDDEN = ("attributes", "version", "figures", "facts", "input_digest", "output_digest")
"""Columns that a list leaves to the page of the row."""
LONG = 28
"""Letters that fit into one line of a column."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@require_GET
@page
def rows(request: HttpRequest, actor: Actor, table_name: str) -> HttpResponse:
    """A page of a table; the last first, unless asked otherwise. ``?as=xlsx`` gives the file of what is seen."""
    table = table_called(table_name, actor)
    asked = {str(name): str(value) for name, value in request.GET.items() if value and name not in ("as", "limit")}
    asked.setdefault("sort", "-id" if not table.has_uuids else _first_moment(table))
    if wanted := request.GET.get("as"):
        return _file(table, actor, asked, wanted)
    found = page_of(table, actor, question(table, actor, {**asked, "limit": str(ROWS)}))
    lang = language()
    other = "_en" if lang == "zh" else "_zh"
    columns = [
        (name, label(name, lang))
        for name in table.seen_by(actor)
        if not name.endswith(("_id", other))
        and name not in HIDDEN
        and name != "id"
        and _says_something(found.rows, name)
    ]
    following = {**asked, "cursor": found.next_cursor} if found.next_cursor else None
    told = {
        "table": table,
        "title": table.title.say(lang),
        "columns": [(name, words, _sort(asked, name)) for name, words in columns],
        "rows": [(row["id"], cells_of(actor, table, columns, row, lang)) for row in found.rows],
        "next": following and urlencode(following),
        "asked": asked,
        "may_add": table.add is not None and actor.may(table.add.right),
        "query": urlencode({name: value for name, value in asked.items() if name != "cursor"}),
        "state": _states(table, lang),
        "chosen_state": asked.get("filter[state][in]", ""),
        "bulk": [
            (name, label(name, lang))
            for name, command in table.actions.items()
            if "id" not in command.request.model_fields and actor.may(command.right)
        ],
    }
    return shown(request, actor, "office/list.html", told)


def _says_something(rows: Sequence[Mapping[str, Any]], name: str) -> bool:
    """A column that is empty all the way down only makes the list wide: the page of a row and the file have it."""
    return not rows or any(row[name] not in (None, "") for row in rows)


def _states(table: Table, lang: str) -> list[tuple[str, str]]:
    course = COURSES.get(table.model._meta.label_lower)
    return [(name, words.say(lang)) for name, words in course.states.items()] if course else []  # type: ignore[arg-type]


class Cell(NamedTuple):
    """What stands in a cell, and the page that it opens, if any."""

    value: object
    address: str = ""
    words: str = ""
    """What its column is called: on a telephone a row is a card, and each cell says its name."""

    @property
    def html(self) -> str:
        """As it stands in the list, folded where it is long: made without a template, a page has a thousand."""
        if self.address:
            return format_html('<a href="{}">{}</a>', self.address, self.value)
        if isinstance(self.value, str) and len(self.value) > LONG:
            return format_html('<div class="long" title="{0}">{0}</div>', self.value)
        return conditional_escape(str(self.value))


def cells_of(
    actor: Actor, table: Table, columns: Iterable[tuple[str, str]], row: Mapping[str, Any], lang: str
) -> list[Cell]:
    """The cells of a row; ``columns``: each with what it is called. What a row refers to opens with a click, where
    the actor may read it."""
    opens = {
        expand.source.removesuffix("_id"): expand.table
        for expand in table.expands.values()
        if not expand.many and actor.may(TABLES[expand.table].read)
    }
    cells = []
    for name, words in columns:
        there = row.get(f"{name}_id") if name in opens else None
        address = address_of(opens[name], there) if there is not None else ""
        cells.append(Cell(cell_of(table, name, row[name], lang), address, words))
    return cells


def cell_of(table: Table, name: str, value: object, lang: str) -> object:
    """A state, or another code, by its name; everything else as it is."""
    course = COURSES.get(table.model._meta.label_lower)
    if name == "state" and course and value in course.states:
        return course.states[str(value)].say(lang)  # type: ignore[arg-type]
    if value is None:
        return ""
    called = next((column.values for column in table.columns if column.name == name), None)
    if called and value in called:
        return called[str(value)].say(lang)  # type: ignore[arg-type]
    if isinstance(value, str) and MOMENT.match(value):
        return f"{value[:10]} {value[11:16]}"
    return value


def _sort(asked: dict[str, str], name: str) -> str:
    """The address of the same list sorted by this column; the other way round where it is already."""
    other = {key: value for key, value in asked.items() if key != "cursor"}
    return urlencode({**other, "sort": f"-{name}" if asked.get("sort") == name else name})


def _first_moment(table: Table) -> str:
    return next((f"-{column.name}" for column in table.columns if column.name in ("recorded_at", "made_at")), "id")


def _file(table: Table, actor: Actor, asked: dict[str, str], wanted: str) -> HttpResponse:
    media_type = next((kind for kind, end in export.FORMATS.items() if end == wanted), "")
    if not media_type:
        return HttpResponse(status=406)
    question_ = question(table, actor, asked, limit=export.MOST_ROWS, most=export.MOST_ROWS)
    found, _ = export.whole(table, actor, question_)
    response = HttpResponse(export.file_of(media_type, found), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{table.name}.{wanted}"'
    return response
