"""One row: its facts, what belongs to it, what may be done with it, and what happened to it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.language import Language, Sentence
from huoku.server.documents.course import COURSES, possible_steps
from huoku.server.documents.document import Document
from huoku.server.look.speaking import language
from huoku.server.office.cells import Cell, cells_of
from huoku.server.office.forms import FORMS, form_facts
from huoku.server.office.frame import page, row_key, shown, table_called
from huoku.server.office.grid.columns import in_order
from huoku.server.office.happened import happened
from huoku.server.office.menu import PAPER_LINKS
from huoku.server.office.names import Names, names_of
from huoku.server.office.opening import list_address
from huoku.server.office.parts import part
from huoku.server.office.reasons import FIGURES_WITH_REASON
from huoku.server.office.sections import related_to, sections_of
from huoku.server.office.settings import ONE_OF_A_COMPANY, settings_of
from huoku.server.office.talk import talk
from huoku.server.office.values import NO
from huoku.server.office.words import capital, heading, label
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.tables.asking import question
from huoku.server.platform.tables.showing import one
from huoku.server.platform.tables.table import TABLES, Table

CHANGE = Sentence("修改", "change")
OF_LISTS = ("next_item", "next_qty", "next_unit")
"""What the lines of a paper say themselves."""
SAID_ABOVE = ("number", "code", "state")
"""What the head of the page says already."""
REPEATED = (
    "number",
    "state",
    "parent",
    "revision",
    "case",
    "supplier",
    "customer",
    "currency",
    "location",
    "made_at",
    "by",
)
"""What parts of a paper often have of the paper itself."""
KNOWN_BY = ("order", "item", "operation", "parent", "location", "supplier", "lot", "kind")
"""What a row without a number is told apart by, the first two of these that it has ..."""
NAMED_BY = {
    "tasks": ("row", "kind"),
    "approvals": ("command", "asked_by"),
    "movements": ("kind", "item"),
    "sales_rules": (),
    "planning_settings": (),
    "audit_entries": (),
    "plan_runs": (),
    "reservations": ("item", "demand"),
    "supplies": ("supply", "item"),
    "period_locks": ("until",),
    "substitutes": ("item", "substitute"),
    "job_reports": ("operation", "reported_at"),
    "outlets": ("code", "item"),
    "approval_limits": ("kind", "role"),
    "number_ranges": ("kind", "year"),
}
"""... but in these tables by these; by nothing but its place in the table, ``#7``, where there is none."""
MOST_BUTTONS = 4
ON_THE_PAGE, ON_PAPER = 100, 1_000
"""So many rows of a part are told; all of them are in their list."""


@require_GET
@page
def paper(request: HttpRequest, actor: Actor, table_name: str, row_id: str) -> HttpResponse:
    table = table_called(table_name, actor)
    told = facts_of(actor, table, row_id)
    if not table.has_uuids:
        told["sections"] = sections_of(actor, table.name, int(row_id))
        said = {name for each in told["sections"] for name in each.says}
        told["beside"] = [
            (cell.words, cell) for name, cell in told["cells"].items() if name not in (*SAID_ABOVE, *said)
        ]
        told["follows"] = any(each.follows for each in told["sections"])
        told["parts"] += related_to(actor, table.name, int(row_id), language())
    told["settings"] = settings_of(actor, table, told["row"], told["cells"], told["history"], language())
    if table.name in ONE_OF_A_COMPANY:
        told["name"], told["sets_anew"] = told["title"], table.add is not None and actor.may(table.add.right)
    return shown(request, actor, "office/paper.html", told)


@require_GET
@page
def printed(request: HttpRequest, actor: Actor, table_name: str, row_id: str) -> HttpResponse:
    """The same facts on paper, with a code that leads back here; what others get has a form of its own."""
    table = table_called(table_name, actor)
    here = request.build_absolute_uri(request.path.removesuffix("print"))
    code = segno.make(here, error="m").svg_data_uri(scale=3, border=1)
    if form := FORMS.get(table.name):
        told = form_facts(actor, table, form, row_key(table, row_id))
        return shown(request, actor, "office/form_paper.html", {**told, "code": code, "here": here})
    facts = facts_of(actor, table, row_id, ON_PAPER)
    facts["parts"] = [_without_what_says_nothing(each) for each in facts["parts"]]
    return shown(request, actor, "office/print.html", {**facts, "code": code, "here": here})


def facts_of(actor: Actor, table: Table, row_id: str, most: int = ON_THE_PAGE) -> dict[str, Any]:
    """Everything that the page of one row tells, with ``most`` rows of each table that belongs to it. Raises Http404
    where the actor knows of no such row."""
    lang = language()
    pk: Any = row_key(table, row_id)
    along = _along(actor, table)
    asked = question(table, actor, {"expand": ",".join(along)} if along else {})
    found = one(table, actor, pk, asked, most + 1)
    if found is None:
        raise Http404
    row, version = found
    parts = row.pop("expanded", {})
    told_of = [(TABLES[table.expands[name].table], parts.get(name) or []) for name in along]
    names = names_of(actor, lang, (table, [row]), *told_of)
    cells = _told(actor, table, row, lang, names)
    return {
        "table": table,
        "title": table.title.say(lang),
        "name": row.get("number") or row.get("code") or _named_by_its_facts(table, cells) or f"#{row['id']}",
        "row": row,
        "row_id": row_id,
        "watch": f"{table.model._meta.label_lower}:{row_id}",
        "version": version,
        "cells": cells,
        "facts": [(cell.words, cell) for cell in cells.values()],
        "beside": [(cell.words, cell) for name, cell in cells.items() if name not in SAID_ABOVE],
        "standing": cells.get("state"),
        "parts": [_part(actor, table, name, row, parts.get(name) or [], names, most) for name in along],
        **_arranged(steps(actor, table, pk, row, lang)),
        "links": [
            (link.title.say(lang), link.of(row["id"]))
            for link in PAPER_LINKS.get(table.name, ())
            if actor.may(link.right)
        ],
        "history": happened(table, actor, pk, lang),
        **(talk(actor, table, pk) if not table.has_uuids else {}),
    }


