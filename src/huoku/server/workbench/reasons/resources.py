"""The minutes of a resource in the next weeks: what it can do, and what the plan lays on it, day by day."""

from collections.abc import Callable
from fractions import Fraction

from django.http import Http404
from django.urls import reverse

from huoku.language import Sentence
from huoku.server.items.models import Resource
from huoku.server.items.rights import READ
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.workbench.calendars import Day
from huoku.server.workbench.views.resource import coming

MINUTES = Sentence("分钟", "minutes")


def _by_day(minutes: Callable[[Day], float | None]) -> Callable[[Actor, Asked], Reason]:
    def told(actor: Actor, asked: Asked) -> Reason:
        of = rows_for(actor, Resource).filter(pk=asked.id).first()
        if of is None:
            raise Http404
        days, _ = coming(actor, of, last_run(actor) if actor.may(READ_PLANS) else None)
        rows = [
            Row(f"{day.on:%m-%d}", Fraction(found).limit_denominator(1000)) for day in days if (found := minutes(day))
        ]
        there = f"{reverse('desk_calendar')}?resource={of.pk}"
        return Reason(of.code, rows, digits=3, unit=MINUTES.say(language()), whole=there)

    return told


for _name, _title, _formula, _minutes in (
    (
        "resource.able",
        Sentence("四周能力", "Capacity, four weeks"),
        Sentence("四周里每个上班日的分钟数。", "The minutes of each working day of the next four weeks."),
        lambda day: day.capacity,
    ),
    (
        "resource.laid",
        Sentence("四周已排", "Laid, four weeks"),
        Sentence("上次计划排在它上面的，逐日相加。", "What the last plan lays on it, day by day."),
        lambda day: day.minutes,
    ),
):
    why(_name, _title, _formula, lambda actor: actor.may(READ))(_by_day(_minutes))
