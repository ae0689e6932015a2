"""People name rows by their codes; commands that want ids are told these."""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import Kept, Unknown, nouns, rows_for
from huoku.server.platform.naming import Names, marks_of


def names_in(info: FieldInfo) -> Names | None:
    """The mark of a field that holds the id of a row which has a code."""
    marks = [*info.metadata, *marks_of(info.annotation)]
    mark = next((each for each in marks if isinstance(each, Names)), None)
    if mark is None or not issubclass(mark.rows, Kept):
        return None
    return mark if any(field.name == mark.code for field in mark.rows._meta.fields) else None


def with_ids(actor: Actor, request: type[BaseModel], said: Mapping[str, Any]) -> dict[str, Any]:
    """What a form said, with the ids of the rows that it names. Raises Unknown."""
    return {name: _inside(actor, request.model_fields.get(name), name, value) for name, value in said.items()}


def _inside(actor: Actor, info: FieldInfo | None, name: str, value: Any) -> Any:
    if info is None:
        return value
    if isinstance(value, list):
        inner = next((each for each in get_args(info.annotation) if _is_model(each)), None)
        return [with_ids(actor, inner, each) if inner and isinstance(each, dict) else each for each in value]
    mark = names_in(info)
    if mark is None or not isinstance(value, str):
        return value
    model: Any = mark.rows
    found = rows_for(actor, model).filter(**{mark.code: value.strip()}).values_list("pk", flat=True).first()
    if found is None:
        raise Unknown(field=name, value=value, **nouns(model))
    return found


def _is_model(what: Any) -> bool:
    return isinstance(what, type) and issubclass(what, BaseModel)
