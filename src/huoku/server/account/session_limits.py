"""How long somebody stays signed in: at most so long in all, and so long without doing anything.

When a session was last used is noted in it only every tenth part of the idle time, so that an ordinary request writes
nothing. A page that asks by itself what has changed does not count as use.
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse

Answering = Callable[[HttpRequest], HttpResponse]

SIGNED_IN_AT, USED_AT = "signed_in_at", "used_at"
POLLED = "/changes"
"""Ends the addresses that pages ask by themselves."""


def listen() -> None:
    """Note when each session begins."""
    user_logged_in.connect(_begin, dispatch_uid="huoku session begins")


def _begin(sender: Any, request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None:
        request.session[SIGNED_IN_AT] = request.session[USED_AT] = int(time.time())


def session_limits(answer: Answering) -> Answering:
    """Sign out whoever has been in, or idle, for too long: the session is deleted, not only refused."""

    def answered(request: HttpRequest) -> HttpResponse:
        session, now = request.session, int(time.time())
        was_in = SESSION_KEY in session
        if was_in:
            if _is_over(session, now):
                logout(request)
            elif _is_worth_noting(session, now) and not request.path_info.endswith(POLLED):
                session[USED_AT] = now
        response = answer(request)
        if was_in and SESSION_KEY not in request.session:
            response["Clear-Site-Data"] = '"cache", "storage"'  # nothing stays with a browser that others use too
        return response

    return answered


def _is_over(session: Any, now: int) -> bool:
    idle = settings.GIVEN.session_idle_minutes * 60
    whole = settings.GIVEN.session_minutes * 60
    return now - session.get(SIGNED_IN_AT, 0) >= whole or (idle > 0 and now - session.get(USED_AT, 0) >= idle)


def _is_worth_noting(session: Any, now: int) -> bool:
    idle = settings.GIVEN.session_idle_minutes * 60
    return idle > 0 and now - session[USED_AT] >= idle / 10
