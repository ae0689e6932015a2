"""Sentences in Chinese and English: one template per thing we say, kept where it is said.

A sentence is data (a template pair with named fields), so that the same reason can be shown by a
screen, a report, the command line and an interface in either language, and never has two wordings.
Traditional Chinese is the Chinese wording in other characters, made when somebody reads it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from huoku.traditional import traditional, traditional_but_quoted

Language = Literal["zh", "zh-hant", "en"]
"""In what somebody reads. What is not English is Chinese: ask ``lang == "en"``, never ``lang == "zh"``."""
LANGUAGES: tuple[Language, ...] = ("zh", "en")
"""In which everything is written."""
READ: tuple[Language, ...] = ("zh", "zh-hant", "en")
"""In which everything can be read."""

EITHER = re.compile(r"\{(\w+)(?::([^{}|]*))?\|([^{}|]*)\|([^{}|]*)\}")
"""English has one day and two days: ``{n} {n|day|days}`` says the first where ``n`` is 1, and
``{n:.0f|day|days}`` where it is written so. Chinese needs none of it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing we say. Both templates use the same ``{field}`` names (``str.format`` syntax, and ``EITHER``)."""

    zh: str
    en: str

    def template(self, lang: Language) -> str:
        """The words with their fields still open."""
        if lang == "en":
            return self.en
        return self.zh if lang == "zh" else traditional(self.zh)

    def say(self, lang: Language, **fields: object) -> str:
        """The sentence in ``lang`` with its fields filled in. A field whose name ends in ``_zh`` is words of ours."""
        if lang == "zh-hant":
            fields = {name: traditional(str(v)) if name.endswith("_zh") else v for name, v in fields.items()}
        template = self.template(lang)
        return (counted(template, fields) if "|" in template else template).format(**fields)


def counted(template: str, fields: Mapping[str, object]) -> str:
    """The template with the words that go with its numbers."""
    return EITHER.sub(lambda found: found[3] if format(fields[found[1]], found[2] or "") == "1" else found[4], template)


LISTED, COMMA = Sentence("、", ", "), Sentence("，", ", ")
SEMICOLON, COLON = Sentence("；", "; "), Sentence("：", ": ")
"""What stands between the words of an enumeration, clauses, longer parts, and after a head."""


def kept(zh: str, en: str, lang: Language) -> str:
    """A sentence that was kept in both languages with its fields filled in."""
    if lang == "en":
        return en
    return zh if lang == "zh" else traditional_but_quoted(zh)
