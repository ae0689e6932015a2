"""The hours of a resource in the weeks ahead: what it can do, and what the plan lays on it."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from huoku.language import Sentence
from huoku.server.items.models import Resource
from huoku.server.items.rights import READ
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.planning.sequence import last_run, names_in_plan
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.workbench.machine.load import WEEKS, Week, weeks_ahead

HOURS = Sentence("小时", "hours")
SPAN = Sentence("{first} 到 {last}", "{first} to {last}")

Rows = Callable[[Actor, Resource, Sequence[Week], Asked], list[Row]]


def _reason(rows: Rows, *, is_work: bool) -> Callable[[Actor, Asked], Reason]:
    def told(actor: Actor, asked: Asked) -> Reason:
        of = rows_for(actor, Resource).filter(pk=asked.id).first()
        if of is None:
            raise Http404
        weeks = weeks_ahead(actor, of, last_run(actor) if actor.may(READ_PLANS) else None)
        there = f"{reverse('desk_calendar')}?{urlencode({'resource': of.pk})}"
        if is_work:
            there = f"{reverse('shop_schedule')}?{urlencode({'resource': of.code, 'days': str(7 * WEEKS)})}"
        return Reason(of.code, rows(actor, of, weeks, asked), digits=1, unit=HOURS.say(language()), whole=there)

    return told


def _by_week(hours: Callable[[Week], float]) -> Rows:
    def rows(actor: Actor, of: Resource, weeks: Sequence[Week], asked: Asked) -> list[Row]:
        spans = ((SPAN.say(language(), first=_short(week.first), last=_short(week.last)), week) for week in weeks)
        return [Row(words, exactly(hours(week))) for words, week in spans if hours(week)]

    return rows


def _week(weeks: Sequence[Week], asked: Asked) -> Week:
    """The one that ``?week=20261207`` falls into. Raises Http404."""
    told = asked.place("week")
    found = next((week for week in weeks if number_of(week.first) <= told <= number_of(week.last)), None)
    if found is None:
        raise Http404
    return found


def _orders(actor: Actor, of: Resource, weeks: Sequence[Week], asked: Asked) -> list[Row]:
    """By operation, the one that is begun first before the others."""
    week, run = _week(weeks, asked), last_run(actor)
    called = names_in_plan(run, {work.item for work in week.laid}, language()) if run else {}
    minutes: dict[str, float] = {}
    words: dict[str, str] = {}
    for day in week.days:
        for work in week.works.get(day.on, ()):
            minutes[work.number] = minutes.get(work.number, 0.0) + work.minutes
            words.setdefault(work.number, f"{_short(day.on)} {work.number} {called.get(work.item, '') or work.item}")
    return [Row(words[number], exactly(found / 60)) for number, found in minutes.items()]


def _days(actor: Actor, of: Resource, weeks: Sequence[Week], asked: Asked) -> list[Row]:
    days = _week(weeks, asked).days
    return [Row(_short(day.on), exactly(day.capacity / 60)) for day in days if day.capacity]


def number_of(on: date) -> int:
    """A day as a number, for addresses."""
    return on.year * 10_000 + on.month * 100 + on.day


def exactly(hours: float) -> Fraction:
    return Fraction(hours).limit_denominator(60_000)


def _short(on: date) -> str:
    return f"{on:%m-%d}"


ABLE = Sentence("每个上班日的工作时间相加。", "The hours of each working day.")
LAID = Sentence("上次计划排在它上面的，逐周相加。", "What the last plan lays on it, week by week.")
OF_WEEK = Sentence("上次计划这一周排在它上面的每道工序。", "Each operation that the last plan lays on it in this week.")
for _name, _title, _formula, _rows, _is_work in (
    (
        "resource.able",
        Sentence("八周能力", "Capacity, eight weeks"),
        ABLE,
        _by_week(lambda week: week.able_hours),
        False,
    ),
    ("resource.laid", Sentence("八周已排", "Laid, eight weeks"), LAID, _by_week(lambda week: week.hours), True),
    ("resource.week", Sentence("这周已排", "Laid in the week"), OF_WEEK, _orders, True),
    ("resource.week_able", Sentence("这周能力", "Capacity of the week"), ABLE, _days, False),
):
    why(_name, _title, _formula, lambda actor: actor.may(READ))(_reason(_rows, is_work=_is_work))
