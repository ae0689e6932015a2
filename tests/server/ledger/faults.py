"""What happens to a ledger when the machine under it fails. Run as a program, as ``scenarios.py`` is."""

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
from tests.server.ledger.scenarios import Scene, answers, split

Work = Callable[[int, Callable[[Any], None]], None]


def database_file() -> Path:
    from django.db import connection

    return Path(str(connection.settings_dict["NAME"]))


def receive(scene: Scene, turn: int) -> str:
    """One piece arrives, under the key of its turn: what became of it."""
    from huoku.server.ledger.commands.movements import RecordMovement, record_movement

    line = scene.warehouse.line("receive", scene.items[turn % len(scene.items)], 1, "supplier", "storage")
    return scene.send(record_movement, RecordMovement(lines=[line]), f"turn-{turn}")


def power_cut(turns: int, cuts: int, garbled: int, seed: int = 1) -> dict[str, Any]:
    """The log is cut, or a sector of it holds nonsense, as when the power goes before the disk has written all.

    For each damage: how many of the turns are left, in what order, and whether the balances say the same.
    """
    scene = Scene(2, 1)
    file = database_file()

    def work(number: int, tell: Callable[[Any], None]) -> None:
        for turn in range(turns):
            tell(receive(scene, turn))

    told = answers(1, work)  # the process ends without a checkpoint, so that the log stays as it was
    log = Path(f"{file}-wal").read_bytes()
    dice = random.Random(seed)
    left, whole = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(cuts + garbled):
            copy = Path(folder) / f"{number}.sqlite3"
            shutil.copy(file, copy)
            damaged = bytearray(log)
            place = dice.randrange(len(log))
            if number < cuts:
                del damaged[place:]
            else:
                damaged[place : place + 512] = dice.randbytes(len(damaged[place : place + 512]))
            Path(f"{copy}-wal").write_bytes(damaged)
            left.append(opened(copy))
            if number % 50 == 0:
                whole += examined(scene, copy)
    return {"told": told, "left": left, "findings": whole}


def opened(copy: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(copy)) as database:

        def rows(sql: str) -> list[Any]:
            return [row[0] for row in database.execute(sql)]

        return {
            "sound": rows("PRAGMA quick_check")[0],
            "keys": rows("SELECT command_key FROM ledger_movement WHERE command_key LIKE 'turn-%' ORDER BY id"),
            "answered": rows("SELECT key FROM platform_commandrecord WHERE key LIKE 'turn-%' ORDER BY id"),
            "on_hand": rows("SELECT SUM(on_hand) FROM ledger_stockhead")[0],
        }


def examined(scene: Scene, copy: Path) -> list[str]:
    """What the doctor says of another file."""
    from django.db import connection

    file = database_file()
    connection.close()
    connection.settings_dict["NAME"] = str(copy)
    try:
        return list(scene.left()["findings"])
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(file)


