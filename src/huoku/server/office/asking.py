"""From a command's request to a form, and from what was sent back to the request: nobody writes a form by hand."""

import json
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from django.http import QueryDict
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from huoku.server.office.coded import counts_in_units, names_in
from huoku.server.platform.alike import INSISTS

SET_BY_THE_PAGE = ("id", "version")
ONLY_WHEN_REFUSED = (INSISTS,)
"""What is asked once a request was refused for lack of it."""
SPARE_ROWS = 5
"""Empty rows of a list, for what is to be added."""
MOST_ROWS = 1_000
YES_OR_NO = ("true", "false")
FIRST = ("line", "shipment_line", "line_id", "item", "qty", "due_on", "wanted_on", "price", "order_fee")
"""So rows begin, where they have these."""
LINES = ("line", "shipment_line", "line_id")
"""By these names requests name a line of a document by its id."""


@dataclass(frozen=True, slots=True)
class Field:
    """One input, called ``address`` on the page. ``kind``: text, number, decimal, date, moment, flag, choice, words
    (one a line), json, or rows of further inputs, the last of them empty."""

    name: str
    address: str
    kind: str
    is_needed: bool
    hint: str = ""
    choices: tuple[str, ...] = ()
    value: Any = ""
    headings: tuple[str, ...] = ()
    rows: tuple[tuple["Field", ...], ...] = ()
    told: str = ""
    """What people read instead of a value that only programs know."""
    label: str = ""
    offered: tuple[tuple[str, str], ...] = ()
    """The choices, each with what it is called."""
    by_itself: str = ""
    """What stands in it before anybody has written anything."""


def fields_of(
    request: type[BaseModel], known: Mapping[str, Any], sent: QueryDict | None = None, prefix: str = "", lacks: str = ""
) -> tuple[Field, ...]:
    """The inputs of a request with what is known, or with what was ``sent`` and has to be filled in better; ``lacks``:
    for lack of which it was refused."""
    return tuple(
        _field(name, request.model_fields[name], known.get(name), sent, prefix)
        for name in (_as_in_a_sheet(request) if prefix else request.model_fields)
        if prefix or (name not in SET_BY_THE_PAGE and (name not in ONLY_WHEN_REFUSED or _is_wanted(name, sent, lacks)))
    )


def _is_wanted(name: str, sent: QueryDict | None, lacks: str) -> bool:
    return name == lacks or (sent is not None and name in sent)


def _as_in_a_sheet(request: type[BaseModel]) -> list[str]:
    """The columns of rows as people have them in a spreadsheet: of what, how much, by when, at what price; its number,
    which hardly anybody says, last."""
    rank = {name: place for place, name in enumerate(FIRST)}
    return sorted(request.model_fields, key=lambda name: (rank.get(name, len(rank)), name == "seq"))


def _field(name: str, info: FieldInfo, value: Any, sent: QueryDict | None, prefix: str) -> Field:
    kind, about = _kind(info.annotation)
    if kind == "flag" and info.default is None and not info.is_required():
        kind, about = "choice", YES_OR_NO  # said, denied, or left to what holds otherwise
    elif kind == "number" and names_in(info):
        kind = "text"  # people fill in the code
    elif kind == "number" and counts_in_units(info):
        kind = "decimal"
    address, hint = prefix + name, info.description or ""
    if kind == "rows":
        headings = tuple(_as_in_a_sheet(about))
        rows = _inner(about, address, value or [], sent)
        return Field(name, address, kind, info.is_required(), hint, headings=headings, rows=rows)
    default = None if info.is_required() else info.get_default(call_default_factory=True, validated_data={})
    by_itself = _shown(default, as_words=kind == "choice")
    shown = by_itself if value is None else _shown(value, as_words=kind == "choice")
    if sent is not None:
        shown = address in sent if kind == "flag" else sent.get(address, "")
    choices = about if kind == "choice" else ()
    return Field(name, address, kind, info.is_required(), hint, choices, shown, by_itself=str(by_itself))


