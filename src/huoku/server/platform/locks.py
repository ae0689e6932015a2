"""Being alone at something that no single row stands for."""

from django.db import connection

from huoku.server.platform.command import At


def alone(at: At, what: str) -> None:
    """Until the command ends nobody else of this company is at ``what``. On SQLite a writer is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"{at.company_id}/{what}"])
