"""Changing: one command, or many rows of one, each under its key, answered as it was answered before."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from pydantic import ValidationError

from huoku.language import Sentence
from huoku.server.api.answers import told
from huoku.server.api.bulk import each_row
from huoku.server.api.call import LONGEST_KEY, Call, TagMissing, call_of
from huoku.server.api.later import begin_call, is_for_later
from huoku.server.api.lists import JSON, answer
from huoku.server.api.problems import Invalid, Malformed, errors_of, language_of, problem
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import Command
from huoku.server.platform.reading import Unreadable, read_json
from huoku.server.platform.refusals import Refused

_TAG = re.compile(r'"(\d{1,9})(-[0-9a-f]+)?"')


class WrongMediaType(Refused):
    code, status, is_kept = "wrong_media_type", 415, False
    words = Sentence("请求体应为 application/json。", "The body must be application/json.")


def add_rows(request: HttpRequest, actor: Actor, what: Command[Any]) -> HttpResponse:
    """One row as an object, or many as an array: then each is done or refused by itself."""
    return _done(request, call_of(request, actor, what, is_new=True), body_of_request(request))


def change_rows(request: HttpRequest, actor: Actor, what: Command[Any]) -> HttpResponse:
    """Rows as an array, each with its ``id`` and the ``version`` that was seen (null: whichever it is now)."""
    body = body_of_request(request)
    if not isinstance(body, list):
        raise Malformed(value="[{id, version, ...}, ...]")
    return _done(request, call_of(request, actor, what), body)


def change_row(request: HttpRequest, actor: Actor, what: Command[Any], row_id: Any) -> HttpResponse:
    """A command about one row: ``If-Match`` must say which version was seen."""
    call, body = call_of(request, actor, what), body_of_request(request, may_be_empty=True)
    return _done(request, call, _about(body, row_id, request))


def act(request: HttpRequest, actor: Actor, what: Command[Any]) -> HttpResponse:
    """A command that says itself what it is about."""
    body = body_of_request(request)
    if isinstance(body, list):
        raise Malformed(value="{...}")
    return _done(request, call_of(request, actor, what), body)


def _done(request: HttpRequest, call: Call, body: Any) -> HttpResponse:
    if is_for_later(request) and not call.is_trial:
        return begin_call(request, call, body)
    if isinstance(body, list):
        return answer(each_row(call, body, language_of(request)))
    try:
        done = call.perform(body)
    except ValidationError as fault:
        return problem(request, Invalid(), errors_of(fault, language_of(request)))
    response = HttpResponse(told(done.answer, call.known), status=call.status(done), content_type=JSON)
    if response.status_code == 201 and "id" in (made := done.result()):
        response["Location"] = f"{request.path}/{made['id']}"
    if done.is_repeat:
        response["Idempotency-Replayed"] = "true"
    return response


def body_of_request(request: HttpRequest, *, may_be_empty: bool = False) -> Any:
    """The JSON that came. Raises WrongMediaType, Malformed."""
    if may_be_empty and not request.body:
        return {}
    if request.content_type != JSON:
        raise WrongMediaType()
    try:
        return read_json(request.body)
    except Unreadable as fault:
        raise Malformed(value=fault.words) from None


def _about(body: Any, row_id: Any, request: HttpRequest) -> Any:
    """The request to a command about one row: its id from the address, its version from ``If-Match``."""
    if not isinstance(body, Mapping):
        return {"": body}  # no request looks like this: refused as any other wrong field
    if named := [name for name in ("id", "version") if name in body]:
        raise Malformed(field=named[0], value=f"{named[0]}: address, If-Match")
    tag = request.headers.get("If-Match", "").strip().removeprefix("W/")  # a proxy that compresses marks it so
    seen = _TAG.fullmatch(tag)
    if not tag:
        raise TagMissing(field="If-Match")
    if seen is None and tag != "*":
        raise Malformed(field="If-Match", value=f"If-Match: {tag[:LONGEST_KEY]}")
    return {**body, "id": row_id, "version": int(seen[1]) if seen else None}
