"""Whether the database is there at all: said in words before anything is asked of it."""

from django.db import OperationalError, connections

from huoku.errors import UsageError
from huoku.language import Sentence

UNREACHED = Sentence(
    "连不上数据库 {where}：{reason}。请检查地址、用户和密码，确认 PostgreSQL 在运行",
    "the database {where} cannot be reached: {reason}. Check address, user and password, and that it runs",
)


def must_be_reached(alias: str = "default") -> None:
    """Raises UsageError naming the PostgreSQL that does not answer, without its password. SQLite is a file: it is."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return
    try:
        connection.ensure_connection()
    except OperationalError as fault:
        said = connection.settings_dict
        where = f"{said['HOST'] or 'localhost'}:{said['PORT'] or 5432}/{said['NAME']}"
        raise UsageError(UNREACHED, where=where, reason=" ".join(str(fault).split())[:300]) from None
