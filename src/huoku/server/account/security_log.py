"""What happens at the doors goes into the log: who signed in or failed to, and what changed about an account."""

from typing import Any

import structlog
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal

log = structlog.get_logger("huoku.security")

SIGNALS: dict[str, Signal] = {
    "signed_in": user_logged_in,
    "signed_out": user_logged_out,
    "sign_in_failed": user_login_failed,
    "password_changed": password_changed,
    "password_set": password_set,
    "password_reset": password_reset,
    "second_factor_added": authenticator_added,
    "second_factor_removed": authenticator_removed,
    "second_factor_reset": authenticator_reset,
}
_WRITERS: list[Any] = []


def listen() -> None:
    """Begin to write: the event, the user, or the name that was tried, and the address; never a password."""
    for event, signal in SIGNALS.items():
        writer = _writer(event)
        _WRITERS.append(writer)  # signals hold their receivers weakly
        signal.connect(writer, dispatch_uid=f"huoku {event}")


def _writer(event: str) -> Any:
    def write(sender: Any, request: Any = None, user: Any = None, credentials: Any = None, **_: Any) -> None:
        log.info(
            event,
            user=user.pk if user else None,
            username=user.get_username() if user else (credentials or {}).get("username", ""),
            address=request.META.get("REMOTE_ADDR", "") if request else "",
        )

    return write
