"""How documents are numbered."""

from typing import Annotated

from pydantic import Field, StringConstraints

from huoku.language import Sentence
from huoku.server.documents.course import COURSES
from huoku.server.documents.models import NumberRange
from huoku.server.documents.rights import SET_NUMBERS
from huoku.server.platform.command import At, command
from huoku.server.platform.hints import said
from huoku.server.platform.kept import Unknown, add, change, must_be_new, opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Opened

Prefix = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=20,
        pattern=said(r"^[^\s/\\]+$", "不能有空格和斜线，如 PO-。", "Without spaces and slashes, such as PO-."),
    ),
]
Digits = Annotated[int, Field(ge=1, le=12)]


class NumbersGoUp(Refused):
    code = "numbers_go_up"
    words = Sentence("已经编到 {last}，不能退回到 {value}。", "Numbers up to {last} are given; {value} is below.")


class AddNumberRange(Asked):
    kind: str = Field(description="The kind of document, such as sales.salesorder.")
    year: Annotated[int, Field(ge=2000, le=2999)]
    prefix: Prefix
    digits: Digits = 5
    last: Annotated[int, Field(ge=0, lt=10**12)] = Field(default=0, description="The next number is one above.")


@command(right=SET_NUMBERS)
def add_number_range(at: At, request: AddNumberRange) -> dict[str, object]:
    """How a kind of document is numbered in a year, before its first. Raises Unknown, Taken."""
    if request.kind not in COURSES:
        raise Unknown(field="kind", value=request.kind, noun_zh="单据种类", noun_en="kind of document")
    must_be_new(at, NumberRange, "kind", request.kind, kind=request.kind, year=request.year)
    return add(at, NumberRange(**request.model_dump()))


class ChangeNumberRange(Opened):
    prefix: Prefix | None = None
    digits: Digits | None = None
    last: Annotated[int, Field(ge=0, lt=10**12)] | None = None


@command(right=SET_NUMBERS)
def change_number_range(at: At, request: ChangeNumberRange) -> dict[str, object]:
    """Another prefix, or a gap on purpose. Raises NotFound, Stale, NumbersGoUp."""
    row = opened(at, NumberRange, request.id, request.version)
    if request.last is not None and request.last < row.last:
        raise NumbersGoUp(field="last", value=request.last, last=row.last)
    given = request.model_dump(exclude={"id", "version"}, exclude_none=True)
    return change(at, row, given)
