"""Usage rows that break a rule: found as codes, told in the plan's own words."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from huoku.judge.case import Case
from huoku.judge.verdict import SHOWN, Finding
from huoku.language import Sentence


class Suspects(NamedTuple):
    """The rows (column ``row``) of the usage table that break ``rule``."""

    rule: str
    sentence: Sentence
    rows: pl.DataFrame


def suspects(rule: str, sentence: Sentence, usage: pl.DataFrame, mask: pl.Expr) -> Suspects:
    return Suspects(rule, sentence, usage.filter(mask).select("row"))


def told(case: Case, found: list[Suspects]) -> Iterator[Finding]:
    """The findings for usage rows. Their texts are read again, once, and only where something is broken."""
    shown = pl.concat([some.rows.head(SHOWN) for some in found])["row"].unique()
    if shown.is_empty():
        return
    texts = case.plan.read("usage").with_row_index("row").filter(pl.col("row").is_in(shown.implode()))
    texts = texts.rename({"consumer": "subject"}).with_columns(pl.col("qty").fill_null(0.0))
    for some in found:
        rows = some.rows.head(SHOWN).join(texts, on="row", maintain_order="left")
        yield Finding(some.rule, some.sentence, some.rows.height, rows)
