"""Doing something: one form for whatever command, one way to perform it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from pydantic import ValidationError

from huoku.language import Language, Sentence
from huoku.server.documents.course import COURSES
from huoku.server.look.speaking import language
from huoku.server.office.asking import Field, fields_of, kind_of, request_from
from huoku.server.office.choices import offered
from huoku.server.office.coded import with_ids
from huoku.server.office.explained import explained
from huoku.server.office.frame import page, row_key, shown, table_called, way_back
from huoku.server.office.meanwhile import written_meanwhile
from huoku.server.office.menu import AS_LAST_TIME, LINE_HINTS
from huoku.server.office.named_kinds import kinds_of
from huoku.server.office.settings import ONE_OF_A_COMPANY
from huoku.server.office.undoing.counters import COUNTERS
from huoku.server.office.words import capital, heading, label
from huoku.server.platform.actor import Actor
from huoku.server.platform.alike import INSISTS, Alike
from huoku.server.platform.command import Command, perform
from huoku.server.platform.hints import hint
from huoku.server.platform.refusals import Refused, Stale
from huoku.server.platform.tables.asking import question
from huoku.server.platform.tables.showing import one
from huoku.server.platform.tables.table import Table

DONE = Sentence("已完成。", "Done.")
NEW = Sentence("新建", "new")
LINE = Sentence("第 {place} 行 › {field}：", "line {place} › {field}: ")
SELDOM = frozenset({"attributes", "number", "changes"})
"""Inputs that are folded away: hardly anybody fills them in by hand."""
WAITS = Sentence("已提交，等第二人批准。", "Sent; a second person has to approve it.")


@require_http_methods(["GET", "POST"])
@page
def add(request: HttpRequest, actor: Actor, table_name: str) -> HttpResponse:
    """A new row; what the address says of it stands in the form already."""
    table = table_called(table_name, actor)
    if table.add is None:
        raise Http404
    words = NEW.say(language())
    known = _as_last_time(actor, table) | _standing(actor, table) | _said(request, table.add)
    return _form(request, actor, table, table.add, words, None, known)


def _as_last_time(actor: Actor, table: Table) -> dict[str, Any]:
    """What seldom differs from one paper to the next, as the newest one has it."""
    names = AS_LAST_TIME.get(table.name, ())
    pk = table.rows_for(actor).order_by("-pk").values_list("pk", flat=True).first() if names else None
    found = one(table, actor, pk, question(table, actor, {})) if pk is not None else None
    return {name: found[0][name] for name in names if name in found[0]} if found else {}


def _standing(actor: Actor, table: Table) -> dict[str, Any]:
    """Of a table of one row what it says now: who sets it anew changes that, and nothing else."""
    if table.name not in ONE_OF_A_COMPANY or table.add is None:
        return {}
    pk = table.rows_for(actor).values_list("pk", flat=True).first()
    found = one(table, actor, pk, question(table, actor, {})) if pk is not None else None
    return {
        name: value for name, value in (found[0] if found else {}).items() if name in table.add.request.model_fields
    }


def _said(request: HttpRequest, what: Command[Any]) -> dict[str, Any]:
    """What the address says of the request's fields; of its lines as a form sends them, ``lines-0-item=M6``."""
    said: dict[str, Any] = {name: value for name, value in request.GET.items() if name in what.request.model_fields}
    for name in request.GET:
        field, _, rest = name.partition("-")
        if rest.startswith("0-") and field in what.request.model_fields and kind_of(what.request, field) == "rows":
            said.setdefault(field, [{}])[0][rest.removeprefix("0-")] = request.GET[name]
    return said


