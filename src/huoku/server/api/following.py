"""Following what takes long as it goes on: server-sent events (the HTML standard, 9.2), for as long as is asked for.

Each stream holds one of the server's threads, so a process has few places for them and none is held for long. Whoever
finds no place is told how things are now, and when to ask again: browsers do so by themselves.
"""

import json
import time
from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from huoku.server.api.lists import asked_of
from huoku.server.api.problems import Malformed
from huoku.server.platform.actor import Actor
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.scope import entered
from huoku.server.platform.tables.asking import question
from huoku.server.platform.tables.showing import one
from huoku.server.platform.tables.table import Table

EVENTS = "text/event-stream"
FOLLOWED = ("jobs", "plan_runs")
"""Tables whose rows end: ``ended_at`` says when."""
LONGEST = 25
"""Seconds; proxies hang up after 30 or 60 without a word."""
GLANCE = 0.25
"""Seconds between two looks at the row."""
PAUSE = "retry: 2000\n\n"
"""So many milliseconds later a browser asks again."""
ENDED = "ended"
_PLACES = BoundedSemaphore(2)


def follow(request: HttpRequest, actor: Actor, table: Table, row_id: Any) -> HttpResponseBase:
    """The row as it is, and again each time that it changes, until it has ended or ``wait`` seconds are over.

    Raises Malformed, NotFound. Whoever saw the end already is told with 204 not to ask again.
    """
    asked = asked_of(request)
    wait = asked.pop("wait", "0")
    if asked or not (wait.isdecimal() and wait.isascii() and int(wait) <= LONGEST):
        raise Malformed(field=next(iter(asked), "wait"), value=f"wait: 0..{LONGEST}")
    if _look(actor, table, row_id) is None:
        raise NotFound(what=table.name, field="id", value=row_id)
    if request.headers.get("Last-Event-ID") == ENDED:
        return HttpResponse(status=204)
    response = StreamingHttpResponse(_events(actor, table, row_id, int(wait)), content_type=EVENTS)
    response["X-Accel-Buffering"] = "no"  # or a proxy would hand them on in lumps
    return response


def _events(actor: Actor, table: Table, row_id: Any, wait: int) -> Iterator[str]:
    has_place = wait > 0 and _PLACES.acquire(blocking=False)
    try:
        yield PAUSE
        until, told = time.monotonic() + (wait if has_place else 0), None
        while (row := _look(actor, table, row_id)) is not None:
            if row != told:
                yield _event(table, row)
                told = row
            if row["ended_at"] is not None or time.monotonic() >= until:
                return
            time.sleep(GLANCE)
    finally:
        if has_place:
            _PLACES.release()


def _event(table: Table, row: dict[str, Any]) -> str:
    number = ENDED if row["ended_at"] is not None else row["state"]
    return f"event: {table.name}\nid: {number}\ndata: {json.dumps(row, ensure_ascii=False)}\n\n"


def _look(actor: Actor, table: Table, row_id: Any) -> dict[str, Any] | None:
    with entered(actor.company):
        found = one(table, actor, row_id, question(table, actor, {}))
    return found[0] if found else None
