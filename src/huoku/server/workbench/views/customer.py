"""What does the customer wait for, and do we keep what we promise? (客户一页)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.office.happened import happened
from huoku.server.office.talk import talk
from huoku.server.partners.models import Customer
from huoku.server.partners.rights import EDIT_CUSTOMERS, READ
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.table import TABLES
from huoku.server.sales.commands.orders import enter_order
from huoku.server.sales.queries.kept import open_lines, promises_of, worth
from huoku.server.sales.rights import READ as READ_SALES
from huoku.server.workbench.tabs import Tab, chosen_tab

MOST = 25
TABS = {
    "sales_orders": Tab(Sentence("销售订单", "Orders"), "customer", "-id"),
    "shipments": Tab(Sentence("发货单", "Shipments"), "customer", "-id"),
    "forecasts": Tab(Sentence("合同和预测", "Contracts and forecasts"), "customer", "-id"),
    "customer_statements": Tab(Sentence("对账单", "Statements"), "customer", "-id"),
}


@require_GET
@page
def customer(request: HttpRequest, actor: Actor, customer_id: int) -> HttpResponse:
    """The page of one customer. Who must not know who ordered what sees no order here, and no name."""
    actor.must(READ)
    found = rows_for(actor, Customer).filter(pk=customer_id).first()
    if found is None:
        raise Http404
    knows = actor.sees(FieldGroup.CUSTOMER_IDENTITY)
    facts: dict[str, Any] = {
        "customer": found,
        "knows": knows,
        "today": business_day(actor.company, page_time()),
        "may_edit": actor.may(EDIT_CUSTOMERS),
        "may_order": knows and actor.may(enter_order.right),
        "sees_prices": actor.sees(FieldGroup.SALES_PRICE),
        **(_sales(actor, found) if knows and actor.may(READ_SALES) else {}),
        **(chosen_tab(request, actor, TABS, found.code) if knows else {}),
        **talk(actor, TABLES["customers"], found.pk),
        "history": happened(TABLES["customers"], actor, found.pk, language()),
    }
    return shown(request, actor, "workbench/customer.html", facts)


def _sales(actor: Actor, of: Customer) -> dict[str, Any]:
    """How promises were kept, and what is still to go."""
    made, waiting = promises_of(actor, of), open_lines(actor, of)
    return {
        "promises": made[:MOST],
        "due_count": len(made),
        "kept": sum(each.is_kept for each in made),
        "share_kept": sum(each.is_kept for each in made) / len(made) if made else None,
        "late": sum(each.went_on is None for each in made),
        "waiting": len(waiting),
        "value": sum(float(worth(line)) for line in waiting if line.order.currency == of.currency),
        "other_currencies": sorted({line.order.currency for line in waiting} - {of.currency}),
    }
