"""The server as a process: it answers machines' questions, and ends when it is told to."""

import json
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def served(founded: Path, plain_environment: dict[str, str]) -> Iterator[tuple[str, "ssl.SSLContext", str]]:
    """Its address by https, the context that trusts its authority, the address of the page for phones."""
    port, page = free_port(), free_port()
    command = [sys.executable, "-m", "huoku", "serve", "--data", str(founded), "--https", "--no-worker"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--introduction-port", str(page)]
    process = subprocess.Popen(command, env=plain_environment, stderr=subprocess.PIPE, text=True)
    certificate = founded / "certificates" / "huoku-authority.crt"
    try:
        trusted = None
        for _ in range(300):
            try:
                trusted = ssl.create_default_context(cafile=str(certificate))
                urllib.request.urlopen(f"https://localhost:{port}/healthz", context=trusted, timeout=5).close()
                break
            except (OSError, urllib.error.URLError):
                assert process.poll() is None, process.stderr.read() if process.stderr else ""
                time.sleep(0.1)
        assert trusted is not None
        yield f"https://localhost:{port}", trusted, f"http://127.0.0.1:{page}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 0


def bytes_of(address: str, trusted: "ssl.SSLContext | None" = None) -> bytes:
    with urllib.request.urlopen(address, context=trusted, timeout=10) as answer:
        return bytes(answer.read())


def body_of(address: str, trusted: "ssl.SSLContext | None" = None) -> str:
    return bytes_of(address, trusted).decode()


def test_it_says_that_it_lives_and_is_ready(served):
    address, trusted, _ = served
    assert body_of(f"{address}/healthz", trusted) == "ok\n"
    assert json.loads(body_of(f"{address}/readyz", trusted)) == {"ready": True, "faults": []}


def test_it_counts_requests_for_this_machine_only(served):
    address, trusted, _ = served
    assert "huoku_request_seconds_count" in body_of(f"{address}/metrics", trusted)
    from_afar = urllib.request.Request(f"{address}/metrics", headers={"X-Forwarded-For": "10.0.0.9"})
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(from_afar, context=trusted, timeout=10)


def test_a_phone_is_handed_the_certificate(served, founded):
    _, _, page = served
    assert "下载证书" in body_of(page)
    assert body_of(f"{page}/huoku-authority.crt") == (founded / "certificates" / "huoku-authority.crt").read_text()


def test_the_description_comes_with_all_that_it_loads(served):
    address, trusted, _ = served
    page = body_of(f"{address}/docs", trusted)
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert any(name.endswith(".js") for name in loaded) and any(name.endswith(".css") for name in loaded)
    assert all(name.startswith("/") for name in loaded), "no other host is asked"
    assert all(bytes_of(f"{address}{name}", trusted) for name in loaded)
