"""What a list's grid asks for and sends: rows, what would be written and what is, layouts, a row in the drawer."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST
from pydantic import BaseModel, Field, StringConstraints

from huoku.server.look.speaking import language
from huoku.server.office.commands.rows import MOST_ROWS, RowsRefused, RowValues, SaveRows, save_rows
from huoku.server.office.commands.undoing import UNDONE, Undo, undo
from huoku.server.office.commands.views import KeepView, drop_view, keep_view
from huoku.server.office.frame import page, table_called
from huoku.server.office.grid.doors import door
from huoku.server.office.grid.drafts import Draft
from huoku.server.office.grid.examining import examined
from huoku.server.office.grid.pasting import pasted
from huoku.server.office.grid.rows import rows_of
from huoku.server.office.grid.views import views_of
from huoku.server.office.undoing.doing import key_of
from huoku.server.office.views.papers import facts_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import perform
from huoku.server.platform.requests import Id, Opened
from huoku.server.platform.tables.table import Table

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{8,64}$")]


class Cells(BaseModel):
    """What was pasted: the cells of a sheet, the columns and rows that it was pasted over."""

    key: Key
    cells: list[list[str]] = []
    under: list[str] = []
    rows: list[Id] = []
    changes: Annotated[list["Change"], Field(max_length=MOST_ROWS)] = []


class Change(BaseModel):
    """A row, new or there already, with cells as somebody wrote them."""

    id: Id | None = None
    texts: dict[str, str]


class Rows(BaseModel):
    key: Key
    rows: list[RowValues]


class Undone(BaseModel):
    """``key``: under which it was saved."""

    key: Key


@require_GET
@door
def rows(actor: Actor, table: Table, asked: dict[str, str]) -> Any:
    return rows_of(table, actor, asked)


@require_POST
@door
def check(actor: Actor, table: Table, asked: Any) -> Any:
    """What would come of it: each row with what is new in it and what is wrong with it. Nothing is kept."""
    sent = Cells.model_validate(asked)
    drafts = [Draft(each.texts, each.id) for each in sent.changes]
    drafts = drafts or pasted(table, actor, sent.cells, sent.under, sent.rows)
    lang = language()
    return {"rows": [each.shown(lang) for each in examined(table, actor, drafts, f"check:{sent.key}")]}


@require_POST
@door
def save(actor: Actor, table: Table, asked: Any) -> Any:
    """All of it or nothing: ``faults`` by the place of their row where it was refused."""
    sent = Rows.model_validate(asked)
    try:
        done = perform(save_rows, SaveRows(table=table.name, rows=sent.rows), actor=actor, key=f"grid:{sent.key}")
    except RowsRefused as refused:
        lang = language()
        faults = [{"row": each.row, "field": each.field, "words": each.say(lang)} for each in refused.faults]
        return {"faults": faults, "refused": refused.say(lang)}
    return done.result()


@require_POST
@door
def undone(actor: Actor, table: Table, asked: Any) -> Any:
    """What was saved under this key is as it was before."""
    key = f"grid:{Undone.model_validate(asked).key}"
    return perform(undo, Undo(key=key), actor=actor, key=key_of(key), reason=UNDONE.say(language())).result()


@require_POST
@door
def keep(actor: Actor, table: Table, asked: Any) -> Any:
    """Keep a layout, and tell what there is to choose from now."""
    key = asked.pop("key", "")
    perform(keep_view, KeepView.model_validate({**asked, "table": table.name}), actor=actor, key=f"grid:{key}")
    return {"views": views_of(table, actor)}


@require_POST
@door
def drop(actor: Actor, table: Table, asked: Any) -> Any:
    key = asked.pop("key", "")
    perform(drop_view, Opened.model_validate(asked), actor=actor, key=f"grid:{key}")
    return {"views": views_of(table, actor)}


@require_GET
@page
def drawer(request: HttpRequest, actor: Actor, table_name: str, row_id: str) -> HttpResponse:
    """A row beside its list: what it is, what may be done, what happened to it."""
    table, lang = table_called(table_name, actor), language()
    facts = facts_of(actor, table, row_id)
    return render(request, "office/grid/drawer.html", {"actor": actor, "lang": lang, **facts})
