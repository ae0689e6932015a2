"""Kinds of columns: how a value is shown, read from a question, described and put into a frame."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Literal
from uuid import UUID

from huoku.server.platform.exact import minor_digits, plain, whole

FrameType = Literal["text", "integer", "boolean", "date", "moment", "decimal"]

EQUAL = ("eq", "ne", "in")
ORDERED = (*EQUAL, "lt", "lte", "gt", "gte", "null")
WORDED = (*EQUAL, "contains", "starts")

DECIMAL_TEXT = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
INTEGER_TEXT_MOST = 20


def _as_it_is(value: Any, _beside: Any, _zone: tzinfo) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """``show(value, beside, zone)``: a column's value, with that of the column beside it which says its unit.

    ``read`` takes the text of a filter to a column's value and raises ValueError; ``digits`` of a decimal are those
    in frames, None where no frame holds it as a number.
    """

    name: str
    schema: dict[str, Any]
    frame: FrameType
    show: Callable[[Any, Any, tzinfo], Any] = _as_it_is
    read: Callable[[str], Any] = str
    filters: tuple[str, ...] = ()
    raw: type = str
    sorts: bool = True


def _whole_number(text: str) -> int:
    if len(text) > INTEGER_TEXT_MOST or not text.lstrip("-").isascii() or not text.lstrip("-").isdigit():
        raise ValueError(text)
    value = int(text)
    if not -(2**63) <= value < 2**63:
        raise ValueError(text)
    return value


def _yes_or_no(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _millionths(text: str) -> int:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite() or abs(value) >= 10**12 or value != round(value, 6):
        raise ValueError(text)
    return whole(value, 6)


def _moment(text: str) -> datetime:
    value = datetime.fromisoformat(text.replace(" ", "+"))  # a plus that nobody wrote as %2B
    if value.tzinfo is None or not 1000 < value.year < 9000:
        raise ValueError("an offset is wanted")
    return value


def _show_ratio(numerator: Any, denominator: Any, _zone: tzinfo) -> str | None:
    if numerator is None:
        return None
    ratio = Fraction(numerator, denominator)
    exact = ratio * 10**6
    return plain(int(exact), 6) if exact.denominator == 1 else f"{ratio.numerator}/{ratio.denominator}"


def _scaled(digits_of: Callable[[Any], int]) -> Callable[[Any, Any, tzinfo], str | None]:
    return lambda value, beside, _zone: None if value is None else plain(value, digits_of(beside))


ID = Kind("id", {"type": "integer", "minimum": 1}, "integer", read=_whole_number, filters=EQUAL, raw=int)
UUID_ = Kind(
    "uuid",
    {"type": "string", "format": "uuid"},
    "text",
    show=lambda value, _beside, _zone: value and str(value),
    read=UUID,
    filters=EQUAL,
    raw=UUID,
)
TEXT = Kind("text", {"type": "string"}, "text", filters=WORDED)
CHOICE = Kind("choice", {"type": "string"}, "text", filters=EQUAL)
INTEGER = Kind("integer", {"type": "integer"}, "integer", read=_whole_number, filters=ORDERED, raw=int)
BOOLEAN = Kind("boolean", {"type": "boolean"}, "boolean", read=_yes_or_no, filters=("eq",), raw=bool)
DATE = Kind(
    "date",
    {"type": "string", "format": "date"},
    "date",
    show=lambda value, _beside, _zone: value and value.isoformat(),
    read=date.fromisoformat,
    filters=ORDERED,
    raw=date,
)
MOMENT = Kind(
    "moment",
    {"type": "string", "format": "date-time"},
    "moment",
    show=lambda value, _beside, zone: value and value.astimezone(zone).isoformat(),
    read=_moment,
    filters=ORDERED,
    raw=datetime,
)
MILLIONTHS = Kind(
    "decimal", DECIMAL_TEXT, "decimal", show=_scaled(lambda _: 6), read=_millionths, filters=ORDERED, raw=int
)
PART = replace(MILLIONTHS, name="part", filters=(), sorts=False)
"""What part of a whole is done, worked out with each row: nobody compares it."""
STEPS = Kind("quantity", DECIMAL_TEXT, "decimal", show=_scaled(int), read=_millionths, filters=ORDERED, raw=int)
"""Steps of the item beside it. They are compared by what they are worth: ``scaled.py``."""
SHOWN_STEPS = replace(STEPS, filters=(), sorts=False)
"""The same of an item that is another in every row: nobody compares them."""
MINOR = Kind("money", DECIMAL_TEXT, "decimal", show=_scaled(minor_digits), read=_millionths, filters=ORDERED, raw=int)
"""The smallest amounts of the currency beside it, compared likewise. No rate of exchange comes into it."""
RATIO = Kind("ratio", {"type": "string", "pattern": r"^\d+(\.\d+)?(/\d+)?$"}, "text", show=_show_ratio, sorts=False)
JSON = Kind("json", {"type": "object"}, "text", sorts=False)
LIST = Kind("list", {"type": "array"}, "text", sorts=False)
HEX = Kind(
    "hexadecimal",
    {"type": "string", "pattern": "^([0-9a-f]{2})*$"},
    "text",
    show=lambda value, _beside, _zone: value if value is None else bytes(value).hex(),
    sorts=False,
)
"""Bytes, such as a digest."""
