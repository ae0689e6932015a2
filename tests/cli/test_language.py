"""Which language is spoken: the one asked for, else that of the machine."""

import pytest

from huoku.cli.language import language_asked_for, language_of


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),  # what we do not speak is answered in English
        ({}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),  # LC_ALL is asked first
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US"}, "zh"),  # empty counts as not set
    ],
)
def test_the_machines_setting_decides(environment: dict[str, str], lang: str) -> None:
    assert language_of(environment) == lang


@pytest.mark.parametrize("arguments", [["--lang", "zh", "demo"], ["demo", "--lang=zh"]])
def test_what_is_asked_for_wins(arguments: list[str]) -> None:
    assert language_asked_for(arguments, {"LANG": "en_US.UTF-8"}) == "zh"


def test_a_language_that_we_do_not_speak_is_refused_in_the_machines() -> None:
    assert language_asked_for(["--lang", "fr"], {"LANG": "zh_CN"}) == "zh"
