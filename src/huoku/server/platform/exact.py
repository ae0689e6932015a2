"""Exact numbers at the edge: decimals in requests and answers, whole numbers of a small unit in the tables.

A column's name ends in its unit: ``price_millionths`` (of the currency, a minute, one), ``order_fee_minor`` (the
smallest amount of its currency), ``moq_steps`` (the smallest step of its item). Outside it is called ``price``,
``order_fee``, ``moq``.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, WithJsonSchema

from huoku.language import Sentence
from huoku.server.platform.hints import said
from huoku.server.platform.refusals import Refused

LARGEST = 10**12
"""Quantities and amounts lie below it, so that their steps fit into 64 bits."""

MINOR_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3}
"""Digits after the point of currencies that have not two (ISO 4217)."""
BY_DIGITS = {
    digits: [code for code in MINOR_DIGITS if MINOR_DIGITS[code] == digits]
    for digits in sorted({*MINOR_DIGITS.values()})
}
"""Those currencies by their digits."""
FINEST = 6
"""Digits after the point of the smallest step of an item, and of what is kept in millionths."""

_DECIMAL = r"^\d{1,12}(\.\d{1,6})?$"
_AS_TEXT = WithJsonSchema({"type": "string", "pattern": _DECIMAL, "examples": ["12.5"]})

Amount = Annotated[Decimal, Field(ge=0, lt=LARGEST, max_digits=18, decimal_places=6), _AS_TEXT]
"""A quantity, an amount of money or minutes: from 0, six digits after the point."""
Positive = Annotated[Decimal, Field(gt=0, lt=LARGEST, max_digits=18, decimal_places=6), _AS_TEXT]


class NotWholeSteps(Refused):
    code = "not_whole_steps"
    words = Sentence(
        "{value} 不是最小单位的整数倍，这里最多 {digits} 位小数。",
        "{value} is not a whole number of the smallest step; {digits} {digits|digit|digits} after the point "
        "are possible here.",
    )


def _ratio_as_text(value: object) -> object:
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _ratio(value: str) -> str:
    numerator, _, denominator = value.partition("/")
    if denominator and int(denominator) == 0:
        raise ValueError("the denominator is zero")
    if Fraction(value) <= 0:
        raise ValueError("greater than zero is wanted")
    return f"{numerator}/{denominator}" if denominator else value


Ratio = Annotated[
    str,
    Field(
        pattern=said(
            r"^(\d{1,12}(\.\d{1,6})?|\d{1,12}/\d{1,12})$",
            "数或分数，如 12、0.5、1/3。",
            "A number or a fraction, such as 12, 0.5, 1/3.",
        )
    ),
    AfterValidator(_ratio),
    BeforeValidator(_ratio_as_text),
    WithJsonSchema({"type": "string", "pattern": r"^(\d{1,12}(\.\d{1,6})?|\d{1,12}/\d{1,12})$", "examples": ["1/3"]}),
]
"""A ratio above zero, exactly: a decimal or a fraction such as ``1/3``."""


def minor_digits(currency: str) -> int:
    return MINOR_DIGITS.get(currency, 2)


def whole(value: Decimal, digits: int, field: str = "") -> int:
    """``value`` as a whole number of 10^-digits. Raises NotWholeSteps."""
    steps = value.scaleb(digits)
    if steps != steps.to_integral_value():
        raise NotWholeSteps(field=field, value=format(value, "f"), digits=digits)
    return int(steps)


def plain(steps: int, digits: int) -> str:
    """A whole number of 10^-digits as a decimal, without zeros at its end: ``plain(1250, 3)`` is ``1.25``."""
    if digits == 0:
        return str(steps)
    sign, rest = ("-", -steps) if steps < 0 else ("", steps)
    before, after = divmod(rest, 10**digits)
    text = f"{after:0{digits}d}".rstrip("0")
    return f"{sign}{before}.{text}" if text else f"{sign}{before}"


def in_columns(
    request: BaseModel,
    model: type[models.Model],
    *,
    decimals: int = 0,
    currency: str = "CNY",
    skip: tuple[str, ...] = (),
) -> dict[str, Any]:
    """What a request gives, by the columns of ``model`` and in their units.

    Only the fields that the sender gave, so that a change leaves the rest alone. ``decimals`` are those of the item.
    Raises NotWholeSteps.
    """
    digits: Mapping[str, int] = {"millionths": 6, "steps": decimals, "minor": minor_digits(currency)}
    values: dict[str, Any] = {}
    for name in sorted(request.model_fields_set - set(skip)):
        value = getattr(request, name)
        column, unit = column_of(model, name)
        values[column] = whole(value, digits[unit], name) if unit and value is not None else value
    return values


def column_of(model: type[models.Model], name: str) -> tuple[str, str]:
    """The column that is called ``name`` outside, and its unit: ``price`` is ("price_millionths", "millionths")."""
    for unit in ("", "millionths", "steps", "minor"):
        column = f"{name}_{unit}" if unit else name
        try:
            model._meta.get_field(column)
        except FieldDoesNotExist:
            continue
        return column, unit
    raise FieldDoesNotExist(f"{model.__name__} has no column {name}")