@contextmanager
def no_room() -> Iterator[None]:
    """SQLite may not take another page."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")


@contextmanager
def limited(what: int, at: int) -> Iterator[None]:
    """The operating system refuses more than ``at`` of it."""
    before = resource.getrlimit(what)
    resource.setrlimit(what, (at, before[1]))
    yield
    resource.setrlimit(what, before)


@contextmanager
def no_file_grows() -> Iterator[None]:
    """A write behind the end of the log fails in its middle."""
    with limited(resource.RLIMIT_FSIZE, Path(f"{database_file()}-wal").stat().st_size + 6_000):
        yield


@contextmanager
def no_handles() -> Iterator[None]:
    """A new connection finds no file handle left."""
    from django.db import connection

    connection.close()
    with limited(resource.RLIMIT_NOFILE, len(os.listdir("/proc/self/fd")) - 1):
        yield


@contextmanager
def read_only() -> Iterator[None]:
    """The files may be read and not written, by a user who is not above such things."""
    from django.db import connection

    connection.close()
    files = [path for path in database_file().parent.iterdir() if path.name.startswith(database_file().name)]
    for path in files:
        path.chmod(0o444)
    os.seteuid(65534)
    yield
    os.seteuid(0)
    connection.close()
    for path in files:
        path.chmod(0o644)


FAULTS: dict[str, Callable[[], Any]] = {
    function.__name__: function for function in (no_room, no_file_grows, no_handles, read_only)
}


def failing(fault: str) -> dict[str, Any]:
    """Some pieces arrive, then the fault is there for a while, then the same calls are sent again."""
    with tempfile.TemporaryDirectory() as folder:
        move_database(Path(folder))
        scene = Scene(2, 1)

        def work(number: int, tell: Callable[[Any], None]) -> None:
            def send(turns: range) -> dict[str, str]:
                return {f"turn-{turn}": receive(scene, turn) for turn in turns}

            tell(send(range(10)))
            with FAULTS[fault]():
                met = send(range(10, 40))
            tell(met)
            tell(send(range(40)))

        before, met, after = answers(1, work)
        return {"before": before, "met": met, "after": after, **scene.left()}


def move_database(folder: Path) -> None:
    """Into a folder that every user may enter."""
    from django.db import connection

    folder.chmod(0o755)
    connection.close()
    connection.settings_dict["NAME"] = str(shutil.copy(database_file(), folder))


def disconnected(turns: int) -> dict[str, Any]:
    """An administrator of PostgreSQL ends the connection again and again, at whatever it is just doing."""
    scene = Scene(2, 1)

    def work(number: int, tell: Callable[[Any], None]) -> None:
        if number == 0:
            for turn in range(turns):
                tell([f"turn-{turn}", receive(scene, turn)])
            tell("end")
            return
        cut(tell)

    def cut(tell: Callable[[Any], None]) -> None:
        from huoku.server.platform.sql import ask

        dice = random.Random(1)
        for _ in range(turns // 4):
            ended = ask(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND query <> ''"
            )
            tell({"ended": ended[0][0]})
            time.sleep(dice.uniform(0, 0.03))

    told = answers(2, work)
    return {
        "ended": sum(answer["ended"] for answer in told if isinstance(answer, dict) and "ended" in answer),
        "answers": [answer for answer in told if not (isinstance(answer, dict) and "ended" in answer)],
        **scene.left(),
    }


TURNS = 60
"""So many commands around each kill, which comes within the first of them."""


def crashed(kills: int) -> dict[str, Any]:
    """A process of PostgreSQL is killed in the middle of its work, and with it all others; it recovers by itself."""
    from django.db import connection

    scene = Scene(2, 1)
    acknowledged: list[str] = []
    dice = random.Random(1)
    for _ in range(kills):
        start = len(acknowledged)

        def work(number: int, tell: Callable[[Any], None], start: int = start) -> None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                tell(cursor.fetchone()[0])
            for turn in range(start, start + TURNS):
                while receive(scene, turn) != "done":
                    time.sleep(0.05)
                tell(f"turn-{turn}")

        with split(1, work) as ((_, pipe),):
            backend = json.loads(pipe.readline())
            first = json.loads(pipe.readline())
            time.sleep(dice.uniform(0, 0.05))
            os.kill(backend, signal.SIGKILL)
            acknowledged += [first, *(json.loads(line) for line in pipe)]
    return {"acknowledged": acknowledged, **scene.left()}


def saved_meanwhile(clients: int, each: int) -> dict[str, Any]:
    """A backup is made while others write, and put back into another place."""
    from django.db import connection

    from huoku.server.running.backup import back_up
    from huoku.server.running.restore import restore

    scene = Scene(clients, 1)
    folder = Path(tempfile.mkdtemp())
    saved = folder / "saved.zip"

    def work(number: int, tell: Callable[[Any], None]) -> None:
        if number < clients:
            for turn in range(each):
                receive(scene, number + turn * clients)
                tell([time.monotonic(), f"turn-{number + turn * clients}"])
            return
        time.sleep(0.2)
        tell({"begun": time.monotonic()})
        back_up(saved)
        tell({"ended": time.monotonic()})

    told = answers(clients + 1, work)
    times = {name: at for answer in told if isinstance(answer, dict) for name, at in answer.items()}
    before = [key for at, key in (answer for answer in told if isinstance(answer, list)) if at < times["begun"]]
    during = [key for at, key in (a for a in told if isinstance(a, list)) if times["begun"] < at < times["ended"]]
    now = scene.left()
    connection.close()
    connection.settings_dict["NAME"] = str(folder / "restored.sqlite3")
    restore(saved)
    then = scene.left()
    connection.close()
    shutil.rmtree(folder)
    return {"before": before, "during": during, "now": now, "then": then}


SCENARIOS: dict[str, Callable[..., dict[str, Any]]] = {
    scenario.__name__: scenario for scenario in (power_cut, failing, disconnected, crashed, saved_meanwhile)
}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(SCENARIOS[sys.argv[1]](**json.loads(sys.argv[2]))))