@require_http_methods(["GET", "POST"])
@page
def chosen(request: HttpRequest, actor: Actor, table_name: str, action: str) -> HttpResponse:
    """What is done with many rows at once: those that were chosen in the list stand in the form."""
    table = table_called(table_name, actor)
    what = table.actions.get(action)
    if what is None or "id" in what.request.model_fields:
        raise Http404
    ids = request.GET.getlist("id")
    known: dict[str, Any] = {}
    if table.name in what.request.model_fields:
        is_list_of_ids = kind_of(what.request, table.name) == "words"
        known[table.name] = ids if is_list_of_ids else [{"id": each} for each in ids]
    return _form(request, actor, table, what, label(action, language()), None, known)


@require_http_methods(["GET", "POST"])
@page
def step(request: HttpRequest, actor: Actor, table_name: str, row_id: str, action: str) -> HttpResponse:
    """What a button asks for: with nothing to fill in it is done by the button itself."""
    table = table_called(table_name, actor)
    what = table.change if action == "change" else table.actions.get(action)
    if what is None:
        raise Http404
    return _form(request, actor, table, what, _words(table, what, action), row_id, _said(request, what))


def _words(table: Table, what: Command[Any], action: str) -> str:
    course = COURSES.get(table.model._meta.label_lower)
    found = next((step for step in course.steps if step.command == what.name), None) if course else None
    return found.words.say(language()) if found else label(action, language())


def _form(
    request: HttpRequest,
    actor: Actor,
    table: Table,
    what: Command[Any],
    words: str,
    row_id: str | None,
    chosen: Mapping[str, Any] | None = None,
) -> HttpResponse:
    actor.must(what.right)
    known, version = _known(actor, table, what, row_id)
    known |= chosen or {}
    sent = request.POST if request.method == "POST" else None
    fields = fields_of(what.request, known, sent)
    errors: list[str] = []
    key = request.POST.get("key") or uuid4().hex
    if request.method == "POST":
        try:
            asked = with_ids(actor, what.request, request_from(fields))
            if row_id is not None:
                asked |= {"id": row_key(table, row_id)}
                if "version" in what.request.model_fields:
                    sent_with = request.POST.get("version", "")
                    asked["version"] = (int(sent_with) if sent_with.isdecimal() else version) or None
            done = perform(what, what.request.model_validate(asked), actor=actor, key=f"page:{key}")
            tell_done(request, what, done.status, f"page:{key}")
            there = way_back(request)
            return redirect(there) if there else _after(actor, table, done.result(), row_id)
        except json.JSONDecodeError as fault:
            errors = [f"JSON: {fault}"]
        except ValidationError as fault:
            errors = [error_of(each) for each in fault.errors()]
        except Stale as refusal:
            kept = fields_of(what.request, known) if what is table.change else ()
            errors = [(written_meanwhile(table, fields, kept, language()) if kept else "") or refusal.say(language())]
        except Refused as refusal:
            errors = [refused_in(refusal)]
            if isinstance(refusal, Alike):
                fields = fields_of(what.request, known, sent, lacks=INSISTS)
        key = uuid4().hex
    lang = language()
    told = {
        "table": table,
        "title": table.title.say(lang),
        "words": capital(words),
        **_inputs(table, fields, lang),
        "errors": errors,
        "key": key,
        "row_id": row_id,
        "version": version,
        "there": way_back(request),
        "hints": LINE_HINTS.get(table.name, "") if {"lines"} & set(what.request.model_fields) else "",
    }
    return shown(request, actor, "office/form.html", told, status=422 if errors else 200)


def tell_done(request: HttpRequest, what: Command[Any], status: int, key: str) -> None:
    """Say on the next page that a command was carried out, or waits; its key, where it can be undone, lets that page
    offer it."""
    is_waiting = status == 202
    can_be_undone = what.name in COUNTERS and not is_waiting
    messages.success(request, (WAITS if is_waiting else DONE).say(language()), extra_tags=key if can_be_undone else "")


