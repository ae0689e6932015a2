"""On which terms does he sell, what is still to come from him, and does he keep his days? (供应商一页)"""

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
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.table import TABLES
from huoku.server.purchasing.commands.drafting import add_order
from huoku.server.purchasing.models import PurchaseChase
from huoku.server.purchasing.punctual import deliveries
from huoku.server.purchasing.rights import READ as READ_PURCHASES
from huoku.server.workbench.tabs import Tab, chosen_tab
from huoku.server.workbench.terms import terms_of

MOST_DELIVERIES = 25
TABS = {
    "purchase_chases": Tab(Sentence("还没到的", "Still to come"), "supplier", "due_on", ("number",)),
    "purchase_orders": Tab(Sentence("采购订单", "Orders"), "supplier", "-id"),
    "supplier_statements": Tab(Sentence("对账单", "Statements"), "supplier", "-id"),
    "supplier_days": Tab(Sentence("他的日历", "His calendar"), "supplier", "date"),
}


@require_GET
@page
def supplier(request: HttpRequest, actor: Actor, supplier_id: int) -> HttpResponse:
    """The page of one supplier; ``?tab=`` chooses which of his papers are listed."""
    actor.must(READ)
    found = rows_for(actor, Supplier).filter(pk=supplier_id).first()
    if found is None:
        raise Http404
    lang, today = language(), business_day(actor.company, page_time())
    facts: dict[str, Any] = {
        "supplier": found,
        "today": today,
        "terms": terms_of(actor, found, today),
        "sees_terms": actor.sees(FieldGroup.SUPPLIER_TERMS),
        "may_edit": actor.may(EDIT_SUPPLIERS),
        "may_order": actor.may(add_order.right),
        "closed": rows_for(actor, SupplierDay)
        .filter(supplier=found, is_open=False, date__gte=today)
        .order_by("date")[:8],
        **(_purchases(actor, found) if actor.may(READ_PURCHASES) else {}),
        **chosen_tab(request, actor, TABS, found.code),
        **talk(actor, TABLES["suppliers"], found.pk),
        "history": happened(TABLES["suppliers"], actor, found.pk, lang),
    }
    return shown(request, actor, "workbench/supplier.html", facts)


def _purchases(actor: Actor, of: Supplier) -> dict[str, Any]:
    """How punctual he was, and how much is still to come."""
    made = deliveries(actor, of)
    coming = rows_for(actor, PurchaseChase).filter(order__supplier=of)
    return {
        "deliveries": made[:MOST_DELIVERIES],
        "due_count": len(made),
        "on_time": sum(each.is_on_time for each in made),
        "punctual": sum(each.is_on_time for each in made) / len(made) if made else None,
        "late": sum(each.came_on is None for each in made),
        "coming": coming.count(),
    }
