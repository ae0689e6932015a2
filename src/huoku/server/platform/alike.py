"""Codes that people take for the same one: they differ only in case, in full or half width, or in spaces."""

from typing import Annotated, Any
from unicodedata import normalize

from django.db.models import QuerySet
from django.db.models.functions import Upper
from pydantic import Field

from huoku.language import Sentence
from huoku.server.platform.command import At
from huoku.server.platform.kept import Kept, nouns
from huoku.server.platform.refusals import Refused

INSISTS = "although_alike"
"""The field of a request by which its sender says that he means another one."""
AlthoughAlike = Annotated[
    bool, Field(description="Another one than that whose code differs only in case, width or spaces.")
]
_FULL = {half: half + 0xFEE0 for half in range(0x21, 0x7F)}
_FULL_SIGNS = {half: full for half, full in _FULL.items() if not chr(half).isalnum()}


class Alike(Refused):
    code, is_kept = "alike", False
    words = Sentence(
        "已有{noun_zh} {other}，和 {value} 只差大小写、全半角或空格。是同一个就用已有的；确实是另一个，请单独新建，"
        "勾选“编码相近，仍要建”。",
        "There is the {noun_en} {other}, which differs from {value} only in case, width or spaces. Use it if it is the "
        "same one; if it is another, add it alone and tick “Although codes are alike”.",
    )


def must_not_be_alike(at: At, model: type[Kept], code: str, although: bool) -> None:
    """Raises Alike where a row has the same code to the eye, unless the sender knows."""
    other = None if although else alike(model, at.company_id, code)
    if other is not None:
        raise Alike(field="code", value=code, other=other, **nouns(model))


def alike(model: type[Kept], company_id: int, code: str) -> str | None:
    """The code of such a row. Upper case is asked for, of which there is an index where rows are many."""
    half = " ".join(normalize("NFKC", code).split())
    written = {code, half, half.translate(_FULL), half.translate(_FULL_SIGNS)}
    wanted = {form for each in written for form in (each.upper(), each.upper().translate(_FULL_LOWER))}
    every: QuerySet[Any] = model.objects.of(company_id)
    rows = every.annotate(upper=Upper("code")).filter(upper__in=wanted)
    found = rows.exclude(code=code).order_by("pk").values_list("code", flat=True)
    return next((each for each in found if folded(each) == folded(code)), None)


_FULL_LOWER = {upper: upper + 0x20 for upper in range(0xFF21, 0xFF3B)}
"""SQLite leaves letters of full width as they are."""


def folded(code: str) -> str:
    """The same for codes that are the same to the eye."""
    return " ".join(normalize("NFKC", code).casefold().split())
