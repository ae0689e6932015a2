"""The time that counts: the database's, the same for every process that writes there."""

from datetime import UTC, datetime

from django.db import connection


def now() -> datetime:
    """The database's clock, in UTC. Within a transaction on PostgreSQL: the time of the statement."""
    if connection.vendor != "postgresql":
        return datetime.now(UTC)  # SQLite is in this very process: its clock is ours
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at
