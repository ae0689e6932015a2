"""`huoku serve`: the web server, the worker beside it, and with https the page that introduces phones."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.db import connection
from granian import Granian
from granian.constants import Interfaces

from huoku.server.platform import clock
from huoku.server.running.authority import Papers, address_in_network, names_of_this_host, papers
from huoku.server.running.introduction import introduce
from huoku.server.running.web_files import prepare_web_files

log = structlog.get_logger("huoku.serving")
PAUSE = 2.0
"""Seconds after which a worker that died is begun again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where and how to serve. ``processes`` share the port."""

    host: str
    port: int
    https: bool
    introduction_port: int
    processes: int
    threads: int
    with_worker: bool

    @property
    def named(self) -> str:
        """The host as others in the network call it."""
        return (address_in_network() or socket.gethostname()) if self.host in ("0.0.0.0", "::") else self.host

    @property
    def address(self) -> str:
        return f"{'https' if self.https else 'http'}://{self.named}:{self.port}/"

    @property
    def introduction(self) -> str:
        return f"http://{self.named}:{self.introduction_port}/"


def processes_wanted() -> int:
    """On SQLite one process with threads is the fastest: there is one writer at a time anyway."""
    return 2 if connection.vendor == "postgresql" else 1


def is_taken(host: str, port: int) -> bool:
    """Does somebody answer there already? Two servers may share a port, so the system refuses nothing: each would get
    some of the calls."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        socket.create_connection((here, port), timeout=1).close()
    except OSError:
        return False
    return True


def why_not_there(host: str, port: int) -> str:
    """What the system says against listening there; "" where it lets us."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as fault:
        return fault.strerror or str(fault)
    return ""


def certificates(data: Path, extra: list[str]) -> Papers:
    """The papers for this host's names and addresses and those of the settings."""
    return papers(data / "certificates", [*names_of_this_host(), *(name for name in extra if name != "*")], clock.now())


def serve(plan: Plan, made: Papers | None) -> None:
    """Serve until a signal comes (INT, TERM); the worker ends with the server."""
    prepare_web_files()
    connection.close()  # the processes that come have their own
    worker = Worker([sys.executable, "-m", "huoku", "worker"]) if plan.with_worker else None
    introducing = None
    if made:
        introducing = introduce(made.authority, plan.host, plan.introduction_port, plan.address, plan.introduction)
    try:
        Granian(
            "huoku.server.wsgi:application",
            address=plan.host,
            port=plan.port,
            interface=Interfaces.WSGI,
            workers=plan.processes,
            blocking_threads=plan.threads,
            ssl_cert=made.certificate if made else None,
            ssl_key=made.key if made else None,
            log_access=False,
            respawn_failed_workers=True,
        ).serve()
    finally:
        if introducing:
            introducing.shutdown()
        if worker:
            worker.end()


class Worker:
    """The worker beside the server. One that dies is begun again: without it no plan is made and no hold ends."""

    def __init__(self, command: Sequence[str], pause: float = PAUSE) -> None:
        self.command, self.pause = command, pause
        self.is_ending, self.turn = threading.Event(), threading.Lock()
        self.process = self._begun()
        threading.Thread(target=self._watch, name="worker", daemon=True).start()

    def _begun(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self.command)

    def _watch(self) -> None:
        while not self.is_ending.is_set():
            code = self.process.wait()
            self.is_ending.wait(self.pause)
            with self.turn:
                if not self.is_ending.is_set():
                    log.error("worker_died", code=code)
                    self.process = self._begun()

    def end(self) -> None:
        with self.turn:
            self.is_ending.set()
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=30)
