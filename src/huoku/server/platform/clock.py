"""The time that counts: the database's, the same for every process that writes there."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.db import connection

from huoku.server.platform.models import Company


def now() -> datetime:
    """The database's clock, in UTC. Within a transaction on PostgreSQL: the time of the statement."""
    if connection.vendor != "postgresql":
        return datetime.now(UTC)  # SQLite is in this very process: its clock is ours
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at


def business_day(company: Company, at: datetime) -> date:
    """The day that ``at`` belongs to where the company works."""
    return at.astimezone(ZoneInfo(company.timezone)).date()


def day_begins(company: Company, day: date) -> datetime:
    """The moment, in UTC, at which ``day`` begins where the company works: the first of two where clocks go back,
    the first that exists where they jump over midnight."""
    return datetime.combine(day, time(), ZoneInfo(company.timezone)).astimezone(UTC)
