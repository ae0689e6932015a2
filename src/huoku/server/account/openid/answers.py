"""The other system's answer, once more before it opens anything: is it to this session's question, and how strong
was the signing in there?"""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from huoku.server.account.openid.provider import NONCE
from huoku.server.platform.doors import TWO_FACTORS_ELSEWHERE


def check(state: dict[str, Any], facts: dict[str, Any]) -> None:
    """Raises PermissionDenied unless there is an id token that carries the nonce of ``state`` and is about the person
    of whom the other system tells (``facts``: ``id_token`` and ``userinfo``)."""
    claims, person = facts.get("id_token", {}), facts.get("userinfo", {})
    nonce = str(state.get(NONCE, ""))
    if not nonce or not constant_time_compare(str(claims.get("nonce", "")), nonce):
        raise PermissionDenied("id token without this session's nonce")
    if "sub" not in claims or person.get("sub", claims["sub"]) != claims["sub"]:
        raise PermissionDenied("id token and user information are not about one person")


def note_strength(request: HttpRequest, sociallogin: Any = None, **_: Any) -> None:
    """Remember in the session that has just begun whether the other system says that it asked for two factors. Where
    it says nothing, it counts as one."""
    if sociallogin is not None:
        claims = sociallogin.account.extra_data.get("id_token", {})
        told = {claims.get("acr"), *claims.get("amr", [])}
        request.session[TWO_FACTORS_ELSEWHERE] = bool(told & set(settings.GIVEN.oidc_two_factors))
