"""What is to be written into a list, before it is: one row of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from huoku.language import LISTED, Language, Sentence
from huoku.server.office.commands.rows import Fault
from huoku.server.office.words import label


@dataclass(slots=True)
class Draft:
    """One row: its cells as written, by column; what they mean, once examined."""

    texts: dict[str, str]
    id: int | None = None
    is_beyond: bool = False
    """It was pasted below the last row."""
    version: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    old: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, field: str, words: Sentence, **fields: object) -> None:
        self.faults.append(Fault.of(0, field, words, **fields))

    @property
    def state(self) -> Literal["fault", "new", "changed", "same"]:
        if self.faults:
            return "fault"
        if self.id is None:
            return "new"
        return "changed" if self.values else "same"

    def shown(self, lang: Language) -> dict[str, Any]:
        return {
            "state": self.state,
            "id": self.id,
            "version": self.version,
            "texts": self.texts,
            "values": self.values,
            "old": self.old,
            "faults": [{"field": each.field, "words": each.say(lang)} for each in self.faults],
        }


def named(names: Sequence[str], lang: Language) -> str:
    return LISTED.say(lang).join(label(name, lang) for name in names) or "id"
