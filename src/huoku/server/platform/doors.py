"""Who stands at the door: from a web request to an actor, by its session or by its token.

Whoever answers a request asks here first and works within the company of who was ``admitted``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from huoku.server.platform import clock
from huoku.server.platform.actor import Actor, actor_of, actors_of
from huoku.server.platform.limits import Buckets
from huoku.server.platform.models import Company, Membership, User
from huoku.server.platform.once_a_page import remembering
from huoku.server.platform.scope import EVERY_COMPANY, Stay, entered, staying
from huoku.server.platform.tokens import note_use, token_of

CHOSEN = "company"
"""The session remembers under this name which company its user works in."""
BEARER = "Bearer "
TWO_FACTORS_ELSEWHERE = "two_factors_elsewhere"
"""True in a session that another system opened and says that it asked for two factors (``oidc_two_factors``)."""


def actor_from(request: HttpRequest, company: str = "") -> Actor | None:
    """Who acts in this request. None where nobody signed in, or it has no part in that company.

    ``company``: the code that the address names. Without one it is the token's company, or the one that the session's
    user has chosen (his only one, where there is only one). A request that shows a token is judged by the token alone:
    browsers do not send one by themselves, so such a request needs no protection against forgery.
    """
    with staying() as stay:
        return _actor_from(request, company, stay)


@contextmanager
def admitted(request: HttpRequest, company: str = "") -> Iterator[Actor | None]:
    """Who acts, as ``actor_from`` says it. Within the block, which makes one page, only its company's rows are seen,
    and none for nobody. The same as entering afterwards, in fewer rounds to the database."""
    with staying() as stay, remembering():
        actor = _actor_from(request, company, stay)
        if actor is None:
            stay.leave()
        else:
            clock.page_began(stay.enter(actor.company, clock.asking()))
        yield actor


def _actor_from(request: HttpRequest, company: str, stay: Stay) -> Actor | None:
    """Leaves every company entered where anybody was looked for."""
    shown = request.headers.get("Authorization", "")
    if shown:
        stay.enter(EVERY_COMPANY)
        actor = _by_token(shown[len(BEARER) :]) if shown.startswith(BEARER) else None
    else:
        actor = _by_session(request, company, stay)
    if actor is None or (company and actor.company.code != company):
        return None
    return replace(actor, request_id=getattr(request, "request_id", ""))


def companies_of(user: User) -> list[Company]:
    """The companies that a user has a part in, by code."""
    with entered(EVERY_COMPANY):
        return _companies_of(user)


def _companies_of(user: User) -> list[Company]:
    parts = Membership.objects.of_every_company().filter(user=user)
    return list(Company.objects.filter(pk__in=parts.values("company"), is_active=True).order_by("code"))


def choose_company(request: HttpRequest, code: str) -> Company | None:
    """Work in this company from now on. None, and nothing changed, where the user has no part in it."""
    if not isinstance(request.user, User):
        return None
    chosen = next((each for each in companies_of(request.user) if each.code == code), None)
    if chosen:
        request.session[CHOSEN] = chosen.pk
    return chosen


def waits_for_second_factor(request: HttpRequest) -> bool:
    """Whether somebody signed in who would act for a company, had he shown a second factor."""
    with staying() as stay:
        actor = _member(request, "", stay)
        return actor is not None and lacks_second_factor(request, actor)


def _by_session(request: HttpRequest, code: str, stay: Stay) -> Actor | None:
    actor = _member(request, code, stay)
    return None if actor and lacks_second_factor(request, actor) else actor


def _member(request: HttpRequest, code: str, stay: Stay) -> Actor | None:
    """Whoever signed in, as who he is in the company, whatever he has shown."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return None
    own = actors_of(user, partial(stay.enter, EVERY_COMPANY))
    if code:
        own = [actor for actor in own if actor.company.code == code]
    elif CHOSEN in request.session:
        own = [actor for actor in own if actor.company.pk == request.session[CHOSEN]]
    return own[0] if len(own) == 1 else None


def lacks_second_factor(request: HttpRequest, actor: Actor) -> bool:
    """Whether one of the actor's roles asks for a second factor (HUOKU_SECOND_FACTOR_FOR) that this session has not
    shown, neither here nor at another system. A passkey is both factors in one."""
    if not actor.roles & set(settings.GIVEN.second_factor_for) or request.session.get(TWO_FACTORS_ELSEWHERE):
        return False
    return all(record.get("method") != "mfa" for record in get_authentication_records(request, actor.user))


def _by_token(text: str) -> Actor | None:
    if (found := token_of(text)) is None:
        return None
    token, now = found
    actor = actor_of(token.user, token.company, via=f"token:{token.pk}")
    if actor is None:
        return None
    note_use(token, clock.business_day(token.company, now))
    return replace(actor, scope=f"token:{token.pk}", scopes=frozenset(token.rights))


_CALLS = Buckets(settings.GIVEN.calls_per_minute)


_EXPORTS = Buckets(settings.GIVEN.exports_per_minute)


def count_export(actor: Actor) -> None:
    """Count a whole list as a file: dear for the server, so they have a limit of their own. Raises TooManyCalls."""
    _EXPORTS.take(actor.key_scope)


def count_call(actor: Actor) -> None:
    """Count a call of the interface against its user or token. Raises TooManyCalls."""
    _CALLS.take(actor.key_scope)
