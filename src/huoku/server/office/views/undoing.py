"""The button that undoes what one did just now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.commands.undoing import UNDONE, Undo, undo
from huoku.server.office.frame import page, way_back
from huoku.server.office.undoing.doing import key_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import perform
from huoku.server.platform.refusals import Refused

DONE = Sentence("已撤销。", "Undone.")
NO_KEY = Sentence("没有可撤销的操作。", "There is nothing to be undone.")


@require_POST
@page
def undone(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Undo it, say so, and go back to where the button was."""
    key = request.POST.get("key", "")
    try:
        perform(undo, Undo(key=key), actor=actor, key=key_of(key), reason=UNDONE.say(language()))
    except ValidationError:
        messages.error(request, NO_KEY.say(language()))
    except Refused as refusal:
        messages.error(request, refusal.say(language()))
    else:
        messages.success(request, DONE.say(language()))
    return redirect(way_back(request) or "office_home")
