"""The pages of the same large company on PostgreSQL: python3 benchmarks/pages_postgres.py [what pages.py takes]

The company is that of ``pages.py`` on SQLite, brought over as ``huoku move-to-postgres`` does, into a cluster in the
folder of ``--keep``: the next run starts it and begins at once. Where PostgreSQL is not installed it ends with 77.
"""

import argparse
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from urllib.parse import quote

HERE = Path(__file__).parent
MOVED = "moved"
"""Beside the cluster, as soon as everything is in it."""
MOVE = """
import sys; sys.path.insert(0, {here!r})
from pages_world import analyze, standing
standing({items}, {orders}, {movements})
from huoku.server.running.moving import move_to_postgresql
print("moved:", sum(move_to_postgresql({address!r}).rows.values()), "rows", flush=True)
"""
ANALYZE = "import django; django.setup(); from pages_world import analyze; analyze()"


def main() -> None:
    parser = argparse.ArgumentParser(add_help=False)
    for name, value in (("items", 100_000), ("orders", 1_000), ("movements", 1_000_000)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--keep", type=Path, default=Path(gettempdir()) / "huoku-pages")
    asked, _ = parser.parse_known_args()
    sys.path.insert(0, str(HERE.parent / "tests" / "server"))
    from postgres import PostgresLacking

    sizes = f"{asked.items}-{asked.orders}-{asked.movements}"
    files, folder = asked.keep / f"sqlite-{sizes}", asked.keep / f"cluster-{sizes}"
    try:
        with running(folder) as address:
            if not (folder / MOVED).exists():
                move(asked, files, address)
                (folder / MOVED).touch()
            told = {**os.environ, "HUOKU_DATABASE": address, "HUOKU_FILES": str(files)}
            sys.exit(subprocess.run([sys.executable, str(HERE / "pages.py"), *sys.argv[1:]], env=told).returncode)
    except PostgresLacking as lack:
        print(lack, file=sys.stderr)
        sys.exit(77)


def move(asked: argparse.Namespace, files: Path, address: str) -> None:
    """The company of SQLite, made first where there is none, into the empty database."""
    files.mkdir(parents=True, exist_ok=True)
    settings = {"DJANGO_SETTINGS_MODULE": "huoku.server.settings", "HUOKU_SECRET_KEY": "only for measuring"}
    told = {
        **os.environ,
        **settings,
        "HUOKU_DATA": str(files),
        "PYTHONPATH": f"{HERE}:{os.environ.get('PYTHONPATH', '')}",
    }
    words = {"here": str(HERE), "items": asked.items, "orders": asked.orders, "movements": asked.movements}
    there = {"HUOKU_DATABASE": f"sqlite:///{files / 'pages.sqlite3'}"}
    subprocess.run([sys.executable, "-c", MOVE.format(address=address, **words)], env=told | there, check=True)
    subprocess.run([sys.executable, "-c", ANALYZE], env=told | {"HUOKU_DATABASE": address}, check=True)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The kept cluster, made where there is none, started and in the end stopped; its address."""
    from postgres import QUICK, lent_to, programs

    found, user = programs(), lent_to()
    data, socket = folder / "data", Path(mkdtemp(prefix="huoku-pages-", dir="/tmp"))
    folder.mkdir(parents=True, exist_ok=True)

    def run(program: str, *arguments: str) -> None:
        lent = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()} if user else {}
        subprocess.run([str(found / program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/", **lent)

    is_new = not (data / "PG_VERSION").exists()
    data.mkdir(exist_ok=True)
    for each in (data, socket):
        _lend(each, user)
    try:
        if is_new:
            run(
                "initdb",
                "-D",
                str(data),
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            )
        if (data / "postmaster.pid").exists():  # of a run that was killed
            with suppress(subprocess.CalledProcessError):
                run("pg_ctl", "stop", "-w", "-D", str(data), "-m", "fast")
        run(
            "pg_ctl",
            "start",
            "-w",
            "-D",
            str(data),
            "-l",
            str(data / "log"),
            "-o",
            f"-k '{socket}' -c listen_addresses='' {QUICK}",
        )
        try:
            if is_new:
                run("createuser", "-h", str(socket), "-U", "postgres", "--createdb", "huoku")
                run("createdb", "-h", str(socket), "-U", "postgres", "--owner", "huoku", "huoku")
            yield f"postgresql://huoku@/huoku?host={quote(str(socket), safe='')}"
        finally:
            run("pg_ctl", "stop", "-w", "-D", str(data), "-m", "fast")
    finally:
        shutil.rmtree(socket, ignore_errors=True)


def _lend(folder: Path, user: pwd.struct_passwd | None) -> None:
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)


if __name__ == "__main__":
    main()
