"""Who asks: by a token or by the browser's session, in the company that the address names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from huoku.language import Sentence
from huoku.server.api.problems import NotSignedIn
from huoku.server.platform.actor import Actor
from huoku.server.platform.doors import actor_from, companies_of, count_call
from huoku.server.platform.models import User
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.scope import entered


class Forged(Refused):
    code, status, is_kept = "csrf", 403, False
    words = Sentence("请从本系统的页面发出这个请求。", "This request did not come from a page of this system.")


class ByToken(AuthBase):
    """``Authorization: Bearer hk_...``"""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Actor | None:
        return enter(request) if "Authorization" in request.headers else None


class BySession(AuthBase):
    """The cookie of somebody who signed in. What changes something needs the page's token against forgery too."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME
    csrf = True

    def __call__(self, request: HttpRequest) -> Actor | None:
        if "Authorization" in request.headers:
            return None
        actor = enter(request)
        if check_csrf(request):
            raise Forged()
        return actor


def enter(request: HttpRequest) -> Actor:
    """The actor in the company of the address. Raises NotSignedIn, TooManyCalls; NotFound where
    he has no part in such a company."""
    code = request.resolver_match.kwargs["company"] if request.resolver_match else ""
    actor = actor_from(request, code) if code.isprintable() else None
    if actor is None:
        raise NotFound(what="company", value=code) if _is_known(request, code) else NotSignedIn()
    count_call(actor)
    return actor


def _is_known(request: HttpRequest, code: str) -> bool:
    """Whether somebody is there who has no part in this company. Who has one and was not let in has not shown all
    that signing in asks for."""
    if "Authorization" in request.headers:
        return actor_from(request) is not None
    user = request.user
    return isinstance(user, User) and user.is_active and code not in {each.code for each in companies_of(user)}


def inside(right: str, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """``view`` for actors with this right, seeing the rows of their company alone. Raises NotAllowed."""

    @wraps(view)
    def guarded(request: HttpRequest, *row: Any) -> HttpResponseBase:
        actor: Actor = request.auth  # type: ignore[attr-defined]
        actor.must(right)
        with entered(actor.company):
            return view(request, actor.acting_by(right), *row)

    return guarded
