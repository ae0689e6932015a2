"""Secrets of API tokens: how they look, and how one that comes in is recognised.

``hk_PREFIX_SECRET``: the prefix finds the row, the secret proves it. Who makes a token makes the secret himself
(``new_secret``) and hands on only its digest, so that no table, answer or log ever holds the secret.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from huoku.server.platform.models import ApiToken, Company, User
from huoku.server.platform.prepared import Prepared, columns, given, row_of
from huoku.server.platform.sql import Row

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


def token_of(text: str) -> tuple[ApiToken, datetime] | None:
    """The living token with this text, and the time; None where it is none of ours, expired or revoked. Sees every
    company."""
    parts = FORM.fullmatch(text)
    if not parts:
        return None
    found = next(map(_token, _BY_PREFIX.rows(prefix=parts["prefix"])), None)
    same = hmac.compare_digest(bytes(found[0].digest) if found else bytes(32), digest_of(parts["secret"]))
    return found if same else None


def _living_by_prefix() -> "QuerySet[ApiToken, Any]":
    living = Q(revoked_at=None) & Q(expires_at__gt=Now())
    shown = [*columns(ApiToken), *columns(Company, "company__"), *columns(User, "user__")]
    return ApiToken.objects.of_every_company().filter(living, prefix=given("prefix")).values_list(*shown, Now())


_BY_PREFIX = Prepared(_living_by_prefix)


def _token(values: Row) -> tuple[ApiToken, datetime]:
    own, of_company = len(columns(ApiToken)), len(columns(Company))
    token = row_of(ApiToken, values[:own])
    token.company = row_of(Company, values[own : own + of_company])
    token.user = row_of(User, values[own + of_company : -1])
    return token, values[-1]


def note_use(token: ApiToken, today: date) -> None:
    """Remember the day of its last use."""
    if token.last_used_on == today:
        return
    with transaction.atomic():
        ApiToken.objects.of(token.company_id).filter(pk=token.pk).update(last_used_on=today)
