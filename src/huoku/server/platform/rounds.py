"""Statements to PostgreSQL that go out together and come back together, each planned once in a connection's life.

The driver can do both, but statement by statement: it then spends more on a command than all else together, opens each
transaction in a round of its own, and lets go of its plans whenever a transaction is rolled back, as after a refusal.
So a round is put together here from the driver's own parts: its conversions and libpq's calls.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from psycopg import Connection, errors, generators
from psycopg.abc import PQGen
from psycopg.abc import Transformer as Convert
from psycopg.adapt import AdaptersMap, PyFormat, Transformer
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.types.numeric import Int8Dumper

Driver = Connection[Any]

PLANS = 300
"""So many statements one connection remembers; the one that was not asked for longest is let go."""


def in_one_round(driver: Driver, statements: Sequence[tuple[str, Sequence[Any]]]) -> list[list[tuple[Any, ...]]]:
    """Run statements in order and return the rows of each. After one that fails none is run.

    A transaction is begun where none is open and the connection does not commit by itself. Each statement sees what
    others committed before it began, as it would in a round of its own. Raises psycopg's errors.
    """
    plans = _PLANS.get(driver) or _PLANS.setdefault(driver, _Plans.of(driver))
    convert: Convert = Transformer(_Context(driver, plans.adapters))
    wanted = [_wanted(sql, parameters, convert) for sql, parameters in statements]
    with driver.lock:
        names = [plans.name_of(driver, each) for each in wanted]
        try:
            driver.pgconn.enter_pipeline_mode()
            answers = driver.wait(_there_and_back(driver, wanted, names))
            driver.pgconn.exit_pipeline_mode()
        except BaseException:  # answers are under way that nobody will fetch
            driver.close()
            raise
    for answer in answers:
        _check(driver, answer)
    return [_rows(answer, convert) for answer in answers[-len(wanted) :]]


class _Wanted(NamedTuple):
    """A statement as it goes out: its text with numbered places, its values as the driver writes them."""

    text: bytes
    types: tuple[int, ...]
    values: Sequence[Any]
    formats: Sequence[int]


def _wanted(sql: str, parameters: Sequence[Any], convert: Convert) -> _Wanted:
    values = convert.dump_sequence(parameters, [PyFormat.AUTO] * len(parameters))
    return _Wanted(_numbered(sql), convert.types or (), values, convert.formats or ())


@lru_cache(maxsize=2048)
def _numbered(sql: str) -> bytes:
    first, *others = sql.split("%s")
    return "".join([first, *(f"${number}{part}" for number, part in enumerate(others, 1))]).replace("%%", "%").encode()


@dataclass(frozen=True, slots=True)
class _Context:
    """What conversions go by."""

    connection: Driver
    adapters: AdaptersMap


@dataclass(slots=True)
class _Plans:
    """What PostgreSQL keeps for one connection: the names of statements, from the second time on that they came."""

    adapters: AdaptersMap
    names: OrderedDict[tuple[bytes, tuple[int, ...]], bytes] = field(default_factory=OrderedDict)
    numbers: "count[int]" = field(default_factory=count)

    @classmethod
    def of(cls, driver: Driver) -> "_Plans":
        adapters = AdaptersMap(driver.adapters)
        # The driver would choose the type by the size of each number, and so make many statements of one.
        adapters.register_dumper(int, Int8Dumper)
        return cls(adapters)

    def name_of(self, driver: Driver, wanted: _Wanted) -> bytes:
        """What PostgreSQL knows the statement by; empty the first time, for it may be the only one."""
        key = wanted.text, wanted.types
        name = self.names.get(key)
        if name == b"":
            name = b"round_%d" % next(self.numbers)
            _check(driver, driver.pgconn.prepare(name, wanted.text, wanted.types))
        self.names[key] = name = name or b""
        self.names.move_to_end(key)
        while len(self.names) > PLANS:
            if oldest := self.names.popitem(last=False)[1]:
                _check(driver, driver.pgconn.exec_(b"DEALLOCATE " + oldest))
        return name


_PLANS: WeakKeyDictionary[Driver, _Plans] = WeakKeyDictionary()


def _there_and_back(driver: Driver, wanted: Sequence[_Wanted], names: Sequence[bytes]) -> PQGen[list[PGresult]]:
    """Send all, then fetch all: an answer for each statement, one before them where a transaction is begun."""
    line = driver.pgconn
    begins = not driver.autocommit and line.transaction_status == TransactionStatus.IDLE
    if begins:
        line.send_query_params(b"BEGIN", None)
    for each, name in zip(wanted, names, strict=True):
        if name:
            line.send_query_prepared(name, each.values, each.formats)
        else:
            line.send_query_params(each.text, each.values, each.types, each.formats)
    line.pipeline_sync()
    yield from generators.send(line)
    answers: list[PGresult] = []
    for _ in range(begins + len(wanted) + 1):
        answers += yield from generators.fetch_many(line)
    return answers[:-1]  # the last says that these were all


def _check(driver: Driver, answer: PGresult) -> None:
    """Raise what an answer says went wrong. What libpq itself says of a line that is gone has no code of the server."""
    if answer.status == ExecStatus.FATAL_ERROR:
        fault = errors.error_from_result(answer, encoding=driver.info.encoding)
        raise errors.OperationalError(str(fault)) if driver.closed else fault


def _rows(answer: PGresult, convert: Convert) -> list[tuple[Any, ...]]:
    if answer.status != ExecStatus.TUPLES_OK:
        return []
    convert.set_pgresult(answer)
    return convert.load_rows(0, answer.ntuples, tuple)
