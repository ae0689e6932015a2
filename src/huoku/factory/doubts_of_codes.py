"""Doubts about codes: two that are the same to the eye are seldom meant to be two things."""

import polars as pl

from huoku.factory.doubtful import Told
from huoku.language import Sentence

CODED = (("items", "item"), ("resources", "resource"), ("locations", "location"))
ALIKE = Sentence(
    "“{value}”和“{other}”只差大小写、全半角或空格，现在算两个；是同一个请改成一样的编码",
    "“{value}” differs from “{other}” only in case, width or spaces, and they count as two; give them one code if they "
    "are the same",
)


def doubt_codes(told: Told) -> None:
    """Codes that differ from an earlier one only in case, in full or half width, or in spaces."""
    for table, column in CODED:
        codes = told.frame(table)[column]
        eye = codes.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()
        if eye.n_unique() == codes.n_unique():
            continue
        first = pl.DataFrame({"code": codes, "eye": eye}).select(pl.col("code").first().over("eye"))["code"]
        later = (first != codes).fill_null(False)
        if later.any():
            said = {"other": first.filter(later)}
            told.findings.cells("warning", "codes_alike", ALIKE, told.sheets[table], column, later, said)
