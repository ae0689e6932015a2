"""Whether an order can be delivered in time, before anybody promises it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.server.look.speaking import language
from huoku.server.office.frame import page
from huoku.server.office.names import names_by_code
from huoku.server.planning.quoting import quoted
from huoku.server.planning.rights import QUOTE
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.sales.models import SalesOrder
from huoku.server.shopfloor.frame import show
from huoku.server.shopfloor.words import WORDS


@require_GET
@page
def deliverable(request: HttpRequest, actor: Actor, order_id: int) -> HttpResponse:
    """Each line by itself: the day on which it is wanted, and the first on which all of it can be there."""
    actor.must(QUOTE)
    order = rows_for(actor, SalesOrder).filter(pk=order_id).select_related("customer").first()
    if order is None:
        raise Http404
    run, lines = quoted(actor, order_id)
    facts = {
        "order": order,
        "of_run": WORDS["of_run"].say(language(), day=run.today, run=run.pk),
        "lines": lines,
        "called": names_by_code(actor, language(), items={line.item for line in lines})["items"],
        "all_in_time": all(line.late_days == 0 for line in lines),
    }
    return show(request, actor, "deliverable", facts)