def _along(actor: Actor, table: Table) -> list[str]:
    """The parts of a row, as far as the actor may read their tables; files stand beside talk."""
    parts = ((name, TABLES[each.table]) for name, each in table.expands.items() if each.many)
    return [name for name, of in parts if not of.is_of_files and actor.may(of.read)]


def _told(actor: Actor, table: Table, row: Mapping[str, Any], lang: Language, names: Names) -> dict[str, Cell]:
    """By column, whatever of the row holds something."""
    other = "_zh" if lang == "en" else "_en"
    columns = [
        (name, heading(name, lang, table.name))
        for name in in_order(row, lang)
        if not name.endswith(("_id", other))
        and name not in ("id", "version", *OF_LISTS)
        and row[name] not in (None, "", {}, [])
    ]
    cells = _with_reasons(table, columns, cells_of(actor, table, columns, row, lang, names))
    return dict(zip(dict(columns), cells, strict=True))


def _named_by_its_facts(table: Table, cells: Mapping[str, Cell]) -> str:
    """A row without a number of its own: what it is about, "KT-K15-WH-CN · MAIN"; "" where nothing says so."""
    told = [cells[name] for name in NAMED_BY.get(table.name, KNOWN_BY) if name in cells]
    return " · ".join(f"{cell.value} {cell.name}".strip() for cell in told[:2])


def _without_what_says_nothing(part: dict[str, Any]) -> dict[str, Any]:
    """Paper has little room: no column that is empty, nought or no in every row, and none that the head says."""
    idle = {"", "0", NO.say(language())}
    told = [
        each
        for each, name in enumerate(part["names"])
        if name not in SAID_ABOVE and not all(str(cells[each].value) in idle for _, cells, _ in part["rows"])
    ]
    return {
        **part,
        "columns": [part["columns"][each] for each in told],
        "rows": [(id, [cells[each] for each in told], actions) for id, cells, actions in part["rows"]],
    }


def _with_reasons(table: Table, columns: Iterable[tuple[str, str]], cells: Iterable[Cell]) -> Iterator[Cell]:
    """The cells; those of figures that are worked out with the names of their reasons."""
    for (column, _), cell in zip(columns, cells, strict=True):
        name = f"{table.name}.{column}"
        yield cell._replace(why=name) if name in FIGURES_WITH_REASON else cell


def _part(
    actor: Actor, table: Table, name: str, row: dict[str, Any], rows: list[dict[str, Any]], names: Names, most: int
) -> dict[str, Any]:
    """Whose part the rows are stands above them; ``whole``: the address of their list, where these are the first."""
    along = table.expands[name]
    of, above = TABLES[along.table], along.source.removesuffix("_id")
    told = part(actor, of, rows[:most], language(), names, without=(above, *_said_of_all(rows, row)))
    if len(rows) <= most:
        return told
    asked = {} if "__" in along.source else {along.source: row["id"]}
    return {**told, "most": most, "whole": list_address(along.table, **asked)}


def _arranged(told: list[dict[str, Any]]) -> dict[str, Any]:
    """The one step that leads on stands last and alone, a few others before it, the rest behind one button."""
    main = next((each for each in told if each["is_main"]), None)
    others = [each for each in told if each is not main]
    few = len(others) if len(others) <= MOST_BUTTONS else MOST_BUTTONS - 1
    return {"main_step": main, "steps": others[:few], "further_steps": others[few:]}


def _said_of_all(rows: list[dict[str, Any]], row: Mapping[str, Any]) -> list[str]:
    """What the head of the page says already, and each row would only say again: its number, its state, its money."""
    told = [name for name in REPEATED if row.get(name) is not None]
    return [name for name in told if all(each.get(name) == row[name] for each in rows)]


def steps(actor: Actor, table: Table, pk: Any, row: Mapping[str, Any], lang: Language) -> list[dict[str, Any]]:
    """What this actor may do with the row as it stands: the steps of its course, then what else its table offers."""
    by_command = {command.name: name for name, command in table.actions.items()}
    if table.change is not None:
        by_command[table.change.name] = "change"
    found: list[dict[str, Any]] = []
    course = COURSES.get(table.model._meta.label_lower)
    document = rows_for(actor, table.model).filter(pk=pk).first() if course else None
    if isinstance(document, Document) and course:
        for step in possible_steps(actor, document):
            if step.command in by_command:
                is_main = step.is_main and not any(each["is_main"] for each in found)  # one of them leads on
                words = step.words.say(lang)
                found.append({"action": by_command[step.command], "words": capital(words), "is_main": is_main})
        taken = {step.command for step in course.steps}
    else:
        taken = set()
    for name, command in table.actions.items() if table.is_offered(row) else ():
        about_a_row = "id" in command.request.model_fields
        if command.name not in taken and about_a_row and actor.may(command.right):
            found.append({"action": name, "words": capital(label(name, lang)), "is_main": False})
    if table.change is not None and table.change.name not in taken and actor.may(table.change.right):
        found.append({"action": "change", "words": capital(CHANGE.say(lang)), "is_main": False})
    return found
