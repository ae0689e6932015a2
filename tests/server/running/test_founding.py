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
