"""What is kept for the lines of orders: reserved through the bill of material, and given back."""

from collections.abc import Sequence
from dataclasses import dataclass

from huoku.server.ledger.covering import keep_for, lock_stock_of
from huoku.server.ledger.handing import give_back
from huoku.server.ledger.models import Reservation
from huoku.server.platform.command import At
from huoku.server.sales.models import SalesLine, SalesOrder
from huoku.server.sales.queries.materials import Materials, Wanted, items_behind, materials_for


@dataclass(frozen=True, slots=True)
class Freed:
    """What a demand no longer keeps: of stock at a place, or of a supply."""

    item: int
    location: int
    supply: str
    quantity: int


def open_lines(at: At, order: SalesOrder) -> list[SalesLine]:
    """The lines of which something is still to be delivered, in order."""
    lines = SalesLine.objects.of(at.company_id).filter(order=order).select_related("item").order_by("seq")
    return [line for line in lines if line.open_steps]


def wanted_of(line: SalesLine) -> Wanted:
    return Wanted(line.demand, line.item_id, line.open_steps, line.promised_on or line.due_on)


def look(at: At, order: SalesOrder, lines: Sequence[SalesLine]) -> list[Materials]:
    """How the lines are covered, one after the other. Nothing is reserved."""
    today = at.today
    return materials_for(at.company_id, [wanted_of(line) for line in lines], today, order.site_id)


def keep(at: At, order: SalesOrder, lines: Sequence[SalesLine], lasts_seconds: int | None = None) -> list[Materials]:
    """Keep what covers the lines, instead of what was kept for them before. The stock concerned is locked first, so
    that of two sellers who want the last pieces one gets them and the other sees the true rest."""
    lock(at, lines)
    for line in lines:
        release_all(at, line)
    found = look(at, order, lines)
    for line, materials in zip(lines, found, strict=True):
        keep_for(at, line.demand, order.priority, materials.covers, lasts_seconds)
    return found


def lock(at: At, lines: Sequence[SalesLine]) -> None:
    """Nobody else takes stock of what the lines are made from until the command ends."""
    today = at.today
    lock_stock_of(at, items_behind(at.company_id, [line.item_id for line in lines], today))


def release_all(at: At, line: SalesLine) -> list[Freed]:
    """Give back everything that is kept for a line; returns what that frees."""
    rows = Reservation.objects.of(at.company_id).filter(demand=line.demand, state__in=Reservation.OPEN)
    kept = list(rows.select_related("supply").order_by("pk"))
    give_back(at, {row.pk: row.open_quantity for row in kept})
    return [
        Freed(row.item_id, row.location_id, row.supply.supply if row.supply else "", row.open_quantity) for row in kept
    ]
