"""Reading: a table's rows in pages or as a file, one row, its history."""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse

from huoku.language import Sentence
from huoku.server.api.problems import Malformed
from huoku.server.platform.actor import Actor
from huoku.server.platform.doors import count_export
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.tables import export
from huoku.server.platform.tables.asking import BadQuestion, question
from huoku.server.platform.tables.history import history
from huoku.server.platform.tables.showing import one, page
from huoku.server.platform.tables.table import Table

JSON = "application/json"


class NotAcceptable(Refused):
    code, status, is_kept = "not_acceptable", 406, False
    words = Sentence("可以要的格式：{known}。", "Possible formats: {known}.")


def answer(value: Any, status: int = 200) -> HttpResponse:
    """Plain values as JSON."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, status=status, content_type=JSON)


def list_rows(request: HttpRequest, actor: Actor, table: Table) -> HttpResponse:
    """A page of rows, or all of them as a file where one is asked for by ``Accept``."""
    wanted = media_type(request)
    if wanted == JSON:
        found = page(table, actor, question(table, actor, asked_of(request)))
        next_cursor = found.next_cursor
        response = answer({"rows": found.rows, "next_cursor": next_cursor})
    else:
        count_export(actor)
        asked = question(table, actor, asked_of(request), limit=export.MOST_ROWS, most=export.MOST_ROWS)
        if asked.expands:
            raise Malformed(field="expand", value="expand is for JSON alone")
        rows, next_cursor = export.whole(table, actor, asked)
        response = HttpResponse(export.file_of(wanted, rows), content_type=wanted)
        response["Content-Disposition"] = f'attachment; filename="{table.name}.{export.FORMATS[wanted]}"'
    if next_cursor:
        further = request.GET.copy()
        further["cursor"] = next_cursor
        response["Link"] = f'<{request.path}?{further.urlencode()}>; rel="next"'
    return response


def media_type(request: HttpRequest) -> str:
    """The form that is asked for by ``Accept``. Raises NotAcceptable."""
    wanted: str | None = request.get_preferred_type([JSON, *export.FORMATS])
    if wanted is None:
        raise NotAcceptable(known=", ".join([JSON, *export.FORMATS]))
    return wanted


def one_row(request: HttpRequest, actor: Actor, table: Table, row_id: Any) -> HttpResponse:
    """One row with its tag: ``If-None-Match`` saves the answer, ``If-Match`` guards a change."""
    asked = asked_of(request)
    for name in asked:
        if name not in ("fields", "expand"):
            raise BadQuestion(field=name, value=asked[name], known="fields, expand")
    found = one(table, actor, row_id, question(table, actor, asked))
    if found is None:
        raise NotFound(what=table.name, field="id", value=row_id)
    response = answer(found[0])
    tag = f'"{found[1]}-{hashlib.sha256(response.content).hexdigest()[:16]}"'
    if tag in (each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")):
        response = HttpResponse(status=304)
    response["ETag"] = tag
    return response


def history_of(request: HttpRequest, actor: Actor, table: Table, row_id: Any) -> HttpResponse:
    """Who changed the row when and why; of a row that is gone too, where it belonged to no site."""
    entries = history(table, actor, row_id)
    is_there = one(table, actor, row_id, question(table, actor, {"fields": "id"}))
    may_be_elsewhere = is_there is None and actor.sites is not None and hasattr(table.model, "at_site")
    if may_be_elsewhere or (is_there is None and not entries):
        raise NotFound(what=table.name, field="id", value=row_id)
    return answer({"entries": entries})


def asked_of(request: HttpRequest) -> dict[str, str]:
    """The question in the address. Raises Malformed where a parameter stands there twice."""
    for name, values in request.GET.lists():
        if len(values) > 1:
            raise Malformed(field=name, value=f"{name} stands there twice")
    return {str(name): str(value) for name, value in request.GET.items()}
