"""The server as a process: it answers machines' questions, and ends when it is told to."""

import json
import re
import ssl
import urllib.error
import urllib.request

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]


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


def test_a_second_server_does_not_share_the_port_of_the_first(served, huoku, founded):
    address, _, _ = served
    port = address.rsplit(":", 1)[1]
    done = huoku("serve", "--data", founded, "--port", port)
    assert done.returncode == 2 and "--port" in done.stderr


DIES_ONCE = """
import pathlib, sys, time
begun = pathlib.Path(sys.argv[1])
if begun.exists():
    begun.with_suffix(".again").touch()
    time.sleep(60)
begun.touch()
"""


def test_a_worker_that_dies_is_begun_again_and_ends_with_the_server(tmp_path):
    import sys

    from huoku.server.running.serving import Worker

    worker = Worker([sys.executable, "-c", DIES_ONCE, str(tmp_path / "begun")], pause=0)
    try:
        assert any((tmp_path / "begun.again").exists() or worker.is_ending.wait(0.05) for _ in range(400))
        assert worker.process.poll() is None
    finally:
        worker.end()
    assert worker.process.poll() is not None
