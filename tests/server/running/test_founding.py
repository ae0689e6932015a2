"""What a new server's settings say."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from huoku.server.given import given
from huoku.server.running.founding import ensure_secret


def test_a_new_server_asks_owners_administrators_and_finance_for_a_second_factor(tmp_path: Path):
    ensure_secret(tmp_path)
    assert given({"HUOKU_DATA": str(tmp_path)}).second_factor_for == ("owner", "admin", "finance")


def test_whoever_founds_it_without_is_asked_for_none(tmp_path: Path):
    ensure_secret(tmp_path, second_factor_for=())
    assert given({"HUOKU_DATA": str(tmp_path)}).second_factor_for == ()


def test_a_second_factor_for_a_role_that_there_is_not_is_refused_at_the_start(settings, db):
    from dataclasses import replace

    from django.apps import apps

    from huoku.errors import UsageError

    settings.GIVEN = replace(settings.GIVEN, second_factor_for=("owner", "bos"))
    with pytest.raises(UsageError, match="there is no role bos"):
        apps.get_app_config("huoku_account").ready()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"company": ""}, ("编号 ''", "code ''")),
        ({"company": "H/1"}, ("编号 'H/1'", "code 'H/1'")),
        ({"owner": "a b"}, ("账号 'a b'", "login 'a b'")),
        ({"password": "12345678"}, ("密码", "password")),
    ],
)
def test_what_cannot_be_founded_leaves_a_folder_that_can_still_be(tmp_path: Path, db, monkeypatch, wrong, said):
    from huoku.errors import UsageError
    from huoku.server.running import founding

    monkeypatch.setattr(founding, "start", lambda data: None)  # Django has begun, for the database of the tests
    data, asked = tmp_path / "data", {"company": "H", "name": "活库", "owner": "boss"}
    with pytest.raises(UsageError) as refusal:
        founding.found(data, **{**asked, **wrong})
    assert [words in refusal.value.say(lang) for words, lang in zip(said, ("zh", "en"), strict=True)] == [True, True]
    assert founding.found(data, **asked).password
    with pytest.raises(UsageError, match="there is a huoku server already"):
        founding.found(data, **asked)


def test_a_password_from_a_file_founds_a_server_where_there_is_no_database_yet(huoku, tmp_path: Path):
    secret, data = tmp_path / "password", tmp_path / "data"
    for wrong, said in (
        (b"\xff\xfe\x00", "no text"),
        (b"\n", "empty"),
        (b"short", "too short"),
        (b"main-9-tree", "the name"),
    ):
        secret.write_bytes(wrong)
        refused = huoku("init", data, "--password-file", secret)
        assert refused.returncode == 2 and said in refused.stderr, refused.stderr
        assert "no server was founded" in huoku("serve", "--data", data).stderr
    secret.write_text("correct horse battery 9\n")
    founded = huoku("--json", "init", "--data", data, "--password-file", secret)
    assert founded.returncode == 0 and "correct horse" not in founded.stdout, founded.stderr
    assert "there is a huoku server already" in huoku("init", data).stderr


def test_founding_that_was_killed_or_interrupted_is_gone_on_with(huoku, plain_environment, tmp_path: Path):
    data = tmp_path / "data"
    for end, key_is_there in ((signal.SIGINT, False), (signal.SIGKILL, True)):
        begun = subprocess.Popen([sys.executable, "-m", "huoku", "init", str(data)], env=plain_environment)
        while not all((data / name).exists() for name in ("secret.key", "huoku.sqlite3")):
            assert begun.poll() is None
        begun.send_signal(end)
        begun.wait(60)
        assert (data / "secret.key").exists() == key_is_there
    assert huoku("init", data, "--company", "HUO").returncode == 0
    assert "HUO  owner" in huoku("user", "list", "--data", data).stdout
