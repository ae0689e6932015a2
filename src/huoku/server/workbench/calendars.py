"""A calendar as people look at it: months of weeks of days, each with what it is and how many minutes are worked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Q

from huoku.server.items.days import Days, days_of, weekly_rest
from huoku.server.items.models import CalendarDay, Resource
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for

MONTHS = range(1, 13)


class Kind(StrEnum):
    """What a day is. ``STOP``: the factory works, the resource does not."""

    WORK = "work"
    EXTRA = "extra"
    REST = "rest"
    HOLIDAY = "holiday"
    STOP = "stop"

    @property
    def is_worked(self) -> bool:
        return self in (Kind.WORK, Kind.EXTRA)


@dataclass(frozen=True, slots=True)
class Day:
    """``minutes``: what the plan lays on it, of the ``capacity`` of the day; None where no resource is looked at."""

    on: date
    kind: Kind
    minutes: float | None = None
    capacity: float | None = None

    @property
    def share(self) -> float | None:
        return None if self.minutes is None or not self.capacity else self.minutes / self.capacity


@dataclass(frozen=True, slots=True)
class Month:
    """``weeks``: seven days each from Monday on; None stands for a day of another month."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]

    @property
    def days(self) -> Iterator[Day]:
        return (day for week in self.weeks for day in week if day)

    @property
    def worked(self) -> int:
        return sum(day.kind.is_worked for day in self.days)


@dataclass(frozen=True, slots=True)
class Year:
    """``own``: so many days of it are the resource's own."""

    number: int
    months: tuple[Month, ...]
    own: int

    @property
    def counts(self) -> Mapping[Kind, int]:
        every = [day.kind for month in self.months for day in month.days]
        return {kind: every.count(kind) for kind in Kind}

    @property
    def worked(self) -> int:
        return sum(month.worked for month in self.months)


def year_of(
    actor: Actor, number: int, resource: Resource | None = None, load: Mapping[date, float] | None = None
) -> Year:
    """The factory's year, or that of a resource in it; ``load``: minutes by day that a plan lays on the resource."""
    return _year(number, _told(actor, number, number, resource), resource, load)


class _Told(NamedTuple):
    """What the calendars say: of the factory, and of the resource alone."""

    everywhere: Days
    own: Days


def _told(actor: Actor, first_year: int, last_year: int, resource: Resource | None) -> dict[int, _Told]:
    """By year, in one question."""
    rows = rows_for(actor, CalendarDay).filter(date__year__gte=first_year, date__year__lte=last_year)
    found: dict[int, tuple[dict[date, bool], dict[date, bool]]] = {
        number: ({}, {}) for number in range(first_year, last_year + 1)
    }
    known = rows.filter(Q(resource=None) | Q(resource=resource)).values_list("date", "is_open", "resource_id")
    for on, is_open, of in known:
        found[on.year][0 if of is None else 1][on] = is_open
    return {number: _Told(*days) for number, days in found.items()}


def _year(
    number: int, known: Mapping[int, _Told], resource: Resource | None, load: Mapping[date, float] | None
) -> Year:
    everywhere, own = known[number]
    rest, each = weekly_rest(everywhere, number), minutes_of(resource)
    told = (min(everywhere), max(everywhere)) if everywhere else None

    def day(on: date) -> Day:
        is_told = told is not None and told[0] <= on <= told[1]
        kind = _kind(on, everywhere, own, rest if is_told else frozenset())
        capacity = each if kind.is_worked or each is None else 0.0
        return Day(on, kind, (load or {}).get(on, 0.0) if resource and load is not None else None, capacity)

    days = {on: day(on) for on in days_of(number)}
    return Year(number, tuple(_month(number, month, days) for month in MONTHS), len(own))


def days_from(actor: Actor, first: date, count: int, resource: Resource, load: Mapping[date, float]) -> tuple[Day, ...]:
    """So many days of a resource from the first on."""
    last = first + timedelta(days=count - 1)
    known = _told(actor, first.year, last.year, resource)
    years = [_year(number, known, resource, load) for number in known]
    every = (day for year in years for month in year.months for day in month.days)
    return tuple(day for day in every if first <= day.on <= last)


def minutes_of(resource: Resource | None) -> float | None:
    """So many minutes it works on a day."""
    return resource.minutes_per_day_millionths / 1_000_000 if resource else None


def _kind(on: date, everywhere: Days, own: Days, rest: frozenset[int]) -> Kind:
    """``rest``: the weekly rest, where the factory's calendar tells of such days."""
    if not everywhere.get(on, True):
        return Kind.REST if on.isoweekday() in rest else Kind.HOLIDAY
    if not own.get(on, True):
        return Kind.STOP
    return Kind.EXTRA if on.isoweekday() in rest else Kind.WORK


def _month(year: int, month: int, days: Mapping[date, Day]) -> Month:
    first = date(year, month, 1)
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday < first or monday.month == month:
        week = [monday + timedelta(days=place) for place in range(7)]
        weeks.append(tuple(days[on] if on.month == month else None for on in week))
        monday += timedelta(days=7)
    return Month(first, tuple(weeks))
