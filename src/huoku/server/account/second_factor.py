"""Who has just set up a telephone's code or a key has shown it."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest


def count_what_was_set_up(sender: Any, request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """So that nobody whose role asks for a second factor signs in twice to begin with."""
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
