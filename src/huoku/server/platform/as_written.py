"""Values that are taken as they are written. Where pydantic would rather guess, it is refused: a day that is a number
of seconds, a number with strokes in it, a yes that counts as one.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pydantic_core import CoreSchema, PydanticKnownError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?", re.ASCII)


def _day(value: object) -> object:
    if isinstance(value, str) and not _DAY.fullmatch(value.strip()):
        raise PydanticKnownError("date_parsing", {"error": "YYYY-MM-DD"})
    if not isinstance(value, str | date):
        raise PydanticKnownError("date_type")
    return value


def _moment(value: object) -> object:
    if isinstance(value, str) and not _MOMENT.fullmatch(value.strip()):
        raise PydanticKnownError("datetime_parsing", {"error": "YYYY-MM-DDThh:mm:ss+hh:mm"})
    if not isinstance(value, str | date):
        raise PydanticKnownError("datetime_type")
    return value


def _whole_number(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticKnownError("int_type")
    if isinstance(value, str) and "_" in value:
        raise PydanticKnownError("int_parsing")
    return value


def _decimal(value: object) -> object:
    if isinstance(value, str) and "_" in value:
        raise PydanticKnownError("decimal_parsing")
    return value


_LOOKS: Mapping[str, Callable[[object], object]] = {
    "date": _day,
    "datetime": _moment,
    "int": _whole_number,
    "decimal": _decimal,
}


def as_written(schema: CoreSchema) -> CoreSchema:
    """The schema of a model, with a look at each such value before pydantic reads it."""
    looked: CoreSchema = _looked(schema)
    return looked


def _looked(part: Any) -> Any:
    if isinstance(part, list):
        return [_looked(each) for each in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "function-before" and part["function"]["function"] in _LOOKS.values():
        return part  # of a model within this one
    if look := _LOOKS.get(part.get("type", "")):
        return {"type": "function-before", "function": {"type": "no-info", "function": look}, "schema": part}
    return {name: each if name in ("metadata", "serialization") else _looked(each) for name, each in part.items()}
