"""What every page of the desk has: who is here, in which language, with which menu; and what stops it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from huoku.server.look.speaking import language
from huoku.server.office.menu import menu
from huoku.server.platform.actor import Actor
from huoku.server.platform.doors import admitted, count_call
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.tables.table import TABLES, Table

Page = Callable[..., HttpResponseBase]
LAST_ID = 2**63 - 1
"""No row has a larger id; databases refuse to be asked for one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What everybody works by, told at the top of every page: its mark, its words, and the page about it."""

    level: Literal["G", "Y"]
    words: str
    address: str


STANDING: list[Callable[[Actor], Standing | None]] = []
"""Rooms above put theirs in; each is asked for whoever reads the page."""


def page(view: Page) -> Page:
    """A page for somebody who is signed in and works in a company. What is refused is told on a page of its own."""

    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(stood_on(request))
        with admitted(request) as actor:
            if actor is None:
                return redirect("account_home")
            if any(isinstance(value, int) and value > LAST_ID for value in kwargs.values()):
                raise Http404
            try:
                count_call(actor)
                return view(request, actor, *args, **kwargs)
            except NotFound:
                raise Http404 from None
            except Refused as refusal:
                told = {"refusal": refusal.say(language())}
                return shown(request, actor, "office/refused.html", told, status=refusal.status)

    return answered


def shown(request: HttpRequest, actor: Actor, template: str, facts: dict[str, Any], status: int = 200) -> HttpResponse:
    standing = [told for each in STANDING if (told := each(actor))]
    frame = {"actor": actor, "menu": list(menu(actor, request.path)), "lang": language(), "worked_by": standing}
    return render(request, template, {**frame, **facts}, status=status)


def way_back(request: HttpRequest) -> str:
    """The page that a form says it stands on, or the link to it did; "" where it says none of ours."""
    there = request.POST.get("next", "") or request.GET.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, {request.get_host()}) else ""


def stood_on(request: HttpRequest) -> str:
    """The page that somebody has before him: the one he asked for, or the one with the form that he sent. What is only
    sent to, such as the address of comments, is no page to come back to."""
    sender = urlsplit(request.headers.get("Referer", ""))
    if request.method in ("GET", "HEAD") or sender.netloc != request.get_host():
        return request.get_full_path()
    return urlunsplit(("", "", sender.path, sender.query, ""))


def table_called(name: str, actor: Actor) -> Table:
    """Raises Http404 where there is none that the actor may read."""
    table = TABLES.get(name)
    if table is None or not actor.may(table.read):
        raise Http404
    return table


def row_key(table: Table, text: str) -> int | str:
    """The key of a row as an address names it. Raises Http404 where no row of the table can have it."""
    if table.has_uuids:
        try:
            return str(UUID(text))
        except ValueError:
            raise Http404 from None
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= LAST_ID):
        raise Http404
    return int(text)
