"""Where one message ends and the next begins is never a matter of opinion: what could be read in two ways is
answered at most once, and the line is closed. Else a proxy could take for a body what is a request to the server."""

import re
import socket
import ssl
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]

HEAD = b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
COOKIE = b"Cookie: __Host-csrftoken=" + b"a" * 32 + b"\r\n"  # with it, the form's token is looked for in the body
HIDDEN = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED, LENGTH = b"Transfer-Encoding: chunked\r\n", b"Content-Length: %d\r\n" % len(HIDDEN)
NOTHING = b"0\r\n\r\n"

TWO_FACED = {
    "two lengths": b"Content-Length: 0\r\n" + LENGTH + b"\r\n",
    "two lengths in one": b"Content-Length: 0, %d\r\n\r\n" % len(HIDDEN),
    "a length and chunks": b"Content-Length: %d\r\n" % (len(NOTHING) + len(HIDDEN)) + CHUNKED + b"\r\n" + NOTHING,
    "chunks and a length": CHUNKED + b"Content-Length: 3\r\n\r\n" + NOTHING,
    "another coding": b"Transfer-Encoding: identity\r\n\r\n",
    "nearly chunked": b"Transfer-Encoding: xchunked\r\n\r\n" + NOTHING,
    "chunked, but not at last": b"Transfer-Encoding: chunked, identity\r\n\r\n" + NOTHING,
    "a space before the colon": b"Transfer-Encoding : chunked\r\n\r\n" + NOTHING,
    "a folded line": b"X: a\r\n Transfer-Encoding: chunked\r\n\r\n" + NOTHING,
    "a line ended by half": b"X: a\rTransfer-Encoding: chunked\r\n\r\n" + NOTHING,
    "a length below nothing": b"Content-Length: -1\r\n\r\n",
    "a length with a sign": b"Content-Length: +%d\r\n\r\n" % len(HIDDEN),
    "a length of another base": b"Content-Length: 0x10\r\n\r\n",
    "a chunk's size of another base": CHUNKED + b"\r\n0x5\r\nabcde\r\n" + NOTHING,
    "a chunk's size beyond all bounds": CHUNKED + b"\r\nfffffffffffffffff1\r\nabcde\r\n" + NOTHING,
    "a chunk that goes on after its end": CHUNKED + b"\r\n3\r\nabcde\r\n" + NOTHING,
    "a zero byte": b"X: a\0b\r\n\r\n",
}


def answers(served: tuple[str, ssl.SSLContext, str], sent: bytes) -> tuple[list[bytes], bool]:
    """The status of each answer to these bytes, and whether the server closed the line."""
    address, trusted, _ = served
    port, heard, is_closed = urlsplit(address).port, b"", False
    with (
        socket.create_connection(("127.0.0.1", port), timeout=3) as plain,
        trusted.wrap_socket(plain, server_hostname="localhost") as line,
    ):
        line.sendall(sent)
        try:
            while more := line.recv(65536):
                heard += more
            is_closed = True
        except TimeoutError:
            pass
        except (ConnectionError, ssl.SSLError):
            is_closed = True
    return re.findall(rb"HTTP/1\.1 (\d{3})", heard), is_closed


@pytest.mark.parametrize("borders", TWO_FACED.values(), ids=TWO_FACED)
def test_what_could_be_two_messages_is_answered_once_and_the_line_is_closed(served, borders):
    statuses, is_closed = answers(served, HEAD + FORM + COOKIE + borders + HIDDEN)
    assert len(statuses) <= 1
    assert all(status.startswith(b"4") for status in statuses)
    assert is_closed


def test_two_messages_with_clear_borders_are_answered_twice(served):
    """Else the test above would prove nothing."""
    assert answers(served, HIDDEN + HIDDEN.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")) == (
        [b"200"] * 2,
        True,
    )
