"""Everything about one item: how it stands now, what comes, and what is best done about it (物料一页)."""

from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.language import Language
from huoku.plan import Plan
from huoku.report.stock_chart import draw_projection
from huoku.report.stock_told import places_of, projection
from huoku.sense.weekly_use import WeeklyUse, weekly_use
from huoku.server.documents.papers import Paper, papers
from huoku.server.items.rights import EDIT, READ
from huoku.server.ledger.rights import APPROVE_COUNT, RESERVE
from huoku.server.ledger.rights import READ as READ_STOCK
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.office.talk import talk
from huoku.server.partners.rights import EDIT_SUPPLIERS
from huoku.server.partners.rights import READ as READ_PARTNERS
from huoku.server.planning.advising import plan_in_hand
from huoku.server.planning.places_seen import places_seen
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.table import TABLES
from huoku.server.warehouse.rights import ASK
from huoku.server.workbench.card.advice import parents_of, proposals_of
from huoku.server.workbench.card.asked import item_asked
from huoku.server.workbench.card.identity import main_source, pictured
from huoku.server.workbench.card.ledger import entries_of, movements_of
from huoku.server.workbench.card.state import Seen, action_of, badge_of
from huoku.server.workbench.card.stock import Counted, Stock, counted_of, stock_of
from huoku.server.workbench.card.tabs import rows_of, tabs_of

NEAR_DAYS = 56
"""The projection looks eight weeks ahead, where one does not ask for all of it."""


TOLD_THERE = ("bom_lines", "changes")
"""Tabs beside which it is not told where the item is used: it is what the first lists; the other has a page full."""


@require_GET
@page
def card(request: HttpRequest, actor: Actor, item_id: int) -> HttpResponse:
    """The card of one item; ``?tab=`` chooses which of its rows are listed, ``?ahead=all`` and ``?place=`` what the
    projection shows."""
    actor.must(READ)
    item: Any = item_asked(actor, item_id)
    if item is None:
        raise Http404
    lang, today = language(), business_day(actor.company, page_time())
    stock, counted = _stock(actor, item)
    plan, told = _plan(request, actor, item.code, lang)
    tabs = tabs_of(request, actor, item)
    proposals = proposals_of(actor, item, today) if item.n_proposals and actor.may(READ_PLANS) else []
    moves = movements_of(actor, item) if tabs["tab"] == "movements" and item.n_movements else []
    named = papers(actor, {name for name in (*_names(item), *(each.document for each in moves)) if name})
    said = talk(actor, TABLES["items"], item.pk)
    photo, drawing = pictured(said["talk"]["files"]) if said else (None, None)
    seen = Seen(item, stock, counted, proposals, today, named.get(getattr(item, "supply_name", None) or ""))
    facts = {
        "item": item,
        "stock": stock,
        "counted": counted,
        "photo": photo,
        "drawing": drawing,
        "source": main_source(actor, item, today) if item.n_sources and actor.may(READ_PARTNERS) else None,
        "badge": badge_of(seen),
        "action": action_of(actor, seen),
        "first_supply": seen.supply,
        "late_days": seen.late_days,
        "first_need": named.get(getattr(item, "need_name", None) or "", Paper("")).number,
        "proposals": proposals,
        "parents": parents_of(actor, item, today) if item.n_bom_lines and tabs["tab"] not in TOLD_THERE else [],
        "best_place": stock.best_place,
        "weeks_left": _weeks(stock, told.get("use")),
        **told,
        **tabs,
        "entries": entries_of(actor, item, moves, named, stock.balances),
        **rows_of(actor, item, tabs["tab"], plan, today, lang),
        **said,
        **_rights(actor),
        **_master(item),
        "today": today,
        "currency": actor.company.currency,
    }
    return shown(request, actor, "workbench/item.html", facts)


def _master(item: Any) -> dict[str, float | None]:
    """Figures of the item master in units."""
    cost, price = item.unit_cost_millionths, item.price_millionths
    return {
        "safety": item.safety_stock_steps / 10**item.decimals,
        "unit_cost": None if cost is None else cost / 1_000_000,
        "price": None if price is None else price / 1_000_000,
    }


def _stock(actor: Actor, item: Any) -> tuple[Stock, Counted | None]:
    if not actor.may(READ_STOCK):
        return Stock(0.0, 0.0, 0.0, 0.0, (), {}), None
    return stock_of(actor, item), counted_of(item, knows=actor.may(APPROVE_COUNT))


def _weeks(stock: Stock, use: WeeklyUse | None) -> str:
    """How long what is free lasts at the use of the past."""
    return f"{stock.free / use.mean:.1f}".removesuffix(".0") if use and use.mean else ""


def _names(item: Any) -> tuple[str | None, ...]:
    return getattr(item, "supply_name", None), getattr(item, "need_name", None)


def _rights(actor: Actor) -> dict[str, bool]:
    return {
        "may_read_stock": actor.may(READ_STOCK),
        "may_reserve": actor.may(RESERVE),
        "may_move": actor.may(ASK),
        "may_edit": actor.may(EDIT),
        "may_edit_sources": actor.may(EDIT_SUPPLIERS),
        "sees_costs": actor.sees(FieldGroup.COST),
        "sees_prices": actor.sees(FieldGroup.SALES_PRICE),
        "sees_terms": actor.sees(FieldGroup.SUPPLIER_TERMS),
    }


def _plan(request: HttpRequest, actor: Actor, code: str, lang: Language) -> tuple[Plan | None, dict[str, Any]]:
    """The last plan, and what it tells of the item: the projection with its verdict, the use of a week."""
    run = last_run(actor) if actor.may(READ_PLANS) else None
    if run is None:
        return None, {}
    plan = plan_in_hand(run, lang)
    row = plan.factory.items.filter(pl.col("item") == code)
    if row.is_empty() or row["kind"][0] == "phantom":  # it came after the plan was made, or is never there
        return plan, {"run": run}
    every, seen = places_of(plan, code), places_seen(actor)
    places = every if seen is None else [place for place in seen if place in every]
    if not places and every:
        return plan, {"run": run, "is_elsewhere": True}
    place = request.GET.get("place", "")
    # Whoever works at some sites alone is told of one of them at a time: the sum would tell of the others.
    place = place if place in places else "" if seen is None or not places else places[0]
    is_all = request.GET.get("ahead") == "all"
    found = projection(plan, code, days=None if is_all else NEAR_DAYS, location=place or None)
    return plan, {
        "run": run,
        "verdict": found.told(lang),
        "level": found.level,
        "chart": draw_projection(plan, found, lang),
        "is_unaided": bool(found.short),
        "has_safety": bool(found.safety),
        "places": places if len(every) > 1 else [],
        "sees_all_places": seen is None,
        "place": place,
        "needed_today": -found.needed_today,
        "ahead": "all" if is_all else "",
        "use": weekly_use(plan.factory, code, seen),
    }
