"""What was found in a sheet, and how it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from huoku.language import Language, Sentence


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was done by itself, and that whoever brings the file should know."""

    words: Sentence
    fields: Mapping[str, object] = field(default_factory=dict)

    def say(self, lang: Language) -> str:
        return self.words.say(lang, **self.fields)


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one sheet that go into one table. ``heads``: by column, what the sheet calls it, and ``at``: where it
    stands; ``columns``: the cells as text; ``numbers``: where each row stands in its file."""

    file: str
    sheet: str
    table: str
    heads: Mapping[str, str]
    at: Mapping[str, int]
    columns: Mapping[str, Sequence[str]]
    numbers: Sequence[int]
    unused: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    head_row: int = 1

    @property
    def place(self) -> str:
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sheet that was not read, and why."""

    file: str
    sheet: str
    words: Sentence

    @property
    def place(self) -> str:
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file
