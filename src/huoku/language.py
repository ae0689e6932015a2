"""Sentences in Chinese and English: one template per thing we say, kept where it is said.

A sentence is data (a template pair with named fields), so that the same reason can be shown by a
screen, a report, the command line and an interface in either language, and never has two wordings.
"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing we say. Both templates use the same ``{field}`` names (``str.format`` syntax)."""

    zh: str
    en: str

    def template(self, lang: Language) -> str:
        return self.zh if lang == "zh" else self.en

    def say(self, lang: Language, **fields: object) -> str:
        """The sentence in ``lang`` with its fields filled in."""
        return self.template(lang).format(**fields)
