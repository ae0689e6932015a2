"""What a page asks by itself from time to time: has anything changed since it was made?"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huoku.server.office.grid.doors import told
from huoku.server.platform.doors import admitted, count_call
from huoku.server.platform.events import changes_since
from huoku.server.platform.refusals import Refused
from huoku.server.platform.rights import HEAR


@require_GET
@never_cache
def changes(request: HttpRequest) -> HttpResponse:
    """``upto``: what to ask with next time; it differs whenever anything was written. ``events``: what happened and to
    which row; ``is_all``: there is no more of them. Its address tells that no person asks (see session limits)."""
    with admitted(request) as actor:
        if actor is None:
            return told({}, 401)
        try:
            count_call(actor)
            actor.must(HEAR)
            found = changes_since(actor, request.GET.get("since", ""))
        except Refused as refusal:
            return told({}, refusal.status)
        except (ValueError, OverflowError):
            found = changes_since(actor)
    events = [[each.kind, each.subject] for each in found.events]
    return told({"upto": found.upto, "events": events, "is_all": found.is_all})
