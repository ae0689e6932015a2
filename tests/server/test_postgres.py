"""The PostgreSQL of a test run: durable, not above row security, and gone with whoever started it."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

pytest.importorskip("pwd", reason="Windows has no users to lend a PostgreSQL to")
from . import postgres

# Which database the rest runs on changes nothing here: once is enough.
pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]


@pytest.fixture
def here() -> None:
    """There is a PostgreSQL to start."""
    try:
        postgres.programs()
        postgres.lent_to()
    except postgres.PostgresLacking as lack:
        pytest.skip(str(lack))


def folder_of(address: str) -> Path:
    return Path(parse_qs(urlsplit(address).query)["host"][0])


@pytest.mark.usefixtures("here")
def test_it_keeps_what_it_confirmed_and_its_role_is_bound_by_row_security() -> None:
    with postgres.cluster() as address:
        with psycopg.connect(address) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
            assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
            role = "SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user"
            assert connection.execute(role).fetchone() == (False, False, True)
            assert connection.execute("SELECT upper('ä')").fetchone() == ("Ä",)
        assert folder_of(address).is_dir()
    assert not folder_of(address).exists()


@pytest.mark.usefixtures("here")
def test_the_command_has_its_address_and_gives_the_exit_code() -> None:
    command = ["sh", "-c", 'test "$HUOKU_DATABASE" && exit 5']
    assert subprocess.call([sys.executable, postgres.__file__, "--quick", *command]) == 5


@pytest.mark.usefixtures("here")
def test_where_it_does_not_start_it_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "programs", lambda: tmp_path)
    with pytest.raises(postgres.PostgresFailed, match="initdb"), postgres.cluster():
        pass


@pytest.mark.usefixtures("here")
def test_it_goes_when_its_process_is_killed() -> None:
    command = [sys.executable, postgres.__file__, "--quick", "sh", "-c", 'echo "$HUOKU_DATABASE"; exec cat']
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        with psycopg.connect(address) as connection:
            process.kill()
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT pg_sleep(60)")


def test_where_it_is_lacking_the_run_says_so_and_only_ci_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nowhere() -> Path:
        raise postgres.PostgresLacking("PostgreSQL is not on this machine")

    monkeypatch.setattr(postgres, "programs", nowhere)
    monkeypatch.delenv("CI", raising=False)
    assert postgres.main(["true"]) == postgres.LACKING
    assert "not on this machine" in capsys.readouterr().err
    monkeypatch.setenv("CI", "true")
    assert postgres.main(["true"]) == 1
