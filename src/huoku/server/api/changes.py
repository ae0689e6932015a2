"""Changing: one command, or many rows of one, each under its key, answered as it was answered before."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from pydantic import ValidationError

from huoku.language import Language, Sentence
from huoku.server.api.commands import BeginBulk, begin_bulk
from huoku.server.api.lists import JSON, answer, asked_of
from huoku.server.api.problems import Invalid, Malformed, body_of, errors_of, language_of, problem
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import Command, Done, perform
from huoku.server.platform.reading import read_json
from huoku.server.platform.refusals import Refused

MOST_ROWS = 1_000
"""So many rows one call may bring."""
LONGEST_KEY = 64
_KEY = re.compile(r"[!-~]{1,64}")
_TAG = re.compile(r'"(\d{1,9})(-[0-9a-f]+)?"')


class KeyMissing(Refused):
    code, status, is_kept = "key_missing", 400, False
    words = Sentence(
        "每个修改请求都要带 Idempotency-Key：1 到 64 个 ASCII 字符，一次一个，重发时不变。",
        "Every changing call needs an Idempotency-Key: 1 to 64 ASCII characters, its own, the same when sent again.",
    )


class TagMissing(Refused):
    code, status, is_kept = "tag_missing", 428, False
    words = Sentence(
        "修改已有的记录要带 If-Match：读取时得到的 ETag。",
        "Changing what is there needs If-Match: the ETag that came with it.",
    )


class WrongMediaType(Refused):
    code, status, is_kept = "wrong_media_type", 415, False
    words = Sentence("请求体应为 application/json。", "The body must be application/json.")


class TooManyRows(Refused):
    code, status, is_kept = "too_many_rows", 413, False
    words = Sentence("一次最多 {most} 行。", "{most} rows at most in one call.")


@dataclass(frozen=True, slots=True)
class Call:
    """One changing call: whose, for which command, under which key, why, and whether only as a trial."""

    actor: Actor
    what: Command[Any]
    key: str
    reason: str
    is_trial: bool

    def perform(self, body: Any, row: str = "") -> Done:
        """Perform the command for one body. Raises ValidationError, Refused."""
        asked = self.what.request.model_validate(body)
        return perform(
            self.what, asked, actor=self.actor, key=self.key + row, reason=self.reason, dry_run=self.is_trial
        )

    def status(self, done: Done, created: bool) -> int:
        """201 where something is there now; 202 where a second person has to approve it first."""
        return 201 if created and done.status == 200 and not self.is_trial else done.status


def add_rows(request: HttpRequest, actor: Actor, what: Command[Any]) -> HttpResponse:
    """One row as an object, or many as an array: then each is done or refused by itself."""
    body = body_of_request(request)
    if isinstance(body, list):
        return _bulk(request, _call(request, actor, what), body)
    return changed(request, actor, what, body, created=True)


def changed(
    request: HttpRequest, actor: Actor, what: Command[Any], body: Any, *, row_id: Any = None, created: bool = False
) -> HttpResponse:
    """Perform one command. ``row_id``: the row that it is about; then ``If-Match`` must say which version was seen."""
    call = _call(request, actor, what)
    if row_id is not None:
        body = _about(body, row_id, request)
    try:
        done = call.perform(body)
    except ValidationError as fault:
        return problem(request, Invalid(), errors_of(fault, language_of(request)))
    response = HttpResponse(done.answer, status=call.status(done, created), content_type=JSON)
    if response.status_code == 201 and "id" in (told := done.result()):
        response["Location"] = f"{request.path}/{told['id']}"
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
    except ValueError as fault:
        raise Malformed(value=str(fault)) from None


def _call(request: HttpRequest, actor: Actor, what: Command[Any]) -> Call:
    """What address and headers say of a call. Raises KeyMissing, Malformed."""
    asked = asked_of(request)
    for name in asked:
        if name not in ("dry_run", "reason"):
            raise Malformed(field=name, value=f"{name}; possible: dry_run, reason")
    dry_run, reason = asked.get("dry_run", "0"), asked.get("reason", "")
    if dry_run not in ("0", "1"):
        raise Malformed(field="dry_run", value="dry_run: 0, 1")
    if len(reason) > 400 or not reason.isprintable():
        raise Malformed(field="reason", value="reason: 0..400")
    key = request.headers.get("Idempotency-Key", "")
    if dry_run == "1":
        return Call(actor, what, f"trial-{uuid4()}", reason, True)  # it leaves nothing behind, so it uses up no key
    if not _KEY.fullmatch(key):
        raise KeyMissing(field="Idempotency-Key", value=key[:LONGEST_KEY])
    return Call(actor, what, key, reason, False)


def _about(body: Any, row_id: Any, request: HttpRequest) -> Any:
    """The request to a command about one row: its id from the address, its version from ``If-Match``."""
    if not isinstance(body, Mapping):
        return body
    if named := [name for name in ("id", "version") if name in body]:
        raise Malformed(field=named[0], value=f"{named[0]}: address, If-Match")
    tag = request.headers.get("If-Match", "").strip()
    seen = _TAG.fullmatch(tag)
    if not tag:
        raise TagMissing(field="If-Match")
    if seen is None and tag != "*":
        raise Malformed(field="If-Match", value=f"If-Match: {tag[:LONGEST_KEY]}")
    return {**body, "id": row_id, "version": int(seen[1]) if seen else None}


def _bulk(request: HttpRequest, call: Call, rows: list[Any]) -> HttpResponse:
    """Each row is its own command under ``key#row``; the call as a whole holds the key, with the digest of its body."""
    if len(rows) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS, value=len(rows))
    if not call.is_trial:
        sha256 = hashlib.sha256(request.body).hexdigest()
        begun = BeginBulk(command=call.what.name, rows=len(rows), sha256=sha256)
        begin = replace(begin_bulk, right=call.what.right)
        perform(begin, begun, actor=call.actor, key=call.key, reason=call.reason)
    lang = language_of(request)
    results = [_row_result(call, lang, row, place) for place, row in enumerate(rows)]
    done = sum(result["status"] < 400 for result in results)
    return answer({"done": done, "refused": len(results) - done, "results": results})


def _row_result(call: Call, lang: Language, row: Any, place: int) -> dict[str, Any]:
    """What became of one row. An error that is about a line within the row keeps the line's number as ``line``."""
    try:
        done = call.perform(row, f"#{place}")
    except ValidationError as fault:
        refused = body_of(Invalid(), lang, errors_of(fault, lang, place))
    except Refused as refusal:
        refused = body_of(refusal, lang)
        for error in refused["errors"]:
            if error["row"] is not None:
                error["line"] = error["row"]
            error["row"] = place
    else:
        return {"row": place, "status": call.status(done, created=True), "answer": done.result()}
    return {"row": place, "status": refused["status"], "errors": refused["errors"]}
