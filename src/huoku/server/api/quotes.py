"""What could be promised for an inquiry, before anybody accepts it."""

from django.http import HttpRequest, HttpResponse

from huoku.server.api.lists import answer
from huoku.server.planning.quoting import quoted
from huoku.server.platform.actor import Actor


def deliverable(request: HttpRequest, actor: Actor, order_id: int) -> HttpResponse:
    """From the last live plan, for each line of an order by itself: the first day on which all of it can be there."""
    run, lines = quoted(actor, order_id)
    rows = [
        {
            **{"seq": each.seq, "item": each.item, "qty": format(each.qty, "f"), "wanted": each.wanted.isoformat()},
            **{"date": each.date and each.date.isoformat(), "late_days": each.late_days},
        }
        for each in lines
    ]
    return answer({"run": run.pk, "today": run.today.isoformat(), "lines": rows})