def _known(actor: Actor, table: Table, what: Command[Any], row_id: str | None) -> tuple[dict[str, Any], int]:
    """What is known of the row already: its values for a change, its lines for a list of lines."""
    if row_id is None:
        return {}, 0
    pk: Any = row_key(table, row_id)
    along = "lines" if "lines" in table.expands and "lines" in what.request.model_fields else ""
    found = one(table, actor, pk, question(table, actor, {"expand": along} if along else {}))
    if found is None:
        raise Http404
    row, version = found
    asked = what.request.model_fields if what is table.change else {}
    known = {name: value for name, value in row.items() if name in asked}
    if along:
        known["lines"] = [_line(each) for each in row["expanded"]["lines"]]
    return known, version


def _line(row: dict[str, Any]) -> dict[str, Any]:
    """A line that is there, for a form about lines: its id under the names that requests use, and of its quantity what
    is left to be done; none where nothing is."""
    named = {**row, "line": row["id"], "shipment_line": row["id"], "line_id": row["id"]}
    gone = next((row[name] for name in ("shipped", "returned") if row.get(name) is not None), None)
    if row.get("open") is not None:
        left = Decimal(row["open"])
    elif gone is not None and row.get("qty") is not None:
        left = Decimal(row["qty"]) - Decimal(gone)
    else:
        return named
    return {**named, "qty": f"{left:f}" if left else ""}


def in_words(each: Field, table: Table, lang: Language) -> Field:
    """The field with what it and its choices are called, also within rows."""
    named = kinds_of(table.name, each.name, lang)
    choices = named or tuple((value, words.say(lang)) for value, words in offered(table, each.name, each.choices))
    rows = tuple(tuple(in_words(inner, table, lang) for inner in row) for row in each.rows)
    told = replace(each, label=heading(each.name, lang), offered=choices, rows=rows)
    return replace(told, kind="choice", hint="") if named else told


def _inputs(table: Table, fields: Iterable[Field], lang: Language) -> dict[str, Any]:
    """What is asked, what is needed first; ``seldom``: what is folded away."""
    labelled = [_labelled(in_words(each, table, lang), lang) for each in fields]
    asked = (each for each in labelled if not each["is_seldom"])
    seldom = [each for each in labelled if each["is_seldom"]]
    return {"fields": sorted(asked, key=_first_what_is_needed), "seldom": seldom}


def _labelled(each: Field, lang: Language) -> dict[str, Any]:
    return {
        "field": each,
        "label": each.label,
        "hint": explained(each.hint, lang),
        "headings": [heading(name, lang) for name in each.headings],
        "is_seldom": each.name in SELDOM and not each.is_needed,
    }


def _first_what_is_needed(each: Mapping[str, Any]) -> int:
    """Needed inputs stand first, lines of a document last; else as the request has them."""
    field: Field = each["field"]
    return 2 if field.kind == "rows" else 0 if field.is_needed else 1


def refused_in(refusal: Refused) -> str:
    """What was refused, and in which line of the form."""
    lang = language()
    where = LINE.say(lang, place=refusal.row + 1, field=label(refusal.field, lang)) if refusal.row is not None else ""
    return f"{where}{refusal.say(lang)}"


def error_of(each: Mapping[str, Any]) -> str:
    """Where the fault is, in the words of the form, and what would be right."""
    lang = language()
    where = (label(part, lang) if isinstance(part, str) else str(part + 1) for part in each["loc"])
    return f"{' › '.join(where)}: {hint(each, lang)}"


def _after(actor: Actor, table: Table, told: Any, row_id: str | None) -> HttpResponse:
    """Where one wants to be then: at the paper that the row is a part of, else at the row, where it has a page."""
    if row_id and table.paper:
        paper = table.expands[table.paper]
        found = table.rows_for(actor).filter(pk=row_id).values_list(paper.source, flat=True).first()
        return redirect("office_row", paper.table, str(found))
    found = row_id or (told.get("id") if isinstance(told, dict) else None)
    return redirect("office_row", table.name, str(found)) if found else redirect("office_list", table.name)
