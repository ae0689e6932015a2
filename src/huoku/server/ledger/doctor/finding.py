"""One thing that is wrong, in words, with names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huoku.language import Language, Sentence
from huoku.server.platform.audit import StreamName

AT_MOST = 100
"""So many findings of one kind are told; the first show where to look."""


@dataclass(frozen=True)
class Finding:
    """``invariant`` is its number in the design. ``is_doubtful``: it may be in order; somebody should look."""

    invariant: str
    words: Sentence
    facts: Mapping[str, Any]
    streams: tuple[StreamName, ...] = ()
    is_doubtful: bool = False

    def say(self, lang: Language) -> str:
        return f"{self.invariant} {self.words.say(lang, **self.facts)}"

    def __str__(self) -> str:
        return self.say("en")
