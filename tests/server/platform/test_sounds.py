"""Chinese names are found by their pinyin, by its initials, and by any reading that a character has in the trade."""

import pytest

from huoku.server.platform.sounds import as_typed, sounds_of

FOUND = {
    "lsd": "螺丝刀",
    "luosidao": "螺丝刀",
    "luo si": "螺丝刀",
    "LSM6": "螺丝 M6",
    "lsd4": "不锈钢螺丝刀-4寸",
    "cqcc": "重庆长城",
    "jcls": "加长螺栓",  # by itself 加长 would be read jia zhang
    "tyf": "调压阀",
    "thdq": "弹簧垫圈",
    "wk": "外壳",
}


@pytest.mark.parametrize("typed", FOUND)
def test_a_name_is_found_by_its_sound(typed):
    assert as_typed(typed) in sounds_of(FOUND[typed])


def test_a_name_without_chinese_has_no_sound_of_its_own():
    assert sounds_of("Screw M6") == ""


def test_a_character_that_no_dictionary_knows_does_not_hide_the_others():
    assert "ls" in sounds_of("鿋螺丝")


def test_what_is_typed_in_chinese_is_no_sound():
    assert as_typed("螺丝 M6") == ""
