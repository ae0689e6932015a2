"""JSON from outside, without its traps: no NaN, no endless numbers, no depth, no doubled names, no NUL."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

MOST_DIGITS = 40
LARGEST_EXPONENT = 40
LARGEST = 2**63
"""Whole numbers in the tables have 64 bits."""


def read_json(body: bytes) -> Any:
    """Plain values; a number with a point is a Decimal. Raises ValueError saying what is wrong."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            parse_constant=_no_constant,
            parse_float=_decimal,
            parse_int=_integer,
            object_pairs_hook=_object,
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except UnicodeDecodeError:
        raise ValueError("UTF-8 is wanted") from None
    _must_be_storable(value)
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("a number is too long") from None
    if len(text) > MOST_DIGITS or abs(value.adjusted()) > LARGEST_EXPONENT:
        raise ValueError("a number is too long")
    return value


def _integer(text: str) -> int:
    value = int(text) if len(text) <= MOST_DIGITS else LARGEST
    if not -LARGEST < value < LARGEST:
        raise ValueError("a number is too long")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _must_be_storable(value: Any) -> None:
    """Raises ValueError where a text holds NUL or half a character, which databases refuse."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting.extend(each)
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, str) and ("\0" in each or any("\ud800" <= sign <= "\udfff" for sign in each)):
            raise ValueError("a text holds NUL or half a character")
