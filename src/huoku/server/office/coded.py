"""People name rows by codes, demands by the numbers of papers, and count in units; commands want ids, names of the
ledger and whole steps: here a form is told these."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from huoku.server.documents.papers import named_by
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits, whole
from huoku.server.platform.kept import Kept, Unknown, nouns, rows_for
from huoku.server.platform.naming import Mark, Millionths, Minor, Names, Steps, marks_of
from huoku.server.platform.refusals import Refused

DEMAND = "demand"
"""Fields of this name say whose something is, by a name of the ledger."""
PRICE_DIGITS = 6


def marks_in(info: FieldInfo) -> list[Mark]:
    return [each for each in (*info.metadata, *marks_of(info.annotation)) if isinstance(each, Mark)]


def names_in(info: FieldInfo) -> Names | None:
    """The mark of a field that holds the id of a row which has a code."""
    mark = next((each for each in marks_in(info) if isinstance(each, Names)), None)
    if mark is None or not issubclass(mark.rows, Kept):
        return None
    return mark if any(field.name == mark.code for field in mark.rows._meta.fields) else None


def counts_in_units(info: FieldInfo) -> bool:
    """Whether people give a decimal where the command wants whole steps, millionths or cents."""
    return any(isinstance(each, Steps | Millionths | Minor) for each in marks_in(info))


def with_ids(actor: Actor, request: type[BaseModel], said: Mapping[str, Any]) -> dict[str, Any]:
    """What a form said, with the ids of the rows that it names, and in whole steps. Raises Unknown, NotWholeSteps."""
    fields = request.model_fields
    named = {name: _inside(actor, fields.get(name), name, value) for name, value in said.items()}
    return {name: _in_steps(actor, fields, name, value, named) for name, value in named.items()}


def _line(actor: Actor, request: type[BaseModel], said: Mapping[str, Any], place: int) -> dict[str, Any]:
    """One of several rows of a form; a refusal tells in which one it was."""
    try:
        return with_ids(actor, request, said)
    except Refused as refusal:
        refusal.row = place
        raise


def _inside(actor: Actor, info: FieldInfo | None, name: str, value: Any) -> Any:
    if info is None:
        return value
    if isinstance(value, list):
        inner = next((each for each in get_args(info.annotation) if _is_model(each)), None)
        return [
            _line(actor, inner, each, place) if inner and isinstance(each, dict) else each
            for place, each in enumerate(value)
        ]
    mark = names_in(info)
    if name == DEMAND and mark is None and isinstance(value, str):
        return named_by(actor, value)
    if mark is None or not isinstance(value, str):
        return value
    model: Any = mark.rows
    found = rows_for(actor, model).filter(**{mark.code: value.strip()}).values_list("pk", flat=True).first()
    if found is None:
        raise Unknown(field=name, value=value, **nouns(model))
    return found


def _in_steps(actor: Actor, fields: Mapping[str, FieldInfo], name: str, value: Any, said: Mapping[str, Any]) -> Any:
    """A decimal that somebody typed as what the command counts in; what is no number the request itself refuses."""
    info = fields.get(name)
    mark = next((each for each in marks_in(info) if not isinstance(each, Names)), None) if info else None
    number = _number(value) if mark else None
    if number is None:
        return value
    match mark:
        case Millionths():
            return whole(number, PRICE_DIGITS, name)
        case Minor():
            return whole(number, minor_digits(actor.company.currency), name)
        case Steps():
            digits = _decimals(actor, fields, mark, said)
            return value if digits is None else whole(number, digits, name)
    return value


def _number(value: Any) -> Decimal | None:
    try:
        found = Decimal(value.strip()) if isinstance(value, str) else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() and abs(found.adjusted()) < 30 else None


def _decimals(actor: Actor, fields: Mapping[str, FieldInfo], mark: Steps, said: Mapping[str, Any]) -> int | None:
    """The digits of the item that is counted; None where the form does not say which."""
    of = fields.get(mark.of)
    names = next((each for each in marks_in(of) if isinstance(each, Names)), None) if of else None
    if names is None or not str(said.get(mark.of, "")).isdecimal():
        return None
    model: Any = names.rows
    way = f"{mark.way}__decimals" if mark.way else "decimals"
    found: int | None = rows_for(actor, model).filter(pk=int(said[mark.of])).values_list(way, flat=True).first()
    return found


def _is_model(what: Any) -> bool:
    return isinstance(what, type) and issubclass(what, BaseModel)
