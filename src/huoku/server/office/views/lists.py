"""A table's rows: as a grid on the desk, as cards on a telephone, on paper, and as a file."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.html import conditional_escape, format_html
from django.views.decorators.http import require_GET

from huoku.language import Language
from huoku.server.documents.course import COURSES
from huoku.server.look.speaking import language
from huoku.server.office.cells import cell_of
from huoku.server.office.choices import choices_of
from huoku.server.office.frame import page, shown, table_called
from huoku.server.office.grid.badges import BADGES
from huoku.server.office.grid.columns import columns_of, shown_at_first
from huoku.server.office.grid.facts import grid_facts
from huoku.server.office.names import Names, names_of
from huoku.server.office.opening import address_of
from huoku.server.office.words import label
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables import export, kinds
from huoku.server.platform.tables.asking import question
from huoku.server.platform.tables.showing import page as page_of
from huoku.server.platform.tables.table import TABLES, Table

ROWS = 50
ON_PAPER = 1_000
LONG = 28
"""Letters that fit into one line of a column."""
BADGE = '<span class="st {0}"><i class="mk {0}" aria-hidden="true">{1}</i>{2}</span>'


@require_GET
@page
def rows(request: HttpRequest, actor: Actor, table_name: str) -> HttpResponse:
    """A page of a table; the last first, unless asked otherwise. ``?as=xlsx`` gives the file of what is seen,
    ``?as=paper`` all of it to be printed."""
    table = table_called(table_name, actor)
    asked = {str(name): str(value) for name, value in request.GET.items() if value and name not in ("as", "limit")}
    first_sort = "-id" if not table.has_uuids else _first_moment(table)
    asked.setdefault("sort", first_sort)
    wanted, lang = request.GET.get("as", ""), language()
    if wanted and wanted != "paper":
        return _file(table, actor, asked, wanted, lang)
    limit = ON_PAPER if wanted else ROWS
    ordered = asked.pop("fields", "").split(",")
    found = page_of(table, actor, question(table, actor, {**asked, "limit": str(limit)}))
    columns = columns_of(table, actor, lang)
    visible = shown_at_first(columns, found.rows)
    if ordered != [""]:
        known = {each.name: each for each in columns}
        columns = [known[name] for name in ordered if name in known]
        visible = [each.name for each in columns]
    named = [(each.name, each.title) for each in columns if each.name in visible]
    following = {**asked, "cursor": found.next_cursor} if found.next_cursor else None
    names = names_of(actor, lang, (table, found.rows))
    told = {
        "table": table,
        "title": table.title.say(lang),
        "columns": [(name, words, _sort(asked, name)) for name, words in named],
        "rows": [
            (row["id"], address_of(table.name, row["id"]), cells_of(actor, table, named, row, lang, names))
            for row in found.rows
        ],
        "next": following and urlencode(following),
        "may_add": table.add is not None and actor.may(table.add.right),
        "asked": asked,
        "states": _states(table, lang),
        "chosen_state": asked.get("filter[state][in]", ""),
        "is_filtered": any(name.startswith("filter") for name in asked),
        "bulk": [
            (name, label(name, lang), table.name in command.request.model_fields)
            for name, command in table.actions.items()
            if "id" not in command.request.model_fields and actor.may(command.right)
        ],
    }
    if wanted:
        return shown(request, actor, "office/grid/paper.html", told)
    told["grid"] = grid_facts(table, actor, lang, columns, visible, first_sort)
    return shown(request, actor, "office/list.html", told)


def _states(table: Table, lang: Language) -> list[tuple[str, str]]:
    course = COURSES.get(table.model._meta.label_lower)
    return [(name, words.say(lang)) for name, words in course.states.items()] if course else []


class Cell(NamedTuple):
    """What stands in a cell, and the page that it opens, if any."""

    value: object
    address: str = ""
    words: str = ""
    """What its column is called: on a telephone a row is a card, and each cell says its name."""

    badge: tuple[str, str] = ("", "")
    """The level and the letter of a state."""
    why: str = ""
    """The name of its reason, where it is worked out."""

    name: str = ""
    """What the row that the cell refers to is called."""

    @property
    def html(self) -> str:
        """As it stands in the list, folded where it is long: made without a template, a page has a thousand."""
        if self.badge[0]:
            return format_html(BADGE, *self.badge, self.value)
        if self.address:
            link = format_html('<a href="{}">{}</a>', self.address, self.value)
            return format_html('{} <span class="quiet">{}</span>', link, self.name) if self.name else link
        if isinstance(self.value, str) and len(self.value) > LONG:
            return format_html('<div class="long" title="{0}">{0}</div>', self.value)
        return conditional_escape(str(self.value))


def cells_of(
    actor: Actor,
    table: Table,
    columns: Iterable[tuple[str, str]],
    row: Mapping[str, Any],
    lang: Language,
    names: Names,
) -> list[Cell]:
    """The cells of a row; ``columns``: each with what it is called. What a row refers to opens with a click, where the
    actor may read it."""
    opens = {
        expand.source.removesuffix("_id"): expand.table
        for expand in table.expands.values()
        if not expand.many and actor.may(TABLES[expand.table].read)
    }
    cells = []
    for name, words in columns:
        there = row.get(f"{name}_id") if name in opens else None
        told, paper = names.read(row, name)
        address = address_of(opens[name], there) if there is not None else paper
        badge = BADGES.get(str(row[name]), ("", "")) if name == "state" else ("", "")
        called = names.items.get(there, "") if there is not None and opens[name] == "items" else ""
        value = cell_of(table, name, told, lang)
        cells.append(Cell(value, address, words, badge, name=called))
    return cells


def _sort(asked: dict[str, str], name: str) -> str:
    """The address of the same list sorted by this column; the other way round where it is already."""
    other = {key: value for key, value in asked.items() if key != "cursor"}
    return urlencode({**other, "sort": f"-{name}" if asked.get("sort") == name else name})


def _first_moment(table: Table) -> str:
    return next((f"-{column.name}" for column in table.columns if column.name in ("recorded_at", "made_at")), "id")


def _file(table: Table, actor: Actor, asked: dict[str, str], wanted: str, lang: Language) -> HttpResponse:
    """Workbooks and CSV as the list shows it, with the headings and names that it shows; other formats for programs."""
    media_type = next((kind for kind, end in export.FORMATS.items() if end == wanted), "")
    if not media_type:
        return HttpResponse(status=406)
    question_ = question(table, actor, asked, limit=export.MOST_ROWS, most=export.MOST_ROWS)
    found, _ = export.whole(table, actor, question_)
    if media_type in (export.XLSX, export.CSV):
        for column in question_.columns:
            named = {value: words.say(lang) for value, words in choices_of(table, column).items()}
            if named and column.kind.frame == "text" and column.kind is not kinds.JSON:
                found = found.with_columns(found[column.name].replace(named))
        found = found.rename({column.name: label(column.name, lang) for column in question_.columns})
    response = HttpResponse(export.file_of(media_type, found), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{table.name}.{wanted}"'
    return response
