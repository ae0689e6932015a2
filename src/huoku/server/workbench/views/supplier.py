"""How does he stand, what is still to come from him, does he keep his days, and on which terms does he sell?
(供应商一页)"""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.office.happened import happened
from huoku.server.office.talk import talk
from huoku.server.partners.models import Supplier, SupplierDay
from huoku.server.partners.rights import EDIT_SUPPLIERS, READ
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.table import TABLES
from huoku.server.purchasing.commands.drafting import add_order
from huoku.server.purchasing.punctual import deliveries
from huoku.server.purchasing.rights import READ as READ_PURCHASES
from huoku.server.workbench.partner.supplier_facts import (
    coming_of,
    excess_of,
    punctual,
    refused_of,
    to_buy,
    waiting_papers,
    with_drafts,
)
from huoku.server.workbench.partner.supplier_state import Seen, actions_of, badge_of
from huoku.server.workbench.tabs import Tab, chosen_tab
from huoku.server.workbench.terms import Terms, terms_of

MOST_DELIVERIES, MOST_COMING, MOST_TERMS, MOST_EXCESS = 25, 8, 15, 5
TABS = {
    "purchase_orders": Tab(
        Sentence("采购订单", "Orders"), "supplier", "-id", ("currency", "location", "end_reason", "missing", "made_by")
    ),
    "supplier_statements": Tab(Sentence("对账单", "Statements"), "supplier", "-id"),
    "supplier_offers": Tab(Sentence("书面报价", "Written offers"), "supplier", "-id"),
    "supplier_days": Tab(Sentence("他的日历", "His calendar"), "supplier", "date"),
}


@require_GET
@page
def supplier(request: HttpRequest, actor: Actor, supplier_id: int) -> HttpResponse:
    """The page of one supplier; ``?tab=`` chooses which of his papers are listed."""
    actor.must(READ)
    found = with_drafts(actor, rows_for(actor, Supplier)).filter(pk=supplier_id).first()
    if found is None:
        raise Http404
    today = business_day(actor.company, page_time())
    terms = terms_of(actor, found, today)
    bought = _purchases(actor, found) if actor.may(READ_PURCHASES) else {}
    planned = to_buy(actor, found, today) if actor.may(READ_PLANS) else None
    seen = Seen(
        found,
        len(terms),
        bought.get("coming", ()),
        bought.get("waiting_papers", {}),
        planned,
        has_delivered=bool(bought.get("deliveries")),
    )
    actions = list(actions_of(actor, seen))
    facts: dict[str, Any] = {
        "supplier": found,
        "today": today,
        "badge": badge_of(seen),
        "action": actions[0] if actions else None,
        "sees_terms": actor.sees(FieldGroup.SUPPLIER_TERMS),
        "sees_costs": actor.sees(FieldGroup.COST),
        "may_edit": actor.may(EDIT_SUPPLIERS),
        "may_order": actor.may(add_order.right),
        "to_buy": planned,
        "closed": rows_for(actor, SupplierDay)
        .filter(supplier=found, is_open=False, date__gte=today)
        .order_by("date")[:8],
        **_told_of(terms),
        **bought,
        **(_left_over(actor, found) if actor.may(READ_PLANS) and actor.sees(FieldGroup.COST) else {}),
        **chosen_tab(request, actor, TABS, found.code),
        **talk(actor, TABLES["suppliers"], found.pk),
        "history": happened(TABLES["suppliers"], actor, found.pk, language()),
    }
    return shown(request, actor, "workbench/supplier.html", facts)


def _told_of(terms: Sequence[Terms]) -> dict[str, Any]:
    """The terms, and which of their columns say anything."""
    days = [each.source.lead_time_days for each in terms if each.standing == "holds"]
    return {
        "terms": terms[:MOST_TERMS],
        "further_terms": len(terms[MOST_TERMS:]),
        "terms_count": len(terms),
        "has_fees": any(each.fee for each in terms),
        "has_least": any(each.least for each in terms),
        "has_ends": any(each.source.valid_from or each.source.valid_to for each in terms),
        "least_days": min(days, default=None),
        "most_days": max(days, default=None),
    }


def _purchases(actor: Actor, of: Supplier) -> dict[str, Any]:
    """How punctual he was, how good what he sent, and what is still to come."""
    today = business_day(actor.company, page_time())
    made, coming = deliveries(actor, of), coming_of(actor, of, today)
    refused, came = refused_of(made, coming)
    worth = [each.worth for each in coming if each.worth is not None and each.line.order.currency == of.currency]
    return {
        "deliveries": made[:MOST_DELIVERIES],
        "punctual": punctual(made),
        "coming": coming,
        "shown_coming": coming[:MOST_COMING],
        "next": next((each for each in coming if not each.late_days), None),
        "coming_worth": sum(worth) if worth else None,
        "other_currencies": sorted({each.line.order.currency for each in coming} - {of.currency}),
        "refused": len(refused),
        "came": came,
        "waiting_papers": waiting_papers(of, coming),
    }


def _left_over(actor: Actor, of: Supplier) -> dict[str, Any]:
    """What of decided purchases nobody needed."""
    found = excess_of(actor, of)
    return {
        "excess": found[:MOST_EXCESS],
        "excess_count": len(found),
        "excess_worth": sum(each.worth for each in found),
    }
