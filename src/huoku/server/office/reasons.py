"""Why a figure is what it is: what is added up, said in words, and the rows that add up to it exactly.

Rooms above declare the reason of each figure that their pages work out; ``{% why %}`` makes the figure a button that
opens it. What is shown is rounded only at its end: where that leaves a difference, a row of its own tells it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.http import Http404

from huoku.language import Language, Sentence
from huoku.report import numbers
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits

MOST = 12
"""So many rows a reason shows one by one."""
ROUNDED = Sentence("尾差", "rounding")
FURTHER = Sentence("其余 {n} 行", "{n} further {n|row|rows}")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that adds ``amount`` to the figure; ``address``: the page that it opens."""

    words: str
    amount: Fraction
    address: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """The rows of one figure. ``about``: whose it is; ``digits`` after the point, those of the currency where it is
    money; ``whole``: the address of the full list. ``is_least``: the figure is the least of them, not their sum.
    ``further``: how many rows there are besides, and what they come to, where they are too many to be told."""

    about: str
    rows: Sequence[Row]
    digits: int = 0
    unit: str = ""
    currency: str = ""
    whole: str = ""
    is_least: bool = False
    further: tuple[int, Fraction] = (0, Fraction(0))

    @property
    def total(self) -> Fraction:
        if self.is_least:
            return min((row.amount for row in self.rows), default=Fraction(0))
        return sum((row.amount for row in self.rows), self.further[1])

    def shown(self, amount: Fraction) -> str:
        if self.currency:
            return numbers.money(float(amount), self.currency, cents=minor_digits(self.currency) > 0)
        text = f"{Decimal(round(abs(amount) * 10**self.digits)).scaleb(-self.digits):,f}"
        text = text.rstrip("0").rstrip(".") if self.digits else text
        return f"{numbers.MINUS}{text}" if amount < 0 and text != "0" else text

    def rounded(self, amount: Fraction) -> Fraction:
        """As it is shown."""
        step = 10 ** (minor_digits(self.currency) if self.currency else self.digits)
        return Fraction(round(amount * step), step)

    def told(self, lang: Language) -> Sequence[Row]:
        """The rows as a page shows them: rounded, the last ones in one, and what rounding leaves; they add up to the
        rounded total."""
        if self.is_least:
            return sorted(self.rows, key=lambda row: row.amount)[:MOST]
        rows, (untold, last) = list(self.rows), self.further
        if len(rows) + (1 if untold else 0) > MOST:
            untold += len(rows) - MOST + 1
            last += sum((row.amount for row in rows[MOST - 1 :]), Fraction(0))
            rows = rows[: MOST - 1]
        if untold:
            rows.append(Row(FURTHER.say(lang, n=untold), last, self.whole))
        found = [Row(row.words, self.rounded(row.amount), row.address) for row in rows]
        left = self.rounded(self.total) - sum(row.amount for row in found)
        return [*found, Row(ROUNDED.say(lang), left)] if left else found


class Asked(NamedTuple):
    """Whose figure: the last part of the address, and what stands behind its question mark."""

    about: str = ""
    more: Mapping[str, str] = {}

    @property
    def id(self) -> int:
        """Raises Http404 where it names no row."""
        return _number(self.about)

    def place(self, name: str) -> int:
        """Raises Http404."""
        return _number(self.more.get(name, ""))


def _number(text: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) < 19):
        raise Http404
    return int(text)


Told = Callable[[Actor, Asked], Reason]


@dataclass(frozen=True, slots=True)
class Why:
    """A figure: ``formula`` says what is added up. ``may_know`` tells who may see its rows."""

    name: str
    title: Sentence
    formula: Sentence
    may_know: Callable[[Actor], bool] = field(repr=False)
    told: Told = field(repr=False)


FIGURES_WITH_REASON: dict[str, Why] = {}
"""By name. That of a column of a table is ``table.column``: its pages find it by themselves."""


def why(name: str, title: Sentence, formula: Sentence, may_know: Callable[[Actor], bool]) -> Callable[[Told], Told]:
    """Make a function the reason of the figure ``name``. Raises ValueError where there is one already."""

    def make(told: Told) -> Told:
        if name in FIGURES_WITH_REASON:
            raise ValueError(f"there are two reasons of {name}")
        FIGURES_WITH_REASON[name] = Why(name, title, formula, may_know, told)
        return told

    return make
