"""Mail by SMTP, as the operator set it up (``mail_host`` and what belongs to it)."""

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from huoku.server.notices.faults import BUSY, NO_MAIL, REFUSED, UNREACHABLE, NotDelivered
from huoku.server.notices.letter import Letter
from huoku.server.notices.posting import SECONDS


def is_set_up() -> bool:
    return bool(settings.GIVEN.mail_host)


def deliver(letter: Letter, address: str, secret: str) -> None:
    if not is_set_up():
        raise NotDelivered(NO_MAIL)
    host = urlsplit(settings.GIVEN.public_address).hostname or "huoku"
    headers = {"Message-ID": f"<{letter.key}@{host}>", "Auto-Submitted": "auto-generated"}
    subject, _, body = letter.text().partition("\n")
    try:
        mail = EmailMessage(
            subject, body, settings.DEFAULT_FROM_EMAIL, [address], headers=headers, connection=_server()
        )
        mail.send()
    except SMTPRecipientsRefused as fault:
        ((code, said),) = fault.recipients.values()
        raise NotDelivered(BUSY if code < 500 else REFUSED, f"{code} {_text(said)}") from None
    except SMTPResponseException as fault:
        is_busy = fault.smtp_code < 500
        raise NotDelivered(BUSY if is_busy else REFUSED, f"{fault.smtp_code} {_text(fault.smtp_error)}") from None
    except (SMTPException, OSError) as fault:
        raise NotDelivered(UNREACHABLE, f"{settings.GIVEN.mail_host}: {_reason(fault)}") from None


def _server() -> EmailBackend:
    return EmailBackend(timeout=int(SECONDS))


def _reason(fault: Exception) -> str:
    return getattr(fault, "strerror", None) or type(fault).__name__


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
