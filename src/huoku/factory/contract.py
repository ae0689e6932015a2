"""The vocabulary of the file contract: what a column and a table are, and how a header finds its column.

The tables themselves are data, in ``inputs`` and ``outputs``.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Literal

from huoku.language import Language, Sentence

Kind = Literal["code", "text", "json", "number", "money", "rate", "days", "whole", "date", "flag", "choice"]
"""How a cell is read. ``number`` is a quantity, a volume or minutes; codes keep every character."""

Value = str | int | bool | Decimal
"""What a default may be; dates have none."""

DECIMAL_KINDS: frozenset[Kind] = frozenset({"number", "money", "rate", "days"})
TEXT_KINDS: frozenset[Kind] = frozenset({"code", "text", "json", "choice"})

LARGEST = Decimal(10**12)
LONGEST_DAYS = Decimal(36_500)


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed word of a choice column, and the Chinese words that mean the same."""

    name: str
    zh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    ``default`` is filled in where a cell is empty; None leaves it empty (there the rule depends on
    other tables, or "none" is the meaning). Numbers lie between ``low`` and ``high``; ``low_open``
    excludes ``low`` itself, ``high_open`` excludes ``high``.
    """

    name: str
    zh: str
    kind: Kind
    note: Sentence
    required: bool = False
    default: Value | None = None
    choices: tuple[Choice, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def header(self, lang: Language) -> str:
        return Sentence(self.zh, self.name).template(lang)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in the contract's order, and the columns no two rows may share."""

    name: str
    zh: str
    note: Sentence
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of this name; KeyError when the contract has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    def named(self, header: str) -> Column | None:
        """The column that a header cell means, in English or Chinese; None when it is none of ours."""
        wanted = plain(header)
        for column in self.columns:
            if wanted in (column.name, plain(column.zh)):
                return column
        return None


LONGEST_NAME = 60
"""A longer word is no misspelt name, and comparing it would take long."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that ``word`` is a slip of the pen of; None when it resembles none."""
    if len(word) > LONGEST_NAME:
        return None
    return next(iter(get_close_matches(plain(word), list(known), n=1, cutoff=0.75)), None)


def plain(header: str) -> str:
    """A header or name as it is compared: no ``*``, half width, lower case, ``_`` between words."""
    folded = unicodedata.normalize("NFKC", header).replace("*", "").replace("\ufeff", "")
    return re.sub(r"[\s\-_]+", "_", folded.strip().strip("_")).casefold()
