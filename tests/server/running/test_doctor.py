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


def test_a_database_that_is_gone_damaged_or_of_another_version_is_no_fault_of_ours(huoku, founded, tmp_path):
    data = tmp_path / "data"
    for make, verb, said in [
        (lambda file: file.unlink(), ["doctor"], "the database is not there"),
        (lambda file: file.write_bytes(b"no database" * 500), ["backup"], "damaged or none at all"),
        (lambda file: file.write_bytes(b""), ["user", "list"], "`huoku upgrade --check`"),
    ]:
        shutil.copytree(founded, data, dirs_exist_ok=True)
        for beside in data.glob("huoku.sqlite3-*"):
            beside.unlink()
        make(data / "huoku.sqlite3")
        refused = huoku(*verb, "--data", data)
        assert refused.returncode == 2 and said in refused.stderr, refused.stderr


def test_no_message_holds_the_password_of_the_database(huoku, founded):
    refused = huoku("doctor", "--data", founded, HUOKU_DATABASE="postgresql://huoku:s3cret@db:port/x")
    assert refused.returncode == 2 and "s3cret" not in refused.stderr and "huoku:***@db" in refused.stderr


def test_an_address_that_is_not_of_this_machine_is_said_before_anything_begins(huoku, founded):
    refused = huoku("serve", "--data", founded, "--host", "no-such-host.invalid", "--no-worker")
    assert refused.returncode == 2 and "cannot be listened at" in refused.stderr, refused.stderr
