"""The few error families. Everything here is anticipated: it is answered, never shown as a traceback."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from huoku.language import Language, Sentence

ROW, COLUMN = Sentence(" 第 {row} 行", " row {row}"), Sentence(" 列 {column}", " column {column}")
SHOWN = 1000
"""So many problems are listed one by one; all are counted."""


class HuokuError(Exception):
    """Every anticipated error of the library. ``exit_code`` is what the command line ends with."""

    exit_code = 5

    def say(self, lang: Language) -> str:
        """In the language of whoever reads it, where it was said in both."""
        return str(self)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or doubtful, in a factory's tables.

    ``row`` counts as the user sees it: the header is row 1. ``column`` and ``value`` are as the file
    has them. ``rule`` is a stable short name, for programs.
    """

    severity: Literal["error", "warning"]
    rule: str
    sentence: Sentence
    table: str = ""
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    fields: dict[str, object] = field(default_factory=dict)

    def text(self, lang: Language) -> str:
        """The whole message: where, what is there, what would be right."""
        place = self.file or self.table
        if self.row is not None:
            place += ROW.say(lang, row=self.row)
        if self.column:
            place += COLUMN.say(lang, column=self.column)
        said = self.sentence.say(lang, value=self.value, column=self.column, table=self.table, **self.fields)
        return f"{place}: {said}" if place else said


class DataError(HuokuError):
    """The tables cannot be planned as they are. Carries every problem that was found.

    ``problems`` holds the first 1,000; ``count`` is how many there are in all.
    """

    exit_code = 3

    def __init__(self, problems: Sequence[Problem], count: int | None = None, lang: Language = "en"):
        self.problems = tuple(problems[:SHOWN])
        self.count = len(problems) if count is None else count
        super().__init__(self.say(lang))

    def say(self, lang: Language) -> str:
        return "\n".join(problem.text(lang) for problem in self.problems)


class BackupRefused(DataError):
    """A backup that cannot be put back: damaged, of a newer program, or of the other kind of database. Unlike tables
    nobody corrects it by hand."""


class UsageError(HuokuError):
    """What was asked for does not exist or makes no sense: an unknown order, an unreadable path.

    ``said``: the words, or a sentence in both languages with its ``values``.
    """

    exit_code = 2

    def __init__(self, said: str | Sentence, **values: object) -> None:
        self.said = (
            Sentence(*(said.say(lang, **values) for lang in ("zh", "en"))) if isinstance(said, Sentence) else None
        )
        super().__init__(self.said.en if self.said else said)

    def say(self, lang: Language) -> str:
        return self.said.template(lang) if self.said else str(self)


class SolverLimit(HuokuError):
    """A solver ran out of its limit before it had any answer."""

    exit_code = 4
