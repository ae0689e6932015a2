"""Secrets of API tokens: how they look, and how one that comes in is recognised.

``hk_PREFIX_SECRET``: the prefix finds the row, the secret proves it. Who makes a token makes the secret himself
(``new_secret``) and hands on only its digest, so that no table, answer or log ever holds the secret.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from huoku.server.platform.models import ApiToken

FORM = re.compile(r"hk_(?P<prefix>[0-9a-f]{16})_(?P<secret>[A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewSecret:
    """``text`` is shown once to whoever asked for the token; ``prefix`` and ``digest`` are kept."""

    text: str
    prefix: str
    digest: bytes


def new_secret() -> NewSecret:
    """256 random bits, with a prefix of 64 more."""
    prefix, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    return NewSecret(f"hk_{prefix}_{secret}", prefix, digest_of(secret))


def digest_of(secret: str) -> bytes:
    """Plain SHA-256: 256 random bits need no slow hash against guessing."""
    return hashlib.sha256(secret.encode()).digest()


def token_of(text: str) -> ApiToken | None:
    """The living token with this text; None where it is none of ours, expired or revoked. Sees every company."""
    parts = FORM.fullmatch(text)
    if not parts:
        return None
    living = Q(revoked_at=None) & Q(expires_at__gt=Now())
    found = ApiToken.objects.of_every_company().select_related("company", "user")
    token = found.filter(living, prefix=parts["prefix"]).first()
    same = hmac.compare_digest(bytes(token.digest) if token else bytes(32), digest_of(parts["secret"]))
    return token if same else None


def note_use(token: ApiToken, today: date) -> None:
    """Remember the day of its last use."""
    if token.last_used_on == today:
        return
    with transaction.atomic():
        ApiToken.objects.of(token.company_id).filter(pk=token.pk).update(last_used_on=today)
