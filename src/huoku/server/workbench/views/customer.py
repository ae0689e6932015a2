"""How does the customer stand with us, what does it wait for, and do we keep what we promise? (客户一页)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.language import Sentence
from huoku.server.ledger.rights import READ as READ_STOCK
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.office.happened import happened
from huoku.server.office.talk import talk
from huoku.server.partners.models import Customer
from huoku.server.partners.rights import EDIT_CUSTOMERS, READ
from huoku.server.planning.models import PlanRun
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.table import TABLES
from huoku.server.sales.commands.orders import enter_order
from huoku.server.sales.queries.kept import open_lines, promises_of, worth
from huoku.server.sales.rights import READ as READ_SALES
from huoku.server.workbench.partner.customer_facts import (
    contracts_of,
    dead_of_customer,
    kept_for,
    mean_late,
    waiting_of,
    with_inquiries,
)
from huoku.server.workbench.partner.customer_state import Seen, actions_of, badge_of
from huoku.server.workbench.tabs import Tab, chosen_tab

MOST, MOST_WAITING, MOST_KEPT, MOST_CONTRACTS = 25, 10, 6, 8
TABS = {
    "sales_orders": Tab(
        Sentence("销售订单", "Orders"), "customer", "-id", ("currency", "site", "priority", "made_at", "attributes")
    ),
    "shipments": Tab(Sentence("发货单", "Shipments"), "customer", "-id", ("customer_name", "address", "site")),
    "forecasts": Tab(Sentence("合同和预测", "Contracts and forecasts"), "customer", "-id"),
    "customer_statements": Tab(Sentence("对账单", "Statements"), "customer", "-id"),
}


@require_GET
@page
def customer(request: HttpRequest, actor: Actor, customer_id: int) -> HttpResponse:
    """The page of one customer. Who must not know who ordered what sees no order here, and no name."""
    actor.must(READ)
    found = with_inquiries(actor, rows_for(actor, Customer)).filter(pk=customer_id).first()
    if found is None:
        raise Http404
    knows = actor.sees(FieldGroup.CUSTOMER_IDENTITY)
    run = last_run(actor) if actor.may(READ_PLANS) else None
    sold = _sales(actor, found, run) if knows and actor.may(READ_SALES) else {}
    seen = Seen(found, sold.get("waiting", ()), has_had=bool(sold.get("promises")))
    actions = list(actions_of(actor, seen)) if sold else []
    facts: dict[str, Any] = {
        "customer": found,
        "knows": knows,
        "today": business_day(actor.company, page_time()),
        "badge": badge_of(seen) if sold else None,
        "action": actions[0] if actions else None,
        "may_edit": actor.may(EDIT_CUSTOMERS),
        "may_order": knows and found.is_active and actor.may(enter_order.right),
        "sees_prices": actor.sees(FieldGroup.SALES_PRICE),
        "sees_costs": actor.sees(FieldGroup.COST),
        "run": run,
        **sold,
        **(_left(actor, found, run) if knows and run and actor.sees(FieldGroup.COST) else {}),
        **(chosen_tab(request, actor, TABS, found.code) if knows else {}),
        **talk(actor, TABLES["customers"], found.pk),
        "history": happened(TABLES["customers"], actor, found.pk, language()),
    }
    return shown(request, actor, "workbench/customer.html", facts)


def _sales(actor: Actor, of: Customer, run: PlanRun | None) -> dict[str, Any]:
    """How promises were kept, what is still to go, what is kept for it, and what its contracts have left."""
    today = business_day(actor.company, page_time())
    made, lines = promises_of(actor, of), open_lines(actor, of)
    waiting = waiting_of(lines, run, today, language())
    kept = kept_for(actor, lines, run) if actor.may(READ_STOCK) else []
    contracts = contracts_of(actor, of, today) if actor.may(READ_PLANS) else []
    return {
        "promises": made[:MOST],
        "due_count": len(made),
        "kept": sum(each.is_kept for each in made),
        "share_kept": sum(each.is_kept for each in made) / len(made) if made else None,
        "mean_late": mean_late(made),
        "late": sum(each.went_on is None for each in made),
        "waiting": waiting,
        "shown_waiting": waiting[:MOST_WAITING],
        "next": min(waiting, key=lambda each: (each.is_overdue, each.day, each.line.pk), default=None),
        "in_danger": sum(each.level in "RO" for each in waiting),
        "value": sum(float(worth(line)) for line in lines if line.order.currency == of.currency),
        "other_currencies": sorted({line.order.currency for line in lines} - {of.currency}),
        "held": kept[:MOST_KEPT],
        "held_count": len(kept),
        "held_worth": sum(each.worth or 0 for each in kept) if run else None,
        "contracts": contracts[:MOST_CONTRACTS],
        "contracts_count": len(contracts),
    }


def _left(actor: Actor, of: Customer, run: PlanRun) -> dict[str, Any]:
    """What is dead of products that nobody else ever ordered."""
    dead = dead_of_customer(actor, of, run)
    return {"dead": dead[:MOST_KEPT], "dead_worth": sum(each.worth for each in dead)}
