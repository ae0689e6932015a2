"""What the pages of this room have beside the frame of the desk: their words, and how a button does something."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from huoku.server.look.speaking import language
from huoku.server.office.frame import shown
from huoku.server.platform.actor import Actor
from huoku.server.shopfloor.words import WORDS

OF_A_PAGE = 50
"""So many orders, or operations, one page lists."""


def show(request: HttpRequest, actor: Actor, template: str, facts: Mapping[str, Any]) -> HttpResponse:
    """A page with the words ``w``, its own address ``here`` to come back to, and a ``key`` for its forms: each form
    adds what it is about, so that a button that is pressed twice does its work once."""
    lang = language()
    frame = {
        "w": {name: words.template(lang) for name, words in WORDS.items()},
        "here": request.get_full_path(),
        "key": uuid4().hex,
    }
    return shown(request, actor, f"shopfloor/{template}.html", {**frame, **facts})
