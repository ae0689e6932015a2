"""What a button of a page does: perform a command, say what came of it, and lead back to the page."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from pydantic import ValidationError

from huoku.server.look.speaking import language
from huoku.server.office.frame import way_back
from huoku.server.office.views.doing import error_of, tell_done
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import Command, perform
from huoku.server.platform.refusals import Refused


def done(request: HttpRequest, actor: Actor, what: Command[Any], asked: dict[str, Any], about: str) -> Any:
    """Perform a command and leave its message; its answer, or None where it was refused."""
    key = request.POST.get("key") or uuid4().hex
    sent = f"page:{key}:{about}"[:80]
    try:
        told = perform(what, what.request.model_validate(asked), actor=actor, key=sent)
    except ValidationError as fault:
        messages.error(request, "; ".join(error_of(each) for each in fault.errors()))
    except Refused as refusal:
        messages.error(request, refusal.say(language()))
    else:
        tell_done(request, what, told.status, sent)
        return told.result()
    return None


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the page that the form was on, else to the page called ``otherwise``."""
    return redirect(way_back(request) or otherwise)
