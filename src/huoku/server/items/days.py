"""What a year of days is like: which days of the week rest, which days are holidays, which are worked all the same.

Plain dates and flags; nothing here asks a database.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

Days = Mapping[date, bool]
"""By day, whether it is worked; a day that is not in it is."""

FEW_WEEKS = 3
"""A day of the week that is closed less often is no weekly rest."""


def days_between(first: date, last: date) -> Iterator[date]:
    """Both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def days_of(year: int) -> Iterator[date]:
    return days_between(date(year, 1, 1), date(year, 12, 31))


def weekly_rest(days: Days, year: int) -> frozenset[int]:
    """The days of the week, 1 is Monday, of which more than half are closed, from the first day that the calendar
    of the year names to the last; a few weeks at least, and never all seven."""
    named = [day for day in days if day.year == year]
    closed = Counter(day.isoweekday() for day in named if not days[day])
    every = Counter(day.isoweekday() for day in days_between(min(named), max(named))) if named else closed
    found = {weekday for weekday, count in closed.items() if count >= FEW_WEEKS and 2 * count > every[weekday]}
    return frozenset(found) if len(found) < 7 else frozenset()


def holidays(days: Days, year: int, rest: frozenset[int]) -> set[date]:
    """The days of the year that are closed for more than weekly rest; a day of rest between two of them is one too."""
    closed = sorted(day for day, is_open in days.items() if day.year == year and not is_open)
    found: set[date] = set()
    last: date | None = None
    for day in closed:
        if day.isoweekday() in rest:
            continue
        if last and all(between in days and not days[between] for between in days_between(last, day)):
            found.update(days_between(last, day))
        found.add(day)
        last = day
    return found


def closed_next_year(days: Days, year: int) -> list[date]:
    """The days on which the year after rests if it is like this one: its weekly rest by the day of the week, its
    holidays by their date. Days worked in place of others differ from year to year and are not carried over."""
    rest = weekly_rest(days, year)
    named = {(day.month, day.day) for day in holidays(days, year, rest)}
    return [day for day in days_of(year + 1) if day.isoweekday() in rest or (day.month, day.day) in named]
