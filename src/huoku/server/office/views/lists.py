"""A table's rows: as a grid on the desk, as cards on a telephone, on paper, and as a file."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.language import Language
from huoku.server.documents.course import COURSES
from huoku.server.look.speaking import language
from huoku.server.office.cells import cells_of
from huoku.server.office.empty import empty_of
from huoku.server.office.frame import page, shown, table_called
from huoku.server.office.grid.columns import columns_of, shown_at_first, widths_of
from huoku.server.office.grid.facts import grid_facts
from huoku.server.office.menu import OTHER_VIEWS, Link
from huoku.server.office.names import names_of
from huoku.server.office.opening import address_of
from huoku.server.office.saving import saved
from huoku.server.office.words import capital, label
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.asking import question
from huoku.server.platform.tables.showing import page as page_of
from huoku.server.platform.tables.table import Table

ROWS = 50
ON_PAPER = 1_000


@require_GET
@page
def rows(request: HttpRequest, actor: Actor, table_name: str) -> HttpResponse:
    """A page of a table; the last first, unless asked otherwise. ``?as=xlsx`` gives the file of what is seen,
    ``?as=paper`` all of it to be printed."""
    table = table_called(table_name, actor)
    asked = {str(name): str(value) for name, value in request.GET.items() if value and name not in ("as", "limit")}
    first_sort = table.sort if not table.has_uuids else _first_moment(table)
    asked.setdefault("sort", first_sort)
    wanted, lang = request.GET.get("as", ""), language()
    if wanted and wanted != "paper":
        return saved(table, actor, asked, wanted, lang)
    limit = ON_PAPER if wanted else ROWS
    ordered = asked.pop("fields", "").split(",")
    found = page_of(table, actor, question(table, actor, {**asked, "limit": str(limit)}))
    columns = columns_of(table, actor, lang)
    visible = shown_at_first(table, columns, found.rows)
    if ordered != [""]:
        known = {each.name: each for each in columns}
        columns = [known[name] for name in ordered if name in known]
        visible = [each.name for each in columns]
    named = [(each.name, each.title) for each in columns if each.name in visible]
    following = {**asked, "cursor": found.next_cursor} if found.next_cursor else None
    names = names_of(actor, lang, (table, found.rows))
    cells = [(row["id"], cells_of(actor, table, named, row, lang, names)) for row in found.rows]
    told = {
        "table": table,
        "title": table.title.say(lang),
        "short": table.title.say(lang).partition("：")[0].partition(":")[0],
        "columns": [(name, words, _sort(asked, name)) for name, words in named],
        "rows": [(id, address_of(table.name, id), told) for id, told in cells],
        "next": following and urlencode(following),
        "may_add": table.add is not None and actor.may(table.add.right),
        "asked": asked,
        "states": _states(table, lang),
        "chosen_state": asked.get("filter[state][in]", ""),
        "other_view": _other_view(actor, table),
        "empty": empty_of(actor, table.name, lang),
        "is_filtered": any(name.startswith("filter") for name in asked),
        "bulk": [
            (name, capital(label(name, lang)), table.name in command.request.model_fields)
            for name, command in table.actions.items()
            if "id" not in command.request.model_fields and actor.may(command.right)
        ],
    }
    if wanted:
        return shown(request, actor, "office/grid/paper.html", told)
    widths = widths_of([name for name, _ in named], [told for _, told in cells])
    told["grid"] = grid_facts(table, actor, lang, columns, visible, first_sort) | {"widths": widths}
    return shown(request, actor, "office/list.html", told)


def _other_view(actor: Actor, table: Table) -> Link | None:
    other = OTHER_VIEWS.get(table.name)
    return other if other and actor.may(other.right) else None


def _states(table: Table, lang: Language) -> list[tuple[str, str]]:
    course = COURSES.get(table.model._meta.label_lower)
    return [(name, words.say(lang)) for name, words in course.states.items()] if course else []


def _sort(asked: dict[str, str], name: str) -> str:
    """The address of the same list sorted by this column; the other way round where it is already."""
    other = {key: value for key, value in asked.items() if key != "cursor"}
    return urlencode({**other, "sort": f"-{name}" if asked.get("sort") == name else name})


def _first_moment(table: Table) -> str:
    return next((f"-{column.name}" for column in table.columns if column.name in ("recorded_at", "made_at")), "id")
