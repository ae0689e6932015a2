"""Talking about a row: comments, the names that can be called, files brought, fetched and taken away."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from pydantic import TypeAdapter, ValidationError

from huoku.language import Sentence
from huoku.server.documents.commands.about import write_comment
from huoku.server.documents.mentions import colleagues
from huoku.server.documents.rights import COMMENT
from huoku.server.look.speaking import language
from huoku.server.office.buttons import done
from huoku.server.office.files import files_of, may_put_files, put, take_away
from huoku.server.office.frame import page, row_key, table_called, way_back
from huoku.server.office.opening import address_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.files import FileName, keep, served
from huoku.server.platform.refusals import Refused
from huoku.server.platform.roles import ROLES_CALLED
from huoku.server.platform.tables.table import Table

PUT = Sentence("已上传 {count} 个文件。", "{count} {count|file was|files were} put here.")
TAKEN_AWAY = Sentence("已移除 {name}。", "{name} was taken away.")
WRONG_NAME = Sentence("文件名 {name} 不能用，请改名。", "No file can be called {name}; give it another name.")
_NAME: TypeAdapter[str] = TypeAdapter(FileName)


@require_POST
@page
def comment(request: HttpRequest, actor: Actor, table_name: str, row_id: str) -> HttpResponse:
    """Say something of a row."""
    table, pk = _talked_about(actor, table_name, row_id)
    asked = {"what": table.model._meta.label_lower, "row": pk, "text": request.POST.get("text", "")[:4000]}
    done(request, actor, write_comment, asked, "comment")
    return _back(request, table, pk)


@require_GET
@page
def names(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody who can be called by @, for the list that opens while one types."""
    actor.must(COMMENT)
    lang = language()
    told = [
        (each, ", ".join(ROLES_CALLED[role].say(lang) for role in each.roles)) for each in colleagues(actor.company)
    ]
    return render(request, "office/names.html", {"told": told})


@require_POST
@page
def bring(request: HttpRequest, actor: Actor, table_name: str, row_id: str) -> HttpResponse:
    """Put the files that came to the row; each is kept or refused by itself."""
    table, pk = _talked_about(actor, table_name, row_id)
    row = table.rows_for(actor).filter(pk=pk).first()
    if row is None or not may_put_files(actor, table):
        raise Http404
    key, count = request.POST.get("key") or uuid4().hex, 0
    for place, file in enumerate(request.FILES.getlist("file")):
        try:
            name = _NAME.validate_python(_called(file))
            put(actor, table, row, name, keep(actor.company.pk, name, file.chunks()), f"page:{key}:file:{place}"[:80])
            count += 1
        except ValidationError:
            messages.error(request, WRONG_NAME.say(language(), name=file.name))
        except Refused as refusal:
            messages.error(request, refusal.say(language()))
    if count:
        messages.success(request, PUT.say(language(), count=count))
    return _back(request, table, pk)


def _called(file: "UploadedFile[Any]") -> str:
    """A photo of the camera is called as browsers call it: image.jpg."""
    return file.name or "photo.jpg"


@require_GET
@page
def fetch(
    request: HttpRequest, actor: Actor, table_name: str, row_id: str, file_id: int
) -> HttpResponse | FileResponse:
    """The bytes of a file, to be saved."""
    table, pk = _talked_about(actor, table_name, row_id)
    file = files_of(actor, table, pk).filter(pk=file_id).first()
    if file is None or not table.rows_for(actor).filter(pk=pk).exists():
        raise Http404
    return served(actor.company.pk, file.sha256, file.name, file.media_type)


@require_POST
@page
def remove(request: HttpRequest, actor: Actor, table_name: str, row_id: str, file_id: int) -> HttpResponse:
    """Take a file from its row."""
    table, pk = _talked_about(actor, table_name, row_id)
    file = files_of(actor, table, pk).filter(pk=file_id).first()
    if file is None or not may_put_files(actor, table):
        raise Http404
    key = request.POST.get("key") or uuid4().hex
    try:
        take_away(actor, table, file_id, file.version, f"page:{key}:remove:{file_id}"[:80])
    except Refused as refusal:
        messages.error(request, refusal.say(language()))
    else:
        messages.success(request, TAKEN_AWAY.say(language(), name=file.name))
    return _back(request, table, pk)


def _talked_about(actor: Actor, table_name: str, row_id: str) -> tuple[Table, int]:
    """The table that the actor may read, and the id. Raises Http404."""
    table = table_called(table_name, actor)
    key = row_key(table, row_id)
    if not isinstance(key, int):
        raise Http404
    return table, key


def _back(request: HttpRequest, table: Table, pk: int) -> HttpResponse:
    return redirect(way_back(request) or address_of(table.name, pk))
