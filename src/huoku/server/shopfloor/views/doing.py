"""What the buttons of these pages do: one action of a table on one row, then back to the page."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from huoku.server.look.speaking import language
from huoku.server.office.asking import fields_of, request_from
from huoku.server.office.frame import page, table_called
from huoku.server.office.views.doing import DONE, WAITS, error_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import Command, perform
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Opened


@require_POST
@page
def do(request: HttpRequest, actor: Actor, table_name: str, row_id: int, action: str) -> HttpResponse:
    """An action about a row, with the fields that the form gave."""
    what = table_called(table_name, actor).actions.get(action)
    if what is None or not issubclass(what.request, Opened):
        raise Http404
    asked = request_from(fields_of(what.request, {}, request.POST))
    # What a form does not ask is left to the command, which knows what is meant then.
    given = {name: value for name, value in asked.items() if name in request.POST}
    done(
        request, actor, what, {**given, "id": row_id}, f"{table_name}:{row_id}:{action}:{request.POST.get('line', '')}"
    )
    return back(request)


def done(request: HttpRequest, actor: Actor, what: Command[Any], asked: dict[str, Any], about: str) -> Any:
    """Perform a command and leave its message; its answer, or None where it was refused."""
    key = request.POST.get("key") or uuid4().hex
    try:
        told = perform(what, what.request.model_validate(asked), actor=actor, key=f"page:{key}:{about}"[:80])
    except ValidationError as fault:
        messages.error(request, "; ".join(error_of(each) for each in fault.errors()))
    except Refused as refusal:
        messages.error(request, refusal.say(language()))
    else:
        messages.success(request, (WAITS if told.status == 202 else DONE).say(language()))
        return told.result()
    return None


def back(request: HttpRequest, otherwise: str = "shop_board") -> HttpResponse:
    """To the page that the form was on."""
    there = request.POST.get("next", "")
    return redirect(there if url_has_allowed_host_and_scheme(there, {request.get_host()}) else otherwise)
