"""Chains of entries: each holds the digest of the one before, so that nothing can be changed or taken out unseen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from huoku.server.platform.canonical import digest
from huoku.server.platform.models import Stream
from huoku.server.platform.refusals import StreamFrozen
from huoku.server.platform.sql import Statement, ask, for_update, places


@dataclass(frozen=True, slots=True)
class StreamName:
    """One chain of a company: the kind of record, and a shard where one chain would be too hot."""

    kind: str
    shard: int = 0

    def __str__(self) -> str:
        return f"{self.kind}/{self.shard}"


@dataclass(slots=True)
class Head:
    """A locked head. ``extend`` goes on in memory; ``putting_back`` writes it once for all entries."""

    stream_id: int
    length: int
    head: bytes
    at: datetime

    def extend(self, entry: bytes) -> dict[str, Any]:
        """The columns that chain the next entry, whose canonical bytes are ``entry``."""
        self.length += 1
        self.head = link(self.head, self.at, entry)
        return {"stream_id": self.stream_id, "seq": self.length, "digest": self.head, "recorded_at": self.at}


def link(before: bytes, recorded_at: datetime, entry: bytes) -> bytes:
    """The digest of an entry: over that of the one before, the time in microseconds, and the entry's bytes."""
    return digest(before, microseconds(recorded_at).to_bytes(8, "big", signed=True), entry)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def microseconds(at: datetime) -> int:
    """Exactly, since 1970."""
    return (at - EPOCH) // MICROSECOND


TABLE = Stream._meta.db_table


def lock_heads(company_id: int, names: Sequence[StreamName], now: datetime) -> dict[StreamName, Head]:
    """Lock the heads, in one order for everybody. The last thing a command locks. Raises StreamFrozen."""
    wanted = sorted(set(names), key=lambda name: (name.kind, name.shard))
    found = _locked(company_id, wanted)
    if len(found) < len(wanted):
        Stream.objects.bulk_create(
            [Stream(company_id=company_id, kind=n.kind, shard=n.shard) for n in wanted if n not in found],
            ignore_conflicts=True,
        )
        found = _locked(company_id, wanted)
    heads = {}
    for name in wanted:
        stream_id, length, head, last_at, is_frozen = found[name]
        if is_frozen:
            raise StreamFrozen(stream=str(name))
        heads[name] = Head(stream_id, length, bytes(head), max(now, as_time(last_at)) if last_at else now)
    return heads


def _locked(company_id: int, names: Sequence[StreamName]) -> dict[StreamName, tuple[Any, ...]]:
    rows = ask(
        f'SELECT kind, shard, id, length, head, last_at, is_frozen FROM "{TABLE}" WHERE company_id = %s AND '
        f"(kind, shard) IN (VALUES {places(2, len(names))}) ORDER BY kind, shard{for_update()}",
        [company_id, *(value for name in names for value in (name.kind, name.shard))],
    )
    return {StreamName(kind, shard): tuple(rest) for kind, shard, *rest in rows}


def as_time(value: datetime) -> datetime:
    """A time as plain SQL returns it: SQLite's driver leaves out that it is in UTC."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def putting_back(heads: dict[StreamName, Head]) -> Statement:
    """The statement that writes the heads as they stand now."""
    return (
        f"WITH now_at(id, length, head, last_at) AS (VALUES {places(4, len(heads))}) "
        f'UPDATE "{TABLE}" SET length = now_at.length, head = now_at.head, last_at = now_at.last_at '
        f'FROM now_at WHERE "{TABLE}".id = now_at.id',
        [value for head in heads.values() for value in (head.stream_id, head.length, head.head, head.at)],
    )


def freeze(company_id: int, names: Sequence[StreamName]) -> None:
    """Let nothing be written into these chains until somebody has looked (``is_frozen`` is taken back by hand)."""
    for name in names:
        Stream.objects.of(company_id).filter(kind=name.kind, shard=name.shard).update(is_frozen=True)
