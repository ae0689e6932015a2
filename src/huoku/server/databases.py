"""A database URL as Django's settings want it: SQLite through our door, or PostgreSQL."""

import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from huoku.errors import UsageError
from huoku.language import Sentence

SCHEMES = "sqlite:////absolute/file, postgresql://user:password@host:port/name"
OTHER_SCHEME = Sentence("HUOKU_DATABASE={url}：应为 {known} 之一", "HUOKU_DATABASE={url}: one of {known} is wanted")


def without_password(url: str) -> str:
    """The URL as it may be shown and logged."""
    return re.sub(r"(//[^/@]*?):[^@/]*@", r"\1:***@", url)


def database(url: str) -> dict[str, Any]:
    """The ``default`` entry of ``DATABASES``. Raises UsageError where the URL names neither database."""
    parts = urlsplit(url)
    try:
        port = str(parts.port or "")
    except ValueError:
        raise UsageError(OTHER_SCHEME, url=without_password(url), known=SCHEMES) from None
    options = dict(parse_qsl(parts.query))
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return {
            "ENGINE": "huoku.server.sqlite",
            "NAME": unquote(parts.path[1:]),
            "CONN_MAX_AGE": 600,
            "OPTIONS": {"synchronous": options.pop("synchronous", "FULL")},
        }
    if parts.scheme in ("postgresql", "postgres") and len(parts.path) > 1:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            # A socket's folder stands in the query: postgresql:///name?host=/run/postgresql
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": port or options.pop("port", ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise UsageError(OTHER_SCHEME, url=without_password(url), known=SCHEMES)
