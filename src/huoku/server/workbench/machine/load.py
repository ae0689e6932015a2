"""How full a resource is, week by week: what the plan lays on it against what it can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from huoku.server.items.models import Resource
from huoku.server.planning.models import PlanRun
from huoku.server.planning.sequence import Work, load_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.workbench.calendars import Day, days_from

WEEKS = 8
FULL = 0.95
"""A day or a week that is filled no more than this has room."""
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Week:
    """From today or its Monday to its Sunday. ``works``: by day what the plan lays on it."""

    days: tuple[Day, ...]
    works: Mapping[date, Sequence[Work]]

    @property
    def first(self) -> date:
        return self.days[0].on

    @property
    def last(self) -> date:
        return self.days[-1].on

    @property
    def minutes(self) -> float:
        return sum(day.minutes or 0.0 for day in self.days)

    @property
    def capacity(self) -> float:
        return sum(day.capacity or 0.0 for day in self.days)

    @property
    def hours(self) -> float:
        return self.minutes / 60

    @property
    def able_hours(self) -> float:
        return self.capacity / 60

    @property
    def share(self) -> float:
        """Work on a week in which nothing can be done is more than all of it."""
        if not self.capacity:
            return 2.0 if self.minutes else 0.0
        return self.minutes / self.capacity

    @property
    def level(self) -> str:
        """Too much: octagon; full: diamond."""
        return "R" if self.share > 1 + ROUNDING else "O" if self.share >= FULL else ""

    @property
    def full_days(self) -> int:
        return sum((day.share or 0.0) >= FULL for day in self.days)

    @property
    def laid(self) -> list[Work]:
        """Each operation once, in the order in which it is begun."""
        return list({(work.order, work.seq): work for day in self.days for work in self.works.get(day.on, ())}.values())

    @property
    def begins(self) -> date:
        """The first of its days on which there is work."""
        return next((day.on for day in self.days if day.minutes), self.first)


def weeks_ahead(actor: Actor, of: Resource, run: PlanRun | None) -> list[Week]:
    """This week's rest and those that follow."""
    laid = {day.day: day for day in load_of(run, of.code)} if run else {}
    today = business_day(actor.company, page_time())
    count = 7 * WEEKS - today.weekday()
    days = days_from(actor, today, count, of, {on: day.minutes for on, day in laid.items()})
    works = {on: day.works for on, day in laid.items()}
    return [Week(tuple(some), works) for _, some in groupby(days, key=lambda day: monday_of(day.on))]


def monday_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def fullest(weeks: Sequence[Week]) -> Week | None:
    """The first of the fullest; None where nothing is laid."""
    found = max(weeks, key=lambda week: week.share, default=None)
    return found if found and found.minutes else None