def _inner(
    about: type[BaseModel], address: str, given: Sequence[Mapping[str, Any]], sent: QueryDict | None
) -> tuple[tuple[Field, ...], ...]:
    count = _count(sent, address) if sent is not None else len(given) + _spare(about, given)
    rows = []
    for place in range(count):
        known = given[place] if place < len(given) else {}
        fields = fields_of(about, known, sent, f"{address}-{place}-")
        called = f"{known['seq']} · {known['item']}" if {"seq", "item"} <= set(known) else ""
        rows.append(tuple(replace(each, told=called) if each.name in LINES else each for each in fields))
    return tuple(rows)


def _spare(about: type[BaseModel], given: Sequence[Mapping[str, Any]]) -> int:
    """Where every row is about a line that is there, none is to be added."""
    is_of_lines = any(name in LINES and info.is_required() for name, info in about.model_fields.items())
    return 0 if given and is_of_lines else SPARE_ROWS


def _count(sent: QueryDict, address: str) -> int:
    text = sent.get(f"{address}-count", "0")
    return min(int(text), MOST_ROWS) if str(text).isdigit() else 0


def _shown(value: Any, *, as_words: bool = False) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool) and as_words:
        return YES_OR_NO[not value]
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    if isinstance(value, list | tuple):
        return "\n".join(str(_shown(each)) for each in value)
    return "" if value is None else value


def _kind(annotation: Any) -> tuple[str, Any]:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(args[0])
    if origin in (Union, types.UnionType):
        return _kind(next(each for each in args if each is not type(None)))
    if origin is Literal:
        return "choice", tuple(str(each) for each in args)
    if origin in (list, tuple):
        inner = _unwrapped(args[0])
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return "rows", inner
        return "words", None
    if origin is dict or annotation is dict:
        return "json", None
    if not isinstance(annotation, type):
        return "text", None
    if issubclass(annotation, Enum):
        return "choice", tuple(str(each.value) for each in annotation)
    for of, kind in ((bool, "flag"), (datetime, "moment"), (date, "date"), (int, "number"), (Decimal, "decimal")):
        if issubclass(annotation, of):
            return kind, None
    return "text", None


def kind_of(request: type[BaseModel], name: str) -> str:
    """The kind of input that a field of a request has."""
    return _kind(request.model_fields[name].annotation)[0]


def _unwrapped(annotation: Any) -> Any:
    return _unwrapped(get_args(annotation)[0]) if get_origin(annotation) is Annotated else annotation


def request_from(fields: Sequence[Field]) -> dict[str, Any]:
    """What was filled in, as the request's values; an empty input says nothing. Raises JSONDecodeError."""
    found: dict[str, Any] = {}
    for each in fields:
        if each.kind == "rows":
            rows = [request_from(row) for row in each.rows]
            if filled := [said for said, row in zip(rows, each.rows, strict=True) if _is_filled(said, row)]:
                found[each.name] = filled
        elif each.kind == "flag":
            found[each.name] = bool(each.value)
        elif text := str(each.value).strip():
            found[each.name] = _said(each.kind, text)
    return found


def _is_filled(said: Mapping[str, Any], row: Sequence[Field]) -> bool:
    """Has anybody filled in anything? A line that stands there by itself, a box left empty, or what a field holds
    before anybody writes, says nothing; a form that asks for nothing but lines is about all of them."""
    asked = [each for each in row if not each.told and each.name in said]
    written = (str(each.value).strip() != each.by_itself for each in asked if not isinstance(said[each.name], bool))
    return any(written) or (bool(said) and all(each.told for each in row))


def _said(kind: str, text: str) -> Any:
    if kind == "words":
        return [line.strip() for line in text.splitlines() if line.strip()]
    return json.loads(text) if kind == "json" else text
