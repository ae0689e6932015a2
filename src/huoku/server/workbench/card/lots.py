"""What lies there lot by lot, the oldest first, and what becomes of each by the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import F

from huoku.plan import Plan
from huoku.server.items.models import Item
from huoku.server.ledger.models import Balance
from huoku.server.planning.places_seen import places_seen
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.workbench.card.ledger import place_called
from huoku.server.workbench.card.stock import OF_OTHERS, STANDINGS, Badge

ROWS = 50


@dataclass(frozen=True, slots=True)
class LotLine:
    """``left``: what the plan uses nothing of, None where no plan tells; ``used``: the odds that it is used later;
    ``loss``: the money of it that is expected never to come back."""

    id: int
    code: str
    place: str
    quantity: float
    received_on: date | None
    age_days: int | None
    expires_on: date | None
    badge: Badge
    left: float | None
    used: float | None
    loss: float | None


def lots_of(actor: Actor, item: Item, plan: Plan | None, today: date) -> list[LotLine]:
    rows = rows_for(actor, Balance).filter(item=item, on_hand__gt=0).select_related("lot", "location", "owner")
    found = rows.order_by(F("lot__received_on").asc(nulls_last=True), "lot_id", "location__code")[:ROWS]
    known = plan is not None and not plan.factory.items.filter(pl.col("item") == item.code).is_empty()
    over = _left_over(plan, item.code, places_seen(actor)) if plan is not None and known else {}
    step = 10**item.decimals
    told = []
    for row in found:
        left, used, loss = over.get(row.lot.code, (0.0, None, None)) if known else (None, None, None)
        received = row.lot.received_on
        told.append(
            LotLine(
                id=row.lot_id,
                code=row.lot.code,
                place=place_called(row.location),
                quantity=row.on_hand / step,
                received_on=received,
                age_days=(today - received).days if received else None,
                expires_on=row.lot.expires_on,
                badge=OF_OTHERS if row.owner.code else STANDINGS[row.status],
                left=left,
                used=used,
                loss=loss,
            )
        )
    return told


def _left_over(
    plan: Plan, item: str, places: Sequence[str] | None
) -> dict[str, tuple[float, float | None, float | None]]:
    """By lot, what is left of it (at these places alone) at the end of the plan, the odds that it is used after, what
    is lost of it."""
    is_seen = pl.lit(True) if places is None else pl.col("location").is_in(list(places))
    rows = (
        plan.leftovers.filter(pl.col("item") == item, is_seen)
        .group_by("cause")
        .agg(pl.col("qty").sum(), pl.col("p_use").first(), pl.col("expected_loss").sum())
    )
    return {cause or "": (qty, used, loss) for cause, qty, used, loss in rows.iter_rows()}
