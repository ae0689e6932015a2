"""What requests to commands are made of: kinds of text and numbers with their bounds, and what all of them hold to."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    JsonValue,
    StringConstraints,
)
from pydantic_core import CoreSchema, PydanticCustomError

from huoku.server.platform.as_written import as_written
from huoku.server.platform.canonical import canonical
from huoku.server.platform.hints import said

PRINTED = said(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$", "不能有看不见的控制字符。", "It may have no control characters.")
IN_A_LINE = said(
    r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$", "写在一行里，不能有换行。", "It stands in one line, without breaks."
)
"""Codes stand on labels, in addresses and in files of a row a line."""
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=IN_A_LINE)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=PRINTED)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400, pattern=PRINTED)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Count = Annotated[int, Field(ge=0, lt=2**31)]


def _storable(value: Any) -> Any:
    """JSON knows one kind of number: decimals become floats."""
    if isinstance(value, dict):
        return {key: _storable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_storable(each) for each in value]
    return float(value) if isinstance(value, Decimal) else value


def _small(value: dict[str, Any]) -> dict[str, Any]:
    if len(canonical(value)) > MOST_ATTRIBUTES:
        raise ValueError(f"{MOST_ATTRIBUTES} bytes at most")
    return value


MOST_ATTRIBUTES = 20_000
Attributes = Annotated[dict[str, JsonValue], BeforeValidator(_storable), AfterValidator(_small)]
"""What a factory adds of its own: any JSON object that is not too large."""


def _in_years(first: int, last: int) -> AfterValidator:
    """Days and times from the year ``first`` on and before ``last``."""

    def checked(value: date) -> date:
        if not first <= value.year < last:
            raise PydanticCustomError(
                "moment_range", "from {first} on and before {last}", {"first": first, "last": last}
            )
        return value

    return AfterValidator(checked)


FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Before and after, no time zone of the world leads out of the calendar, and nobody means it."""
Moment = Annotated[AwareDatetime, _in_years(FIRST_YEAR, LAST_YEAR)]
FIRST_OF_OURS, LAST_OF_OURS = 2000, 2100
"""A year 0206 or 9999 in an order is a slip of the keyboard."""
DueDay = Annotated[date, _in_years(FIRST_OF_OURS, LAST_OF_OURS)]
"""The day on which something is wanted, promised or to happen."""


class Asked(BaseModel):
    """A request to a command. A field that it does not have is refused, not ignored; nothing is guessed at."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return as_written(handler(source))


class Opened(Asked):
    """A request about a row that is there. ``version``: the one that the sender saw; None: whichever it is now."""

    id: Id
    version: Annotated[int, Field(ge=1, lt=2**31)] | None = None
