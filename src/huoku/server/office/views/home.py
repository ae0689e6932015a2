"""What is to be done today: the figures that matter, open tasks of one's roles, and what waits in each state."""

from collections.abc import Iterable, Mapping

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.language import Language
from huoku.server.documents.course import COURSES
from huoku.server.documents.models import Task
from huoku.server.documents.tasks import tasks_of
from huoku.server.look.speaking import language
from huoku.server.office.figures import FIGURES
from huoku.server.office.frame import page, shown
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.tables.table import TABLES, Table


@require_GET
@page
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    lang = language()
    tasks = tasks_of(actor)
    by_model = {table.model._meta.label_lower: table for table in TABLES.values()}
    told = []
    for label, course in COURSES.items():
        table = by_model.get(label)
        if table is None or not actor.may(table.read):
            continue
        counts = dict(
            rows_for(actor, course.model)
            .filter(state__in=course.open_states())
            .order_by()
            .values_list("state")
            .annotate(number=Count("pk"))
        )
        states = [
            (name, course.states[name].say(lang), counts[name]) for name in course.open_states() if name in counts
        ]
        told.append((table, table.title.say(lang), states))
    facts = {
        "figures": [figure for told in FIGURES if (figure := told(actor))],
        "tasks": _told_once(tasks.order_by("due_on", "pk")[:100], by_model, lang),
        "counts": told,
    }
    return shown(request, actor, "office/home.html", facts)


def _told_once(tasks: Iterable[Task], by_model: Mapping[str, Table], lang: Language) -> list[tuple[Task, str, str]]:
    """Each with the table of what it is about, and its words. What several roles are told is one thing to whoever has
    them all."""
    told: dict[tuple[str, int, str], tuple[Task, str, str]] = {}
    for task in tasks:
        words = task.text(lang)
        told.setdefault(
            (task.what, task.row, words), (task, by_model[task.what].name if task.what in by_model else "", words)
        )
    return list(told.values())
