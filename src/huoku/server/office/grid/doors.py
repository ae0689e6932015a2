"""Answers of the desk that a script reads: what is refused is told in the reader's words."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from pydantic import ValidationError

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.platform.actor import Actor
from huoku.server.platform.canonical import canonical
from huoku.server.platform.doors import admitted, count_call
from huoku.server.platform.hints import hint
from huoku.server.platform.reading import read_json
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.tables.table import TABLES, Table

LONGEST = 4_000_000
"""Bytes of a request: 5,000 rows of 20 columns have room."""
SIGN_IN_AGAIN = Sentence(
    "登录已过期，没有保存。请在另一个标签页登录，再回到这里保存，填的内容还在。",
    "Your session has ended; nothing is saved. Sign in on another tab, then save here: what you typed is still there.",
)


def door(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """``view(actor, table, asked)`` for somebody who may read the table; ``asked``: the address's questions, or what
    was sent."""

    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, table_name: str) -> HttpResponse:
        with admitted(request) as actor:
            if actor is None:
                return JsonResponse({"refused": SIGN_IN_AGAIN.say(language())}, status=401)
            try:
                count_call(actor)
                return told(view(actor, readable(table_name, actor), _asked(request)))
            except Refused as refusal:
                return told({"refused": refusal.say(language())}, refusal.status)
            except ValidationError as wrong:
                return told({"refused": hint(wrong.errors()[0], language())}, 422)
            except ValueError as wrong:
                return told({"refused": str(wrong)}, 400)

    return answered


def readable(name: str, actor: Actor) -> Table:
    """Raises NotFound where there is no such table that the actor may read."""
    table = TABLES.get(name)
    if table is None or not actor.may(table.read):
        raise NotFound(what="table", field="table", value=name)
    return table


def told(answer: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(canonical(answer), content_type="application/json", status=status)


def _asked(request: HttpRequest) -> Any:
    if request.method == "GET":
        return {str(name): str(value) for name, value in request.GET.items() if value}
    if len(request.body) > LONGEST:
        raise ValueError(f"{LONGEST} bytes at most")
    return read_json(request.body)
