"""Which tables' rows stand in chains, and whether the chains still hold.

Each app names its chained tables here once; ``verify`` then works out every digest again, row by row, in one pass over
each table. It hashes 1,000,000 entries in well under a minute, so that it may run every night.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models

from huoku.language import Sentence
from huoku.server.platform.audit import StreamName, link
from huoku.server.platform.canonical import canonical
from huoku.server.platform.models import AuditEntry, Stream

ROWS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Chain:
    """A table whose rows are entries of chains. ``entry`` makes the canonical bytes of a row from its ``columns``."""

    model: type[models.Model]
    columns: Sequence[str]
    entry: Callable[..., bytes]


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not hold: in which table, at which row, and in words."""

    code: str
    where: str
    words: Sentence
    stream: StreamName | None = None


CHAINS: list[Chain] = []


def chained(model: type[models.Model], columns: Sequence[str], entry: Callable[..., bytes]) -> None:
    """Name a table of chained rows; ``entry`` gets the values of ``columns`` in their order."""
    CHAINS.append(Chain(model, tuple(columns), entry))


AUDITED = ("actor_id", "role", "via", "action", "reason", "request_id", "command_key", "changes")


def _audit_entry(*values: Any) -> bytes:
    return canonical(dict(zip(AUDITED, values, strict=True)))


chained(AuditEntry, AUDITED, _audit_entry)


class Entry(NamedTuple):
    """A chained row as it stands in its table."""

    stream_id: int
    seq: int
    digest: bytes
    recorded_at: datetime
    table: str
    entry: bytes


def entries(company_id: int) -> Iterator[Entry]:
    """All chained rows of a company, chain by chain, in their order."""
    return heapq.merge(*(_rows(company_id, chain) for chain in CHAINS), key=lambda row: (row.stream_id, row.seq))


def _rows(company_id: int, chain: Chain) -> Iterator[Entry]:
    table, make = chain.model._meta.label_lower, chain.entry
    rows = chain.model.objects.of(company_id).order_by("stream_id", "seq")  # type: ignore[attr-defined]
    columns = ("stream_id", "seq", "digest", "recorded_at", *chain.columns)
    for stream_id, seq, digest, recorded_at, *values in rows.values_list(*columns).iterator(ROWS_AT_ONCE):
        yield Entry(stream_id, seq, bytes(digest), recorded_at, table, make(*values))


def broken_chains(company_id: int, marks: dict[int, dict[int, bytes]] | None = None) -> list[Finding]:
    """Work all chains out again. At most one finding a chain: what comes after the first break proves nothing.

    ``marks``: digests that chains must have had at certain lengths, by stream and length (those of the seals).
    """
    heads = {
        pk: (StreamName(kind, shard), length, bytes(head))
        for pk, kind, shard, length, head in Stream.objects.of(company_id).values_list(
            "pk", "kind", "shard", "length", "head"
        )
    }
    marks = marks or {}
    reached: dict[int, tuple[int, bytes]] = {}
    times: dict[int, datetime] = {}
    found: dict[int, Finding] = {}
    for row in entries(company_id):
        if row.stream_id in found:
            continue
        length, before = reached.get(row.stream_id, (0, bytes(32)))
        fault = _fault(row, length, before, times.get(row.stream_id), marks.get(row.stream_id, {}).get(row.seq))
        if fault:
            stream = heads[row.stream_id][0] if row.stream_id in heads else None  # its head was taken out too
            where = f"{stream or row.stream_id} #{row.seq} ({row.table})"
            found[row.stream_id] = Finding(fault[0], where, fault[1], stream)
        reached[row.stream_id] = row.seq, row.digest
        times[row.stream_id] = row.recorded_at
    for pk, (name, length, head) in heads.items():
        end = reached.get(pk, (0, bytes(32)))
        if pk not in found and (end != (length, head) or max(marks.get(pk, {0: b""})) > end[0]):
            found[pk] = Finding("chain_end", f"{name} #{length}", CUT, name)
    return list(found.values())


HOLE = Sentence("链中缺号：有记录被抽走。", "There is a hole in the chain: an entry was taken out.")
CHANGED = Sentence("记录被改动过：摘要对不上。", "The entry was changed: its digest does not fit.")
BACK = Sentence("记录时间倒退。", "The entry's time lies before that of the entry before it.")
CUT = Sentence(
    "链尾与链头或封存不符：末尾有记录被抽走或链头被改。",
    "The chain does not end where its head or a seal says it does.",
)
UNSEALED = Sentence("与封存的摘要不符：整条链被重写过。", "The chain was rewritten: it differs from what was sealed.")


def _fault(
    row: Entry, length: int, before: bytes, last: datetime | None, mark: bytes | None
) -> tuple[str, Sentence] | None:
    if row.seq != length + 1:
        return "chain_hole", HOLE
    if link(before, row.recorded_at, row.entry) != row.digest:
        return "chain_changed", CHANGED
    if last is not None and row.recorded_at < last:
        return "chain_time", BACK
    if mark is not None and mark != row.digest:
        return "chain_rewritten", UNSEALED
    return None
