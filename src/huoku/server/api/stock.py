"""Stock as it was at a time, and where a lot came from and went to."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from huoku.server.api.lists import JSON, answer, asked_of, media_type
from huoku.server.api.problems import Malformed
from huoku.server.items.models import Item
from huoku.server.ledger.models import Location, Lot, Owner
from huoku.server.ledger.queries.history import Lay, stock_at
from huoku.server.ledger.queries.trace import Trace, where_from, where_to
from huoku.server.platform import clock
from huoku.server.platform.actor import Actor
from huoku.server.platform.doors import count_export
from huoku.server.platform.exact import plain
from huoku.server.platform.kept import rows_for
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.tables import export

COLUMNS = (
    *("item", "item_id", "location", "location_id", "lot", "lot_id", "owner", "owner_id", "status", "quantity"),
    "unit",
)
BY = ("recorded", "effective")


def stock_as_of(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What lay where at ``?at=`` (default: now), by what was recorded by then or (``by=effective``) had happened."""
    asked = asked_of(request)
    for name in asked:
        if name not in ("at", "by", "item", "location"):
            raise Malformed(field=name, value=f"{name}; possible: at, by, item, location")
    at, by = _moment(asked.get("at", "")), asked.get("by", "recorded")
    if by not in BY:
        raise Malformed(field="by", value="by: " + ", ".join(BY))
    lays = stock_at(actor.company.pk, at, by_effect=by == "effective")
    rows = _as_rows(actor, lays, asked.get("item", ""), asked.get("location", ""))
    wanted = media_type(request)
    if wanted == JSON:
        zone = ZoneInfo(actor.company.timezone)
        return answer({"at": at.astimezone(zone).isoformat(), "by": by, "rows": rows})
    count_export(actor)
    frame = pl.DataFrame(rows, schema={name: pl.Int64 if name.endswith("_id") else pl.String for name in COLUMNS})
    frame = frame.with_columns(pl.col("quantity").str.to_decimal(scale=6).cast(pl.Decimal(38, 6)))
    response = HttpResponse(export.file_of(wanted, frame), content_type=wanted)
    response["Content-Disposition"] = f'attachment; filename="stock_as_of.{export.FORMATS[wanted]}"'
    return response


def _moment(text: str) -> datetime:
    if not text:
        return clock.now()
    try:
        at = datetime.fromisoformat(text.replace(" ", "+"))
        if at.tzinfo is None or not 1000 < at.year < 9000:
            raise ValueError(text)
    except ValueError:
        raise Malformed(field="at", value="at=2026-03-31T18:00:00+08:00") from None
    return at.astimezone(UTC)


def _as_rows(actor: Actor, lays: Sequence[Lay], item: str, location: str) -> list[dict[str, Any]]:
    """By names and in units; places at sites where the actor does not work are left out."""
    items = {row.pk: row for row in rows_for(actor, Item).only("code", "unit", "decimals")}
    places, lots, owners = (_codes(actor, model) for model in (Location, Lot, Owner))
    return [
        {
            **{"item": items[lay.item_id].code, "item_id": lay.item_id},
            **{"location": places[lay.location_id], "location_id": lay.location_id},
            **{"lot": lots[lay.lot_id], "lot_id": lay.lot_id},
            **{"owner": owners[lay.owner_id], "owner_id": lay.owner_id, "status": lay.status},
            **{"quantity": plain(lay.quantity, items[lay.item_id].decimals), "unit": items[lay.item_id].unit},
        }
        for lay in lays
        if lay.location_id in places
        and item in ("", items[lay.item_id].code)
        and location in ("", places[lay.location_id])
    ]


def _codes(actor: Actor, model: type[Model]) -> dict[int, str]:
    return dict(rows_for(actor, model).values_list("pk", "code"))


def lot_came_from(request: HttpRequest, actor: Actor, lot_id: int) -> HttpResponse:
    """All lots that went into this one, however far back, and the receipts by which they came."""
    return _traced(actor, lot_id, where_from)


def lot_went_to(request: HttpRequest, actor: Actor, lot_id: int) -> HttpResponse:
    """All lots that this one went into, where they lie, and who got what: the list of a recall."""
    return _traced(actor, lot_id, where_to)


def _traced(actor: Actor, lot_id: int, way: Any) -> HttpResponse:
    if not Lot.objects.of(actor.company).filter(pk=lot_id).exists():
        raise NotFound(what="lots", field="id", value=lot_id)
    found: Trace = way(actor.company.pk, lot_id)
    decimals = dict(
        Lot.objects.of(actor.company)
        .filter(pk__in=[node.lot_id for node in found.lots])
        .values_list("pk", "item__decimals")
    )
    places, zone = set(_codes(actor, Location).values()), ZoneInfo(actor.company.timezone)
    return answer(
        {
            "lots": [
                {"lot_id": each.lot_id, "item": each.item, "lot": each.lot, "depth": each.depth} for each in found.lots
            ],
            "edges": [
                {
                    **{"parent_id": each.parent_id, "lot_id": each.lot_id, "document": each.document},
                    "quantity": plain(each.quantity, decimals[each.parent_id]),
                }
                for each in found.edges
            ],
            "crossings": [
                {
                    **{"movement_id": str(each.movement_id), "lot_id": each.lot_id, "location": each.place},
                    **{"kind": each.kind, "quantity": plain(each.quantity, decimals[each.lot_id])},
                    **{"document": each.document, "effective_at": each.effective_at.astimezone(zone).isoformat()},
                }
                for each in found.crossings
                if each.place in places
            ],
            "lying": [
                {
                    **{"lot_id": each.lot_id, "location": each.place, "status": each.status},
                    "on_hand": plain(each.on_hand, decimals[each.lot_id]),
                }
                for each in found.lying
                if each.place in places
            ],
        }
    )
