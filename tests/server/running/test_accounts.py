"""Accounts by the command line, and a doctor that sees what was done behind the server's back."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def server(huoku, founded, tmp_path):
    """A copy of the founded server that may be changed; call it with the arguments of `huoku`."""
    data = tmp_path / "data"
    shutil.copytree(founded, data)
    return lambda *arguments: huoku(*arguments, HUOKU_DATA=str(data))


@pytest.fixture
def database(server, tmp_path):
    with closing(sqlite3.connect(tmp_path / "data" / "huoku.sqlite3")) as opened:
        yield opened


def roles(server):
    listed = json.loads(server("user", "list", "--json").stdout)["accounts"]
    return {each["login"]: each["roles"] for each in listed}


def test_roles_come_and_go_and_each_step_is_on_record(server, database):
    added = server("user", "add", "li", "buyer", "--name", "李", "--json")
    assert len(json.loads(added.stdout)["password"]) >= 16
    assert server("user", "role", "li", "planner").returncode == 0
    assert server("user", "unrole", "li", "buyer").returncode == 0
    assert roles(server) == {"li": ["planner"], "wang": ["owner"]}
    assert server("user", "off", "li").returncode == 0
    assert roles(server) == {"wang": ["owner"]}
    done = [action for (action,) in database.execute("SELECT action FROM platform_auditentry ORDER BY id")]
    assert done == [
        "platform.invite",
        "platform.accept_invitation",
        "platform.give_role",
        "platform.take_role",
        "platform.end_sessions",
        "platform.dismiss_person",
    ]


def test_the_last_owner_stays(server):
    done = server("user", "off", "wang")
    assert done.returncode != 0 and roles(server) == {"wang": ["owner"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "li", "boss"), "boss: a role is one of"),
        (("role", "li", "buyer"), "there is no account li"),
        (("add", "li", "buyer", "--company", "NO"), "one of HUO is wanted"),
        (("add", "li"), "A role is wanted"),
    ],
)
def test_what_cannot_be_done_says_what_would_be_right(server, arguments, said):
    done = server("user", *arguments)
    assert done.returncode == 2 and said in done.stderr


def test_the_doctor_sees_a_guard_taken_down_and_a_record_changed(server, database):
    assert server("user", "add", "li", "buyer").returncode == 0
    assert server("doctor").returncode == 0
    database.execute("DROP TRIGGER guard_platform_auditentry_update")
    database.execute("UPDATE platform_auditentry SET reason = 'as agreed' WHERE action = 'platform.invite'")
    database.commit()
    done = server("doctor")
    assert done.returncode == 3
    assert "guard_platform_auditentry_update is missing" in done.stdout and "platform/0" in done.stdout
    assert server("upgrade").returncode == 0
    assert "is missing" not in server("doctor").stdout, "guards are put up again, records are never mended"
