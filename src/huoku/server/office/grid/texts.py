"""What people write into cells, read as the values of a request: 1,234 and 12% and 2026/1/5, names of choices."""

from collections.abc import Mapping
from typing import Any

from huoku.factory.cells import BadCell, day, flag, number, whole
from huoku.language import Sentence
from huoku.server.platform.exact import LARGEST

NO_CHOICE = Sentence(
    "“{value}”不在可选范围内；可以写：{allowed_zh}", "“{value}” cannot be chosen here; possible: {allowed_en}"
)
TOO_LARGE = Sentence("“{value}”太大", "“{value}” is too large")
NOTHING = ("—", "-", "–")
"""What lists show where nothing is."""


def value_of(text: str, kind: str, choices: Mapping[str, Sentence]) -> Any:
    """The value of a text that is not empty. ``kind`` is the field's. Raises BadCell."""
    if kind == "choice":
        return _choice(text, choices)
    if kind == "flag":
        return flag(text)
    if kind == "date":
        return day(text).isoformat()
    if kind == "number":
        return whole(text)
    if kind == "decimal":
        value = number(text)
        if abs(value) >= LARGEST:
            raise BadCell("too_large", TOO_LARGE)
        return format(value, "f")
    return text


def _choice(text: str, choices: Mapping[str, Sentence]) -> str:
    word = text.casefold()
    for value, words in choices.items():
        if word in (value.casefold(), words.zh.casefold(), words.en.casefold()):
            return value
    allowed_zh, allowed_en = ("、".join(words.zh for words in choices.values()), ", ".join(choices))
    raise BadCell("unknown_choice", NO_CHOICE, allowed_zh=allowed_zh, allowed_en=allowed_en)
