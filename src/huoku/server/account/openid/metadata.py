"""What the other system says of itself, and its id tokens: believed where issuer and signature are right."""

from typing import Any

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

WELL_KNOWN = "/.well-known/"
SHARED_SECRET = ("HS256", "HS384", "HS512")
"""Signed with the secret that both systems share (OpenID Connect Core 1.0, section 10.1); all else by published key."""


class CheckedAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    @property
    def openid_config(self) -> dict[str, Any]:
        """Its metadata. Raises OAuth2Error where they name another issuer than the address that was set
        (OpenID Connect Discovery 1.0, section 4.3)."""
        config: dict[str, Any] = super().openid_config
        expected = str(self.get_provider().app.settings["server_url"]).partition(WELL_KNOWN)[0]
        if str(config.get("issuer", "")).rstrip("/") != expected.rstrip("/"):
            raise OAuth2Error(f"issuer {config.get('issuer')!r} is not {expected!r}")
        return config

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """The claims of an id token of this issuer for us, still good and rightly signed. Raises OAuth2Error.

        Allauth leaves the signature out where the token came straight from the other system; it is cheap to check.
        """
        rules: dict[str, Any] = {"issuer": self.openid_config["issuer"], "audience": app.client_id}
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
            if algorithm not in SHARED_SECRET:
                keys = self.openid_config["jwks_uri"]
                claims: dict[str, Any] = jwtkit.verify_and_decode(
                    credential=id_token, keys_url=keys, lookup_kid=jwtkit.lookup_kid_jwk, **rules
                )
            else:
                claims = jwt.decode(id_token, app.secret, algorithms=[algorithm], **rules)
                jwtkit.verify_jti(claims)
        except (jwt.PyJWTError, KeyError) as fault:
            raise OAuth2Error(f"id token: {fault}") from fault
        if "exp" not in claims:
            raise OAuth2Error("id token: without an end")
        return claims
