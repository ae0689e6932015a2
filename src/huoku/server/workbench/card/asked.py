"""The item and what is counted about it, in one question to the database."""

from collections.abc import Hashable
from typing import Any, NamedTuple

from django.db.models import Count as HowMany
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from huoku.server.items.models import BomLine, Item, Substitute
from huoku.server.ledger.models import Balance, Count, Movement, Reservation, SupplyBalance
from huoku.server.ledger.rights import READ as READ_STOCK
from huoku.server.partners.models import Source
from huoku.server.planning.models import Proposal
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.prepared import Prepared, columns, given, row_of
from huoku.server.shortages.models import ShortageCase
from huoku.server.shortages.rights import READ as READ_SHORTAGES
from huoku.server.shortages.states import OPEN

MOST_KEPT = 200
"""So many kinds of readers are remembered with their question."""
_KEPT: dict[Hashable, "_Question"] = {}


class _Question(NamedTuple):
    """``names``: what is asked beside the columns of the item, in its order."""

    names: tuple[str, ...]
    query: Prepared


def item_asked(actor: Actor, item_id: int) -> Item | None:
    """The item, and of it: ``next_id`` and ``previous_id`` by code; ``n_...`` for each tab that has a number;
    ``supply_...`` what comes first, ``need_...`` who takes of what is kept first, ``count...`` what the last count
    said, ``doubted_id`` a place where one waits for approval; ``case_...`` an open shortage."""
    names, query = _question(actor)
    of_item = columns(Item)
    for values in query.rows(id=item_id):
        item = row_of(Item, values[: len(of_item)])
        for name, value in zip(names, values[len(of_item) :], strict=True):
            setattr(item, name, value)
        return item
    return None


def _question(actor: Actor) -> _Question:
    """The same for all who see the same of the same company. To put it together takes as long as to answer it."""
    reader = (actor.company.pk, actor.sites, actor.may(READ_STOCK), actor.may(READ_SHORTAGES))
    found = _KEPT.get(reader) or _put_together(actor)
    if reader not in _KEPT and len(_KEPT) >= MOST_KEPT:
        _KEPT.clear()
    _KEPT[reader] = found
    return found


def _put_together(actor: Actor) -> _Question:
    about = {**_neighbours(actor), **_counts(actor)}
    if actor.may(READ_STOCK):
        about |= _first(actor)
    if actor.may(READ_SHORTAGES):
        about |= _short(actor)
    rows: Any = rows_for(actor, Item).filter(pk=given("id")).annotate(**about)
    return _Question(tuple(about), Prepared(lambda: rows.values_list(*columns(Item), *about)))


def _neighbours(actor: Actor) -> dict[str, Any]:
    others = rows_for(actor, Item)
    return {
        "next_id": Subquery(others.filter(code__gt=OuterRef("code")).order_by("code").values("pk")[:1]),
        "previous_id": Subquery(others.filter(code__lt=OuterRef("code")).order_by("-code").values("pk")[:1]),
    }


def _counts(actor: Actor) -> dict[str, Any]:
    reserved = rows_for(actor, Reservation).filter(state__in=Reservation.OPEN)
    return {
        "n_movements": _count(rows_for(actor, Movement)),
        "n_reservations": _count(reserved),
        "n_supplies": _count(rows_for(actor, SupplyBalance).filter(quantity__gt=0)),
        "n_bom_lines": _count(rows_for(actor, BomLine), "component"),
        "n_lines": _count(rows_for(actor, BomLine), "bom__parent"),
        "n_stands_in": _count(rows_for(actor, Substitute), "substitute"),
        "n_substitutes": _count(rows_for(actor, Substitute)),
        "n_sources": _count(rows_for(actor, Source)),
        "n_lots": _count(rows_for(actor, Balance).filter(on_hand__gt=0)),
        "n_proposals": _count(rows_for(actor, Proposal).filter(state=Proposal.State.OPEN)),
    }


def _count(rows: "QuerySet[Any]", by: str = "item") -> Coalesce:
    mine = rows.filter(**{by: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(mine.values(by).annotate(n=HowMany("*")).values("n")), 0)


def _first(actor: Actor) -> dict[str, Any]:
    """What comes first, how much comes in all, and for what the first of the reserved stock is kept."""
    mine: dict[str, Any] = {"item": OuterRef("pk")}
    coming = rows_for(actor, SupplyBalance).filter(**mine, quantity__gt=0)
    first = coming.order_by("expected_on", "pk")
    kept = rows_for(actor, Reservation).filter(**mine, state__in=Reservation.OPEN)
    kept = kept.exclude(kind=Reservation.Kind.SUPPLY).order_by("need_on", "made_at", "pk")
    counted = rows_for(actor, Count).filter(**mine)
    last, waits = counted.order_by("-pk"), counted.filter(state__in=(Count.State.STATED, Count.State.RECOUNT))
    return {
        "counted_at": Subquery(last.values("counted_at")[:1]),
        "count_difference": Subquery(last.values("difference")[:1]),
        "doubted_id": Subquery(waits.order_by("-pk").values("location_id")[:1]),
        "supply_sum": Subquery(coming.order_by().values("item").annotate(n=Sum("quantity")).values("n")),
        "supply_on": Subquery(first.values("expected_on")[:1]),
        "supply_is_firm": Subquery(first.values("is_firm")[:1]),
        "supply_name": Subquery(first.values("supply")[:1]),
        "need_on": Subquery(kept.values("need_on")[:1]),
        "need_name": Subquery(kept.values("demand")[:1]),
    }


def _short(actor: Actor) -> dict[str, Any]:
    mine: dict[str, Any] = {"item": OuterRef("pk"), "state__in": OPEN}
    case = rows_for(actor, ShortageCase).filter(**mine).order_by("need_on", "pk")
    return {
        "case_id": Subquery(case.values("pk")[:1]),
        "case_number": Subquery(case.values("number")[:1]),
        "case_missing": Subquery(case.values("missing_steps")[:1]),
        "case_need_on": Subquery(case.values("need_on")[:1]),
    }
