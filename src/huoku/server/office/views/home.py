"""Today: the figures that matter, what one must do now, the dearest to leave first, and what waits in each state."""

from django.db.models import CharField, Count, F, Value
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.language import Language
from huoku.report.numbers import money
from huoku.server.documents.course import COURSES
from huoku.server.items.models import Item
from huoku.server.look.speaking import language
from huoku.server.office.duties import duties
from huoku.server.office.figures import FIGURES
from huoku.server.office.frame import page, shown
from huoku.server.planning.rights import BRING_IN
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.rights import END_DEMO
from huoku.server.platform.tables.table import TABLES, Table

FIRST = 12
"""So many things are seen at once; the others open with a click."""


@require_GET
@page
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    return _told(request, actor)


def _told(request: HttpRequest, actor: Actor) -> HttpResponse:
    lang = language()
    told = [(table, table.title.say(lang), _by_name(label, states, lang)) for label, table, states in _counted(actor)]
    found, currency = duties(actor), actor.company.currency
    told_of = [(each, money(each.per_hour, currency) if each.per_hour else "") for each in found]
    may_begin = actor.may(END_DEMO) or actor.may(BRING_IN)
    facts = {
        "figures": [figure for told in FIGURES for figure in told(actor)],
        "count": len(found),
        "duties": told_of[:FIRST],
        "further": told_of[FIRST:],
        "counts": told,
        "is_demo": actor.company.is_demo and actor.may(END_DEMO),
        "is_empty": may_begin and not any(states for _, _, states in told) and not _has_items(actor),
        "may_found_demo": actor.may(END_DEMO),
        "may_bring": actor.may(BRING_IN),
    }
    return shown(request, actor, "office/home.html", facts)


def _has_items(actor: Actor) -> bool:
    return rows_for(actor, Item).exists()


def _counted(actor: Actor) -> list[tuple[str, Table, dict[str, int]]]:
    """How many documents of each kind that the actor may read stand in each open state; one question for all."""
    by_model = {table.model._meta.label_lower: table for table in TABLES.values()}
    kinds = {label: by_model[label] for label in COURSES if label in by_model and actor.may(by_model[label].read)}
    asked = [
        rows_for(actor, COURSES[label].model)
        .filter(state__in=COURSES[label].open_states())
        .order_by()
        .values(kind=Value(label, CharField()), in_state=F("state"))
        .annotate(number=Count("pk"))
        for label in kinds
    ]
    found: dict[str, dict[str, int]] = {label: {} for label in kinds}
    for row in asked[0].union(*asked[1:], all=True) if asked else ():
        found[row["kind"]][row["in_state"]] = row["number"]
    return [(label, table, found[label]) for label, table in kinds.items()]


def _by_name(label: str, counts: dict[str, int], lang: Language) -> list[tuple[str, str, int]]:
    course = COURSES[label]
    return [(name, course.states[name].say(lang), counts[name]) for name in course.open_states() if name in counts]
