"""Requests as they are outside: rows by their codes, quantities in units, money as decimals, as lists show them.

From the marks on a command's request (``platform/naming.py``) comes the model that a caller fills in. What he sent
becomes the command's own request with a few look-ups for all of its lines; nothing is rounded on the way.
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from annotated_types import Gt
from pydantic import BaseModel, Field, StringConstraints, create_model
from pydantic.fields import FieldInfo

from huoku.server.api.lookup import Lookup, NameOrId
from huoku.server.platform.exact import Amount, Positive, minor_digits, whole
from huoku.server.platform.naming import Called, Mark, Millionths, Minor, Names, Steps, marks_of
from huoku.server.platform.requests import Asked, Code, Id, Opened

Unit = Annotated[
    str | None,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20),
    Field(description="The unit of the quantities beside it: one of the item's; its own where none is given."),
]


def request_of(model: type[BaseModel], known: Lookup, body: Any) -> BaseModel:
    """What a caller sent as the command's request. Raises ValidationError; Unknown, NameOrId, NotWholeSteps,
    NotConvertible."""
    if not is_translated(model):
        return model.model_validate(body)
    sent = outside(model).model_validate(body)
    return model.model_validate(_Reader(known).values(model, sent))


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a command's request, and how it is called outside ("": it does not exist there)."""

    name: str
    info: FieldInfo
    called: str
    kind: Mark | None
    is_list: bool
    part: type[BaseModel] | None
    """The model of a list's lines."""


@cache
def _fields(model: type[BaseModel]) -> tuple[_Field, ...]:
    return tuple(_field(name, info) for name, info in model.model_fields.items())


def _field(name: str, info: FieldInfo) -> _Field:
    marks = [*(each for each in info.metadata if isinstance(each, Mark)), *marks_of(info.annotation)]
    parts = (each for each in get_args(info.annotation) if isinstance(each, type) and issubclass(each, BaseModel))
    return _Field(
        name,
        info,
        next((mark.name for mark in marks if isinstance(mark, Called)), name),
        next((mark for mark in marks if not isinstance(mark, Called)), None),
        get_origin(info.annotation) is list,
        next(parts, None),
    )


@cache
def is_translated(model: type[BaseModel]) -> bool:
    """Whether a request is another outside than inside."""
    return any(
        each.kind or each.called != each.name or (each.part and is_translated(each.part)) for each in _fields(model)
    )


@cache
def outside(model: type[BaseModel]) -> type[BaseModel]:
    """The model that a caller fills in."""
    if not is_translated(model):
        return model
    fields: dict[str, Any] = {}
    for each in _fields(model):
        fields |= _outside(each)
    if any(isinstance(each.kind, Steps) for each in _fields(model)):
        fields["unit"] = (Unit, None)
    base = Opened if issubclass(model, Opened) else Asked
    fields = {name: each for name, each in fields.items() if name not in base.model_fields}
    made: type[BaseModel] = create_model(model.__name__, __base__=base, __doc__=model.__doc__, **fields)
    return made


def _outside(field: _Field) -> dict[str, Any]:
    called, kind, info = field.called, field.kind, field.info
    if not called:
        return {}
    if isinstance(kind, Names) and kind.code:
        if field.is_list:
            return {called: (list[Code], info)}
        return {called: (Code | None, None), f"{called}_id": (Id | None, None)}
    if isinstance(kind, Steps | Millionths | Minor):
        decimal: Any = Positive if _is_above_zero(info) else Amount
        wanted = decimal | None if type(None) in get_args(info.annotation) else decimal
        return {called: (wanted, ... if info.is_required() else None)}
    if field.part:
        return {called: (list[outside(field.part)], info)}  # type: ignore[misc]
    return {called: (info.annotation, info)}


@dataclass(slots=True)
class _Reader:
    """From what was sent to the command's own values, line by line. ``row``: the place of the line, for errors."""

    known: Lookup
    row: int | None = None

    def values(self, model: type[BaseModel], sent: BaseModel) -> dict[str, Any]:
        """The values by the names that the command has for them."""
        made: dict[str, Any] = {}
        # Rows in the order of the fields: lots after the item that they belong to, quantities after all of them.
        for field in _fields(model):
            if isinstance(field.kind, Names):
                made |= self._row(field, field.kind, sent, made)
        for field in _fields(model):
            if not isinstance(field.kind, Names) and field.called in sent.model_fields_set:
                made |= self._value(model, field, sent, made)
        return made

    def _row(self, field: _Field, kind: Names, sent: BaseModel, made: dict[str, Any]) -> dict[str, Any]:
        """The id of a row that is named by its code or by its id."""
        name, called, given = field.name, field.called, sent.model_fields_set
        if not kind.code:
            return {name: getattr(sent, called)} if called in given else {}
        if field.is_list:
            codes = getattr(sent, called)
            return {name: [self.known.id_of(kind, code, called, self.row) for code in codes]} if called in given else {}
        code, id = getattr(sent, called), getattr(sent, f"{called}_id")
        if (code is not None and id is not None) or (field.info.is_required() and code is None and id is None):
            raise NameOrId(row=self.row, field=called, value=code or "")
        if code is not None:
            return {name: self.known.id_of(kind, code, called, self.row, item=made.get(kind.within))}
        return {name: id} if {called, f"{called}_id"} & given else {}

    def _value(self, model: type[BaseModel], field: _Field, sent: BaseModel, made: dict[str, Any]) -> dict[str, Any]:
        name, called, kind = field.name, field.called, field.kind
        value = getattr(sent, called)
        if value is None:
            return {name: None}
        if isinstance(kind, Steps):
            item = self.known.item_of(model.model_fields, kind, made, self.row)
            unit = getattr(sent, "unit", None)
            steps, ratio = self.known.steps(item, value, unit, called, self.row)
            if unit in (None, item.unit) or "entered" not in model.model_fields:
                return {name: steps}
            per_unit = {"numerator": ratio.numerator, "denominator": ratio.denominator}
            return {name: steps, "entered": value, "unit": unit, **per_unit}
        if isinstance(kind, Millionths | Minor):
            digits = 6 if isinstance(kind, Millionths) else minor_digits(self.known.actor.company.currency)
            return {name: whole(value, digits, called)}
        if (part := field.part) and is_translated(part):
            return {name: [self._line(place).values(part, each) for place, each in enumerate(value)]}
        return {name: value}

    def _line(self, place: int) -> "_Reader":
        return _Reader(self.known, place) if self.row is None else self


def _is_above_zero(field: FieldInfo) -> bool:
    """Whether a number has to be; its bounds stand on the field itself, or within ``... | None``."""
    within = [extra for each in get_args(field.annotation) for extra in get_args(each)[1:]]
    return any(isinstance(each, Gt) for info in (field, *within) for each in getattr(info, "metadata", ()))
