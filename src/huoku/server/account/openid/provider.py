"""The way to the other system: with a nonce of our own, and with nothing that a visitor's address adds."""

import secrets
from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse

from huoku.server.account.openid.metadata import CheckedAdapter

NONCE = "nonce"


class CheckedProvider(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = CheckedAdapter
    package = "huoku.server.account.openid"

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **asked: Any
    ) -> HttpResponse:
        """To the other system's page. The nonce is kept with the state of this session, and comes back in the id
        token; what an address asks for besides (``scope``, ``auth_params``) is left out."""
        nonce = secrets.token_urlsafe(32)
        params = {**self.get_auth_params(), NONCE: nonce}
        response: HttpResponse = super().redirect(request, process, next_url, data, auth_params=params, nonce=nonce)
        return response
