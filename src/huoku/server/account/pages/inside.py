"""Pages for those who work in a company and have a right; what is refused is told on a page of its own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from huoku.server.look.speaking import language
from huoku.server.platform.doors import actor_from, count_call
from huoku.server.platform.refusals import Refused
from huoku.server.platform.scope import entered

Page = Callable[..., HttpResponse]


def inside(right: str) -> Callable[[Page], Page]:
    """Makes ``view(request, actor, ...)`` a page for actors with ``right``, in their company."""

    def made(view: Page) -> Page:
        @login_required
        @never_cache
        @wraps(view)
        def answered(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
            actor = actor_from(request)
            if actor is None:
                return redirect("account_home")
            try:
                actor.must(right)
                count_call(actor)
                with entered(actor.company):
                    return view(request, actor, *given, **named)
            except Refused as refusal:
                told = {"refusal": refusal.say(language())}
                return render(request, "account/refused.html", told, status=refusal.status)

        return answered

    return made
