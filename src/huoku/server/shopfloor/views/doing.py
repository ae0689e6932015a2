"""What the buttons of these pages do: one action of a table on one row, then back to the page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from huoku.server.office.asking import fields_of, request_from
from huoku.server.office.buttons import back, done
from huoku.server.office.frame import page, table_called
from huoku.server.platform.actor import Actor
from huoku.server.platform.requests import Opened


@require_POST
@page
def do(request: HttpRequest, actor: Actor, table_name: str, row_id: int, action: str) -> HttpResponse:
    """An action about a row, with the fields that the form gave."""
    what = table_called(table_name, actor).actions.get(action)
    if what is None or not issubclass(what.request, Opened):
        raise Http404
    asked = request_from(fields_of(what.request, {}, request.POST))
    # What a form does not ask is left to the command, which knows what is meant then.
    given = {name: value for name, value in asked.items() if name in request.POST}
    done(
        request, actor, what, {**given, "id": row_id}, f"{table_name}:{row_id}:{action}:{request.POST.get('line', '')}"
    )
    return back(request, "shop_board")
