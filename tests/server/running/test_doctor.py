"""A doctor that sees what was done behind the server's back."""

import shutil
import sqlite3
from contextlib import closing

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]


def test_the_doctor_sees_a_guard_taken_down_and_a_record_changed(huoku, founded, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(founded, data)
    assert huoku("user", "add", "li", "buyer", "--data", data).returncode == 0
    assert huoku("doctor", "--data", data).returncode == 0
    with closing(sqlite3.connect(data / "huoku.sqlite3")) as database:
        database.execute("DROP TRIGGER guard_platform_auditentry_update")
        database.execute("UPDATE platform_auditentry SET reason = 'as agreed' WHERE action = 'platform.invite'")
        database.commit()
    done = huoku("doctor", "--data", data)
    assert done.returncode == 3
    assert "guard_platform_auditentry_update is missing" in done.stdout and "platform/0" in done.stdout
    assert huoku("upgrade", "--data", data).returncode == 0
    assert "is missing" not in huoku("doctor", "--data", data).stdout, "guards are put up again, records never mended"


def test_a_database_that_does_not_answer_is_named_without_its_password(huoku, founded):
    away = "postgresql://huoku:secret@127.0.0.1:1/stock"
    for done in (
        huoku("doctor", "--data", founded, HUOKU_DATABASE=away),
        huoku("move-to-postgres", away, "--data", founded),
    ):
        assert done.returncode == 2 and "127.0.0.1:1/stock cannot be reached" in done.stderr
        assert "secret" not in done.stderr
