"""Addresses and keys at rest: they have to be used again, so they are encrypted and not digested.

Whoever sends a request seals them before the command sees it (``Sealed...``), so no table, answer, audit entry or log
holds one that can be read. Sealing is deterministic (AES-SIV): the same request again is the same request.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import force_bytes
from pydantic import BeforeValidator, StringConstraints

MARK = "sealed:"


class Unreadable(Exception):
    """Sealed under a key that is gone."""


def seal(text: str) -> str:
    return MARK + urlsafe_b64encode(_boxes()[0].encrypt(text.encode(), None)).decode()


def unseal(text: str) -> str:
    """What was sealed; "" where nothing was. Raises Unreadable."""
    if not text:
        return ""
    for box in _boxes():
        try:
            return box.decrypt(urlsafe_b64decode(text.removeprefix(MARK)), None).decode()
        except (InvalidTag, ValueError):
            continue
    raise Unreadable


def _boxes() -> list[AESSIV]:
    """The newest key seals; those before it (SECRET_KEY_FALLBACKS) still open."""
    given = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [AESSIV(hashlib.sha512(b"huoku notices\0" + force_bytes(secret)).digest()) for secret in given]


def _sealed(value: Any, must: Any) -> Any:
    if not isinstance(value, str) or not value.strip():
        return value
    if value.startswith(MARK):
        try:
            unseal(value)
        except Unreadable:
            raise ValueError("not sealed here") from None
        return value
    must(value.strip())
    return seal(value.strip())


def _must_be_mail(value: str) -> None:
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError("a mail address is wanted, such as name@example.com") from None
    if len(value) > 200:
        raise ValueError("200 characters at most")


def _must_be_web(value: str) -> None:
    wanted = "an address like https://host/path is wanted, without a user name in it"
    try:
        parts, is_ascii = urlsplit(value), value.isascii() and value.isprintable() and " " not in value
        port = parts.port or 1
    except ValueError:
        raise ValueError(wanted) from None
    if not is_ascii or parts.scheme not in ("https", "http") or not parts.hostname or not port or "@" in parts.netloc:
        raise ValueError(wanted)
    if len(value) > 500:
        raise ValueError("500 characters at most")


def _must_be_secret(value: str) -> None:
    if not 8 <= len(value) <= 200 or not value.isascii() or not value.isprintable():
        raise ValueError("8 to 200 letters, digits and signs are wanted")


_Text = StringConstraints(strip_whitespace=True, max_length=1000)
SealedMail = Annotated[str, _Text, BeforeValidator(lambda value: _sealed(value, _must_be_mail))]
SealedAddress = Annotated[str, _Text, BeforeValidator(lambda value: _sealed(value, _must_be_web))]
SealedSecret = Annotated[str, _Text, BeforeValidator(lambda value: _sealed(value, _must_be_secret))]


def mail_shown(address: str) -> str:
    """Enough of a mail address to recognise it, and not enough to write to it."""
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host}" if host else ""


def web_shown(address: str) -> str:
    """The host and the last four characters; the key of a robot stands in between."""
    return f"{urlsplit(address).hostname} …{address[-4:]}"
