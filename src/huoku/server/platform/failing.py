"""When the database cannot do what it is asked: what is worth another try, and what the sender is told instead.

Nothing was done in any of these cases that is not stored under the key, so the same call may be sent again.
"""

from errno import ENOSPC

from django.db import DatabaseError, InterfaceError, connection

from huoku.language import Sentence
from huoku.server.platform.refusals import Refused

LOST = "08006"
"""PostgreSQL's code of a lost connection. The driver gives none where it notices the loss itself."""
AGAIN = ("40001", "40P01", "23505", "08", "57P")
"""Beginnings of codes: the transaction was given up for another one's sake, somebody has just entered the same (the
next try sees it, and says so in words), or the connection was lost."""
GONE = ("08", "57P")
FULL = ("53100", "SQLITE_FULL")
AWAY = ("08", "57P", "53", "25006", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_BUSY", "SQLITE_NOMEM")
"""Lost or shut down, out of memory or connections, read-only; SQLite's file is not ours to write just now."""


class StorageFull(Refused):
    code, status, is_kept = "storage_full", 507, False
    words = Sentence(
        "服务器磁盘已满，这次没有写入任何内容。请联系管理员清理磁盘后重新提交。",
        "The server's disk is full and nothing was written. Ask an administrator to make room, then send it again.",
    )


class DatabaseAway(Refused):
    code, status, is_kept = "database_away", 503, False
    words = Sentence(
        "数据库暂时不可写入（{value}）。请稍后重新提交；同一请求不会重复执行。",
        "The database cannot be written to just now ({value}). Send it again later; it is carried out only once.",
    )


def may_be_tried_again(fault: Exception) -> bool:
    """Whether another try at once may succeed. A connection may be lost between the commit and its confirmation: then
    the next try finds the stored answer."""
    return _code(fault).startswith(AGAIN) and not connection.in_atomic_block


def let_go_of_a_lost_connection(fault: Exception) -> None:
    """So that whoever comes next gets another one. Django closes it by itself only where a transaction had begun, or
    at the end of a request."""
    if connection.vendor == "postgresql" and _code(fault).startswith(GONE) and not connection.in_atomic_block:
        connection.close()


def as_refusal(fault: DatabaseError | InterfaceError) -> Refused | None:
    """What the sender is told; None where it is a fault of ours."""
    code = _code(fault)
    if code.startswith(FULL):
        return StorageFull()
    return DatabaseAway(value=str(fault).splitlines()[0][:200]) if code.startswith(AWAY) else None


def _code(fault: Exception) -> str:
    """PostgreSQL's five characters, or SQLite's name of the error; "" where there is none."""
    cause = fault.__cause__
    if isinstance(cause, OSError):  # of the file that writers to SQLite queue at
        return "SQLITE_FULL" if cause.errno == ENOSPC else "SQLITE_CANTOPEN"
    if connection.vendor == "postgresql":
        return getattr(cause, "sqlstate", None) or LOST
    return getattr(cause, "sqlite_errorname", "")
