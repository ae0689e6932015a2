"""Rules of a factory's own: a folder beside its data, named in its settings."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.server.migrated import copy_migrated

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]

RULES = """
from huoku.language import Sentence
from huoku.server.platform import hooks
from huoku.server.platform.refusals import Refused


class NoOldCodes(Refused):
    code = "old_code"
    words = Sentence("编号 {value} 是旧编号。", "{value} is a code of old.")


def refuse_old_codes(at, request):
    if request.code.startswith("OLD-"):
        raise NoOldCodes(field="code", value=request.code)


hooks.CHECK.fill("items.add_item", refuse_old_codes)
"""
ADD = """
from pathlib import Path
import sys
from huoku.server.running.start import start

start(Path(sys.argv[1]))
from huoku.server.items.commands.items import AddItem, add_item
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import perform
from huoku.server.platform.models import Company
from huoku.server.platform.refusals import Refused

for code in ("NEW-1", "OLD-1"):
    try:
        perform(add_item, AddItem(code=code), actor=the_system(Company.objects.get()), key=code)
        print(code, "added")
    except Refused as refusal:
        print(code, refusal.say("en"))
"""


@pytest.fixture
def with_rules(huoku, tmp_path, tmp_path_factory):
    data = tmp_path / "data"
    copy_migrated(data / "huoku.sqlite3", tmp_path_factory)
    assert huoku("init", data, "--company", "HUO").returncode == 0
    rules = data / "extensions" / "our_rules"
    rules.mkdir(parents=True)
    (rules / "__init__.py").write_text("", "utf-8")
    (rules / "extends.py").write_text(RULES, "utf-8")
    return data


def said(data: Path, environment, program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, str(data)], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_rules_that_the_settings_name_join_in_and_others_do_not(with_rules, plain_environment):
    assert said(with_rules, plain_environment, ADD) == "NEW-1 added\nOLD-1 added\n"


def test_a_rule_in_the_data_folder_refuses_in_its_own_words(with_rules, plain_environment):
    with (with_rules / "huoku.toml").open("a", encoding="utf-8") as settings:
        settings.write('extensions = ["our_rules"]\n')
    assert said(with_rules, plain_environment, ADD) == "NEW-1 added\nOLD-1 OLD-1 is a code of old.\n"


def test_an_extension_that_is_not_there_is_named(with_rules, huoku):
    done = huoku("doctor", "--data", with_rules, HUOKU_EXTENSIONS="nobodys_rules")
    assert done.returncode == 2
    assert "nobodys_rules" in done.stderr
