"""The time that counts: the database's, the same for every process that writes there."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.db import connection

from huoku.server.platform.models import Company
from huoku.server.platform.once_a_page import remembered
from huoku.server.platform.sql import Row, Statement

_ASKED = "SELECT clock_timestamp()"
_PAGE_TIME = ("page time",)
_TOLD: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The database's clock, in UTC. Within a transaction on PostgreSQL: the time of the statement."""
    if (moment := told()) is not None:
        return moment
    if connection.vendor != "postgresql":
        return datetime.now(UTC)  # SQLite is in this very process: its clock is ours
    with connection.cursor() as cursor:
        cursor.execute(_ASKED)
        at: datetime = cursor.fetchone()[0]
    return at


def page_time() -> datetime:
    """The time of the page that is made: PostgreSQL is asked for it once."""
    return remembered(_PAGE_TIME, now)


def asking() -> list[Statement]:
    """What asks PostgreSQL for its time, for a round in which more is asked; nothing on SQLite."""
    return [(_ASKED, [])] if connection.vendor == "postgresql" else []


def page_began(answers: list[list[Row]]) -> None:
    """The page that is made is of the time that ``asking`` was answered with."""
    for ((at,),) in answers:
        remembered(_PAGE_TIME, lambda at=at: told() or at)  # type: ignore[misc]


@contextmanager
def telling(at: datetime) -> Iterator[None]:
    """What is done within counts as done at ``at``: for the past of a demo company, which nobody relies on."""
    before = _TOLD.set(at)
    try:
        yield
    finally:
        _TOLD.reset(before)


def told() -> datetime | None:
    """The time that is being told of, or None where it is now."""
    return _TOLD.get()


def business_day(company: Company, at: datetime) -> date:
    """The day that ``at`` belongs to where the company works."""
    return at.astimezone(ZoneInfo(company.timezone)).date()


def day_begins(company: Company, day: date) -> datetime:
    """The moment, in UTC, at which ``day`` begins where the company works: the first of two where clocks go back,
    the first that exists where they jump over midnight."""
    return datetime.combine(day, time(), ZoneInfo(company.timezone)).astimezone(UTC)
