"""From the file to a database server and on to another one: every row arrives, and the guards stand there too."""

import os
import uuid
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import sql

pytestmark = [pytest.mark.slow, pytest.mark.postgres_only]


@pytest.fixture(scope="module")
def empty_database() -> Iterator[Callable[[], str]]:
    """Makes empty databases on the run's PostgreSQL and returns their addresses."""
    given = os.environ["HUOKU_DATABASE"]
    made = []

    def make() -> str:
        name = f"huoku_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(given, autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        made.append(name)
        address, _, options = given.partition("?")
        return f"{address.rpartition('/')[0]}/{name}" + (f"?{options}" if options else "")

    yield make
    with psycopg.connect(given, autocommit=True) as server:
        for name in made:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def moved(huoku, empty_database, tmp_path_factory):
    """A server that was founded on SQLite and moved: its data folder and its new address. Tests leave it as it is."""
    data, address = tmp_path_factory.mktemp("moved") / "data", empty_database()
    assert huoku("init", data, "--company", "HUO", "--owner", "wang").returncode == 0
    done = huoku("move-to-postgres", address, "--data", data)
    assert done.returncode == 0, done.stderr
    return data, address


def companies(address: str, entered: str) -> list[tuple[str, str]]:
    with psycopg.connect(address) as database:
        database.execute("SELECT set_config('huoku.company', %s, false)", [entered])
        statement = (
            "SELECT c.code, m.role FROM platform_company c LEFT JOIN platform_membership m ON m.company_id = c.id"
        )
        return database.execute(statement).fetchall()


def test_a_server_moves_to_postgresql_with_all_its_rows(moved, huoku):
    data, address = moved
    assert companies(address, "*") == [("HUO", "owner")]
    assert not (data / "huoku.sqlite3").exists() and (data / "huoku.moved.sqlite3").exists()
    assert huoku("upgrade", "--check", "--data", data).returncode == 0, "the settings lead to the new database"


def test_after_the_move_rows_hide_from_other_companies_again(moved):
    assert companies(moved[1], "2") == [("HUO", None)]


def test_numbering_goes_on_after_the_highest_number(moved):
    with psycopg.connect(moved[1]) as database:
        new = database.execute(
            "INSERT INTO platform_company (code, name, name_en, currency, timezone, is_active, is_demo) "
            "VALUES ('B', 'b', '', 'CNY', 'Asia/Shanghai', true, false) RETURNING id"
        ).fetchone()
        database.rollback()
    assert new == (2,)


def repeating(address: str) -> list[str]:
    """Tables whose next row would get a number that is taken."""
    with psycopg.connect(address) as database:
        database.execute("SELECT set_config('huoku.company', '*', false)")
        numbered = database.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND is_identity = 'YES'"
        ).fetchall()
        assert len(numbered) > 50
        found = []
        for table, column in numbered:
            row = database.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column]).fetchone()
            assert row is not None
            names = {"table": sql.Identifier(table), "column": sql.Identifier(column), "series": sql.SQL(row[0])}
            asked = sql.SQL("SELECT (SELECT max({column}) FROM {table}) >= last_value + is_called::int FROM {series}")
            if database.execute(asked.format(**names)).fetchone() == (True,):
                found.append(table)
        return found


def test_no_table_gives_a_number_twice_after_the_move(moved):
    assert repeating(moved[1]) == []


def test_a_backup_of_postgresql_goes_into_another_one(moved, huoku, empty_database, tmp_path):
    data, _ = moved
    backup, other = tmp_path / "huoku.zip", empty_database()
    assert huoku("backup", backup, "--data", data).returncode == 0
    verified = huoku("verify", backup, "--into", empty_database())
    assert verified.returncode == 0, verified.stdout + verified.stderr
    done = huoku("restore", backup, "--data", tmp_path / "new", HUOKU_DATABASE=other)
    assert done.returncode == 0, done.stderr
    assert companies(other, "*") == [("HUO", "owner")]
    assert repeating(other) == []


def test_a_database_that_holds_something_is_left_alone(moved, huoku, tmp_path):
    _, address = moved
    again = tmp_path / "again"
    assert huoku("init", again).returncode == 0
    done = huoku("move-to-postgres", address, "--data", again)
    assert done.returncode == 2 and "not empty" in done.stderr
    assert companies(address, "*") == [("HUO", "owner")]
