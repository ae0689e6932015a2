"""What a new server's settings say."""

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
