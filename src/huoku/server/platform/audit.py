"""Chains of entries: each holds the digest of the one before, so that nothing can be changed or taken out unseen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from huoku.server.platform.canonical import digest
from huoku.server.platform.models import Stream
from huoku.server.platform.refusals import StreamFrozen


@dataclass(frozen=True, slots=True)
class StreamName:
    """One chain of a company: the kind of record, and a shard where one chain would be too hot."""

    kind: str
    shard: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """The place of one entry in its chain."""

    stream_id: int
    seq: int
    digest: bytes
    recorded_at: datetime


@dataclass(slots=True)
class Head:
    """A locked head. ``extend`` goes on in memory; ``put_back`` writes it once for all entries."""

    stream_id: int
    length: int
    head: bytes
    at: datetime

    def extend(self, entry: bytes) -> Link:
        """The link of the next entry, whose canonical bytes are ``entry``."""
        self.length += 1
        self.head = digest(self.head, entry)
        return Link(self.stream_id, self.length, self.head, self.at)


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
            raise StreamFrozen(stream=f"{name.kind}/{name.shard}")
        heads[name] = Head(stream_id, length, bytes(head), max(now, last_at) if last_at else now)
    return heads


def _locked(
    company_id: int, names: Sequence[StreamName]
) -> dict[StreamName, tuple[int, int, bytes, datetime | None, bool]]:
    rows = Stream.objects.of(company_id).filter(
        kind__in={name.kind for name in names}, shard__in={n.shard for n in names}
    )
    if connection.features.has_select_for_update:
        rows = rows.select_for_update().order_by("kind", "shard")
    found = rows.values_list("kind", "shard", "id", "length", "head", "last_at", "is_frozen")
    return {StreamName(kind, shard): tuple(rest) for kind, shard, *rest in found if StreamName(kind, shard) in names}  # type: ignore[misc]


def put_back(heads: dict[StreamName, Head]) -> None:
    with connection.cursor() as cursor:
        for head in heads.values():
            cursor.execute(
                f'UPDATE "{TABLE}" SET length = %s, head = %s, last_at = %s WHERE id = %s',
                [head.length, head.head, connection.ops.adapt_datetimefield_value(head.at), head.stream_id],
            )
