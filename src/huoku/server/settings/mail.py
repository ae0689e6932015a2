"""How mail leaves the server: by SMTP and encrypted, unless the mail server is this very machine."""

from huoku.errors import UsageError
from huoku.server.given import Given, given

ENCRYPTED, CLEAR = ("starttls", "tls"), "none"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def checked(said: Given) -> Given:
    """Raises UsageError where mail could not be sent as was said, or would go through the net in clear."""
    if said.public_address and not said.public_address.startswith(("https://", "http://")):
        raise UsageError(f"public_address={said.public_address}: an address like https://huoku.example.com is wanted")
    if not said.mail_host:
        return said
    if said.mail_security not in (*ENCRYPTED, CLEAR):
        raise UsageError(f"mail_security={said.mail_security}: one of {', '.join(ENCRYPTED)}, {CLEAR} is wanted")
    if said.mail_security == CLEAR and said.mail_host not in LOOPBACK:
        raise UsageError(
            f"mail_security={CLEAR}: mail to {said.mail_host} would go in clear; starttls or tls is wanted"
        )
    if "@" not in said.mail_from:
        raise UsageError(f"mail_from={said.mail_from}: the address that mail comes from is wanted")
    return said


GIVEN = checked(given())
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = GIVEN.mail_host, GIVEN.mail_port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = GIVEN.mail_user, GIVEN.mail_password
EMAIL_USE_TLS, EMAIL_USE_SSL = GIVEN.mail_security == "starttls", GIVEN.mail_security == "tls"
DEFAULT_FROM_EMAIL = GIVEN.mail_from
