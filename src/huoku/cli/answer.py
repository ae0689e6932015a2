"""What a verb gives back: the same content as text for people and as data for programs."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a command. ``text`` is for people, ``data`` becomes one JSON object for programs."""

    text: str
    data: Mapping[str, object] = field(default_factory=dict)
    exit_code: int = 0


def show(answer: Answer, *, as_json: bool) -> None:
    """Write the answer to stdout, in the form that was asked for."""
    if as_json:
        whole = {"exit_code": answer.exit_code, **answer.data}
        print(json.dumps(whole, ensure_ascii=False, default=plain))
    elif answer.text:
        print(answer.text)
    sys.stdout.flush()


def plain(value: object) -> object:
    """What JSON has no word for: days in ISO form, exact decimals and paths as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, PurePath):
        return str(value)
    raise TypeError(f"an answer holds a {type(value).__name__}, which has no form in JSON")
