"""One POST to an address that somebody entered, and to nothing else.

Whoever may enter an address must not reach by it what only this server reaches (SSRF): it is https to public addresses,
unless the operator names the host (``notice_hosts``). The name is resolved once, what came out is judged, and the
connection goes to that very address, so a name that answers otherwise the second time gains nothing. Nothing is
followed elsewhere, no proxy is asked, and it ends after a time, whatever the other side does.
"""

import ssl
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import SHUT_RDWR, SOCK_STREAM, create_connection, gaierror, getaddrinfo, socket
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from huoku.server.notices.faults import BUSY, LOST, NOT_ALLOWED, REFUSED, UNREACHABLE, NotDelivered

SECONDS = 10.0
MOST_ANSWER = 64 * 1024
LATER = frozenset({408, 425, 429})
"""Answers below 500 that ask to come again."""
_CARRIES_IPV4 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("2002::/16"))


def post(address: str, body: bytes, headers: dict[str, str]) -> bytes:
    """Send ``body`` and return what was answered. Raises NotDelivered."""
    parts = urlsplit(address)
    with _connected(parts) as line:
        was_cut = Event()
        guard = Timer(SECONDS, _cut, [line, was_cut])
        guard.start()
        try:
            answer = _asked(line, parts, body, headers)
        except (OSError, HTTPException) as fault:
            raise NotDelivered(LOST, type(fault).__name__) from None
        finally:
            guard.cancel()
        if was_cut.is_set():  # to whoever reads, that looks like the end of the answer
            raise NotDelivered(LOST, f"{SECONDS:g} s")
        return answer


def is_allowed(parts: SplitResult) -> bool:
    """Whether the operator named this host: ``chat.plant.local``, with its port where that is not the usual one."""
    usual = {"https": 443, "http": 80}[parts.scheme]
    port = parts.port or usual
    return (f"{parts.hostname}" if port == usual else f"{parts.hostname}:{port}") in settings.GIVEN.notice_hosts


def _connected(parts: SplitResult) -> socket:
    allowed, host = is_allowed(parts), parts.hostname or ""
    if parts.scheme != "https" and not allowed:
        raise NotDelivered(NOT_ALLOWED, f"{host}: http")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = [str(info[4][0]) for info in getaddrinfo(host, port, type=SOCK_STREAM)]
        if not allowed and (closed := [each for each in found if not is_public(each)]):
            raise NotDelivered(NOT_ALLOWED, f"{host} = {closed[0]}")
        line = create_connection((found[0], port), SECONDS)
        return _encrypted(line, host) if parts.scheme == "https" else line
    except gaierror:
        raise NotDelivered(UNREACHABLE, f"{host}: DNS") from None
    except (OSError, UnicodeError) as fault:
        raise NotDelivered(UNREACHABLE, f"{host}: {getattr(fault, 'strerror', '') or type(fault).__name__}") from None


def _encrypted(line: socket, host: str) -> socket:
    try:
        return ssl.create_default_context().wrap_socket(line, server_hostname=host)
    except OSError:
        line.close()
        raise


def is_public(text: str) -> bool:
    """Whether an address belongs to the internet at large; one that carries an IPv4 address inside is judged by it."""
    address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        if any(address in each for each in _CARRIES_IPV4):
            return False
        address = address.ipv4_mapped or address
    return address.is_global and not address.is_multicast


def _asked(line: socket, parts: SplitResult, body: bytes, headers: dict[str, str]) -> bytes:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    told = {"Host": parts.netloc, "Content-Type": "application/json; charset=utf-8", "User-Agent": "huoku"}
    connection = HTTPConnection(parts.hostname or "", timeout=SECONDS)
    connection.sock = line
    connection.request("POST", path, body, told | headers)
    with connection.getresponse() as answer:
        text = answer.read(MOST_ANSWER)
    if 200 <= answer.status < 300:
        return text
    later = answer.status in LATER or answer.status >= 500
    raise NotDelivered(BUSY if later else REFUSED, f"HTTP {answer.status}")


def _cut(line: socket, was_cut: Event) -> None:
    """End a talk that takes too long, whatever it is waiting for."""
    was_cut.set()
    with suppress(OSError):
        line.shutdown(SHUT_RDWR)
