"""What the judge hands back: the violations, each a sentence in both languages, and the figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl

from huoku.language import Language, Sentence

SHOWN = 20
"""So many violations of one kind are told one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that a plan must not do: which rule, who breaks it, and how."""

    rule: str
    subject: str
    sentence: Sentence
    fields: dict[str, Any] = field(default_factory=dict)

    def message(self, lang: Language) -> str:
        return self.sentence.say(lang, subject=self.subject, **self.fields)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``violations`` tells up to 20 of a kind, ``count`` counts all, ``broken`` by rule.

    ``figures`` are what the plan reaches and costs, in the factory's currency; their names are those of the contract.
    """

    violations: tuple[Violation, ...]
    count: int
    figures: dict[str, Any]

    @property
    def broken(self) -> dict[str, int]:
        counts: dict[str, int] = self.figures["broken"]
        return counts


class Finding(NamedTuple):
    """All violations of one kind: a sentence, how many, and the rows (column ``subject`` and the fields) to show."""

    rule: str
    sentence: Sentence
    how_many: int
    shown: pl.DataFrame


def finding(rule: str, sentence: Sentence, rows: pl.DataFrame) -> Finding:
    """Every row of ``rows`` breaks ``rule``; its columns fill the sentence."""
    return Finding(rule, sentence, rows.height, rows.head(SHOWN))


def verdict(findings: Iterable[Finding], figures: dict[str, Any]) -> Verdict:
    """Gather what the checks found; ``broken`` is added to the figures."""
    broken: Counter[str] = Counter()
    violations = []
    for found in findings:
        broken[found.rule] += found.how_many
        for row in found.shown.iter_rows(named=True):
            subject = row.pop("subject")
            violations.append(Violation(found.rule, subject or "", found.sentence, row))
    counts = {rule: count for rule, count in sorted(broken.items()) if count}
    return Verdict(tuple(violations), sum(counts.values()), {**figures, "broken": counts})
