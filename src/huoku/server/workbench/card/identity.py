"""Who an item is: its picture, from whom it is mostly bought and how punctual that is, and what is used of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from huoku.server.items.models import Item, ItemFile
from huoku.server.partners.models import Source
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.validity import valid_on
from huoku.server.purchasing.models import SupplierRecord
from huoku.server.purchasing.rights import READ as READ_PURCHASES


@dataclass(frozen=True, slots=True)
class MainSource:
    """The source that is tried first. ``due``: so many of the supplier's lines were due, ``on_time`` of them came by
    their day."""

    source: Source
    moq: float | None
    multiple: float | None
    due: int = 0
    on_time: int = 0

    @property
    def punctual(self) -> float | None:
        return self.on_time / self.due if self.due else None


def main_source(actor: Actor, item: Item, today: date) -> MainSource | None:
    """Of those whose terms hold today."""
    rows = rows_for(actor, Source).filter(valid_on(today), item=item, supplier__is_active=True)
    rows = rows.select_related("supplier")
    if actor.may(READ_PURCHASES):
        record: QuerySet[Any] = rows_for(actor, SupplierRecord).filter(pk=OuterRef("supplier_id"))
        rows = rows.annotate(due=Subquery(record.values("lines_due")), kept=Subquery(record.values("lines_on_time")))
    source = rows.order_by("priority", F("price_millionths").asc(nulls_last=True), "pk").first()
    if source is None:
        return None
    step = 10**item.decimals
    return MainSource(
        source=source,
        moq=source.moq_steps / step or None,
        multiple=source.multiple_steps / step or None,
        due=getattr(source, "due", 0) or 0,
        on_time=getattr(source, "kept", 0) or 0,
    )


def pictured(files: Any) -> tuple[Any, Any]:
    """The newest photo that pages show small, and the newest drawing, of the files of an item."""
    photo = drawing = None
    for each, is_picture in files:
        if is_picture and each.kind == ItemFile.Kind.PHOTO:
            photo = each
        elif each.kind == ItemFile.Kind.DRAWING:
            drawing = each
    return photo, drawing
