"""Rows that people change: how a command finds, adds, changes and removes one, so that all of it is recorded alike."""

from functools import reduce
from operator import and_, or_
from typing import Any, ClassVar, TypeVar

from django.db import models

from huoku.language import Sentence
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import At
from huoku.server.platform.refusals import NotFound, Refused, Stale
from huoku.server.platform.scope import Scoped

M = TypeVar("M", bound=models.Model)
K = TypeVar("K", bound="Kept")


class Kept(Scoped):
    """``version`` counts the changes of a row, so that nobody overwrites what he has not seen."""

    noun: ClassVar[Sentence]
    """What one such row is called, in sentences."""
    at_site: ClassVar[tuple[str, ...]] = ()
    """The ways to the ids of the sites that a row belongs to, where it belongs to any: ``resource__site_id``."""

    derived: ClassVar[tuple[str, ...]] = ()
    """Columns that follow from others; nobody is told of them."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Unknown(Refused):
    code = "unknown"
    words = Sentence("没有{noun_zh} {value}。", "There is no {noun_en} {value}.")


class Taken(Refused):
    code = "taken"
    words = Sentence("{noun_zh} {value} 已经有了。", "The {noun_en} {value} exists already.")


class InUse(Refused):
    code, status, is_kept = "in_use", 409, False
    words = Sentence("{noun_zh}还在使用，不能删除。", "This {noun_en} is in use and cannot be removed.")


def facts(row: models.Model) -> dict[str, Any]:
    """The columns of a row by name, as the audit trail keeps them."""
    return {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in ("id", "company", "version", *getattr(row, "derived", ()))
    }


def rows_for(actor: Actor, model: type[M]) -> "models.QuerySet[M]":
    """The rows of ``model`` that the actor may know of: its company's, that belong to a site where it works or to none.

    The model says in ``at_site`` how a row leads to its sites.
    """
    rows: models.QuerySet[M] = model.objects.of(actor.company)  # type: ignore[attr-defined]
    ways: tuple[str, ...] = getattr(model, "at_site", ())
    if ways and actor.sites is not None:
        here = [models.Q(**{f"{way}__in": actor.sites}) for way in ways]
        nowhere = [models.Q(**{f"{way}__isnull": True}) for way in ways]
        rows = rows.filter(reduce(or_, here) | reduce(and_, nowhere))
    return rows


def named(at: At, model: type[K], field: str, value: object) -> K:
    """The row that a request names by its code. Raises Unknown."""
    row = rows_for(at.actor, model).filter(code=value).first()
    if row is None:
        raise Unknown(field=field, value=value, **nouns(model))
    return row


def opened(at: At, model: type[K], row_id: int, version: int | None) -> K:
    """The row to change, locked until the command ends. Raises NotFound; Stale where ``version`` is not its own."""
    row = rows_for(at.actor, model).select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None:
        raise NotFound(what=model.__name__.lower(), field="id", value=row_id)
    if version is not None and version != row.version:
        raise Stale(field="version", value=version)
    return row


def must_be_new(at: At, model: type[Kept], field: str, value: object, **key: Any) -> None:
    """Raises Taken where a row with this key is there already."""
    if model.objects.of(at.company_id).filter(**key).exists():
        raise Taken(field=field, value=value, **nouns(model))


def add(at: At, row: Kept) -> dict[str, object]:
    """Save a new row, record it and tell of it. Returns what the sender is told."""
    row.company_id = at.company_id
    row.save(force_insert=True)
    at.changed(row, {}, facts(row))
    at.tell(f"{row._meta.model_name}_added", row)
    return answer(row)


def change(at: At, row: Kept, values: dict[str, Any], *, is_touched: bool = False) -> dict[str, object]:
    """Give ``row`` (from ``opened``) new values, record what differs and tell of it. Where nothing differs, nothing
    happens, unless ``is_touched``: what belongs to the row has changed."""
    before = facts(row)
    for name, value in values.items():
        setattr(row, name, value)
    if facts(row) == before and not is_touched:
        return answer(row)
    row.version += 1
    row.save(force_update=True)
    at.changed(row, before, facts(row), is_touched=is_touched)
    at.tell(f"{row._meta.model_name}_changed", row)
    return answer(row)


def remove(at: At, row: Kept) -> dict[str, object]:
    """Delete a row that nothing refers to; its last values stay in the audit trail. Raises InUse."""
    gone = answer(row)
    before, told = facts(row), f"{row._meta.model_name}_removed"
    at.changed(row, before, {})
    at.tell(told, row)
    try:
        row.delete()
    except models.ProtectedError:
        raise InUse(field="id", value=gone["id"], **nouns(type(row))) from None
    return gone


def answer(row: Kept) -> dict[str, object]:
    return {"id": row.pk, "version": row.version}


def nouns(model: type[Kept]) -> dict[str, Any]:
    return {"noun_zh": model.noun.zh, "noun_en": model.noun.en}
