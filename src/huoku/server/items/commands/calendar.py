"""Several days of a calendar at once: a holiday week, every Sunday of a year, a year like the one before."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from huoku.language import Sentence
from huoku.server.items.days import closed_next_year, days_between
from huoku.server.items.models import CalendarDay, Resource
from huoku.server.items.rights import EDIT
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import add, change, named, remove
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Code
from huoku.server.platform.scope import ScopedQuerySet

MOST_DAYS = 366
Holds = Literal["rest", "work", "as_usual"]
Weekday = Annotated[int, Field(ge=1, le=7)]


class DaysTurnedAround(Refused):
    code = "days_turned_around"
    words = Sentence("最后一天 {value} 早于第一天。", "The last day, {value}, is before the first.")


class TooManyDays(Refused):
    code = "too_many_days"
    words = Sentence(
        "从第一天到最后一天共 {value} 天，一次最多 {most} 天，请分次改。",
        "From the first day to the last there are {value} {value|day|days}; {most} at most are changed at once.",
    )


class NothingToCopy(Refused):
    code = "nothing_to_copy"
    words = Sentence("{value} 年没有休息日，没什么可以复制。", "{value} has no closed days: there is nothing to copy.")


class SetDays(Asked):
    first: date
    last: date | None = Field(default=None, description="The same day where empty.")
    holds: Holds
    weekdays: tuple[Weekday, ...] = Field(
        default=(), description="1 is Monday: of these days of the week alone; all of them where empty."
    )
    resource: Code | None = Field(default=None, description="The whole factory where empty.")


class CopyYear(Asked):
    year: Annotated[int, Field(ge=2000, le=2199)]
    resource: Code | None = Field(default=None, description="The whole factory where empty.")


@command(right=EDIT)
def set_days(at: At, request: SetDays) -> dict[str, object]:
    """The days from the first to the last are worked, closed, or as any other again. Raises Unknown,
    DaysTurnedAround, TooManyDays."""
    last = request.last or request.first
    count = (last - request.first).days + 1
    if count < 1:
        raise DaysTurnedAround(field="last", value=last)
    if count > MOST_DAYS:
        raise TooManyDays(field="last", value=count, most=MOST_DAYS)
    wanted = [
        day for day in days_between(request.first, last) if not request.weekdays or day.isoweekday() in request.weekdays
    ]
    resource = _resource(at, request.resource)
    known = {row.date: row for row in _rows(at, resource).filter(date__range=(request.first, last))}
    if request.holds == "as_usual":
        return {"days": [remove(at, known[day]) for day in wanted if day in known]}
    is_open, told = request.holds == "work", []
    for day in wanted:
        row = known.get(day)
        if row is None:
            told.append(add(at, CalendarDay(resource=resource, date=day, is_open=is_open)))
        elif row.is_open != is_open:
            told.append(change(at, row, {"is_open": is_open}))
    return {"days": told}


@command(right=EDIT)
def copy_year(at: At, request: CopyYear) -> dict[str, object]:
    """The next year rests like this one: weekly rest by the day of the week, holidays by their date. Days of it that
    say something already stay. Raises Unknown, NothingToCopy."""
    resource = _resource(at, request.resource)
    rows = _rows(at, resource).filter(date__year__in=(request.year, request.year + 1))
    known = {row.date: row.is_open for row in rows}
    closed = closed_next_year(known, request.year)
    if not closed:
        raise NothingToCopy(field="year", value=request.year)
    new = [CalendarDay(resource=resource, date=day, is_open=False) for day in closed if day not in known]
    return {"days": [add(at, row) for row in new]}


def _resource(at: At, code: str | None) -> Resource | None:
    return named(at, Resource, "resource", code) if code else None


def _rows(at: At, resource: Resource | None) -> "ScopedQuerySet[Any]":
    """The days of one calendar, locked until the command ends."""
    return CalendarDay.objects.of(at.company_id).filter(resource=resource).select_for_update(of=("self",))


def stretches(days: Iterable[tuple[date, Holds]]) -> list[SetDays]:
    """The fewest requests that give each day what it holds: days that follow each other and hold the same are one."""
    found: list[SetDays] = []
    for day, holds in sorted(days):
        if found and found[-1].holds == holds and (found[-1].last or day) + timedelta(days=1) == day:
            found[-1].last = day
        else:
            found.append(SetDays(first=day, last=day, holds=holds))
    return found
