"""Where django-allauth does as we say: nobody signs up by himself, failed logins count by account alone, and secrets
are encrypted."""

import hashlib
import secrets
from base64 import b32encode, urlsafe_b64encode
from typing import Any

import requests
import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes

from huoku.server.account.openid.answers import check

log = structlog.get_logger("huoku.security")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations only."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Allauth counts by account and host name: who reaches the server under three names had three times the tries.
        return str(credentials.get("username", "")).casefold()


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Another system's sign-in opens accounts that were connected to it, and makes none."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Raises PermissionDenied where the answer is not one to this session's question."""
        check(sociallogin.state, sociallogin.account.extra_data)

    def get_requests_session(self) -> requests.Session:
        """Calls of the other system are not led on to a third."""
        session: requests.Session = super().get_requests_session()
        session.max_redirects = 0
        return session


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of one-time codes lie encrypted in the database: a copy of it alone makes no codes."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; where it was encrypted under a key that is gone, one that nobody's telephone has: its codes are
        refused as any wrong one, and recovery codes open."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.error("second_factor_unreadable", cure="bring the secret.key of the backup's server, or forget-factor")
            return b32encode(secrets.token_bytes(20)).decode()


def _box() -> MultiFernet:
    """The newest key encrypts; those before it (SECRET_KEY_FALLBACKS) still decrypt."""
    given = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [hashlib.sha256(b"huoku second factor\0" + force_bytes(secret)).digest() for secret in given]
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
