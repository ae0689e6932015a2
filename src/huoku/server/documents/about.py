"""Which row something is about: found by its kind and id, where the actor may read it."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

from huoku.server.platform.actor import Actor
from huoku.server.platform.command import At
from huoku.server.platform.kept import Kept, rows_for
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.tables.table import TABLES, Table

M = TypeVar("M", bound=models.Model)
UNTALKED = ("documents.", "office.")
"""What people say to each other, and how they look at lists, is nothing to talk about in its turn."""


def talked_about(table: Table) -> bool:
    """May people write to the rows of this table, and put files to them? To whatever they change by versions."""
    return issubclass(table.model, Kept) and not table.model._meta.label_lower.startswith(UNTALKED)


def tables_talked_about() -> Mapping[str, Table]:
    """By the label of the model, such as sales.salesorder."""
    return {table.model._meta.label_lower: table for table in TABLES.values() if talked_about(table)}


def subject(at: At, what: str, row: int) -> Kept:
    """The row of this kind with this id. Raises NotFound, and NotAllowed where its kind may not be read."""
    table = tables_talked_about().get(what)
    if table is None:
        raise NotFound(field="what", value=what, what="table")
    at.actor.must(table.read)
    found: Kept | None = table.rows_for(at.actor).filter(pk=row).first()
    if found is None:
        raise NotFound(field="row", value=row, what=what)
    return found


def may_read(actor: Actor, row: Kept) -> bool:
    table = tables_talked_about()[row._meta.label_lower]
    return actor.may(table.read) and table.rows_for(actor).filter(pk=row.pk).exists()


def rows_about(actor: Actor, model: type[M]) -> "models.QuerySet[M]":
    """Comments, files or tasks of those kinds of rows that the actor may read: what is said of a paper says what
    stands in it."""
    closed = [what for what, table in tables_talked_about().items() if not actor.may(table.read)]
    return rows_for(actor, model).exclude(what__in=closed)


def site_of(row: Kept) -> int | None:
    """The site that the row belongs to, itself or by what it is a part of; None where it belongs to none."""
    ways: tuple[str, ...] = getattr(row, "at_site", ())
    found = rows_of_its_kind(row).values_list(*ways).first() if ways else None
    return next((site for site in found or () if site is not None), None)


def rows_of_its_kind(row: Kept) -> Any:
    return type(row).objects.of(row.company_id).filter(pk=row.pk)


def name_of(row: Kept) -> str:
    """What people call it: its number or code, else what it says of itself."""
    return str(getattr(row, "number", "") or getattr(row, "code", "") or row)


def about(at: At, row: Kept) -> dict[str, Any]:
    """The columns of what is written to a row: which it is, where, when and by whom."""
    return {
        "what": row._meta.label_lower,
        "row": row.pk,
        "site_id": site_of(row),
        "made_at": at.now,
        "made_by": at.actor.user,
    }
