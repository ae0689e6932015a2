"""I6, I7: the chains of movements and audit entries are whole: nothing changed, taken out or put in."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from huoku.language import Sentence
from huoku.server.ledger.doctor.finding import Finding
from huoku.server.ledger.doctor.names import MOVEMENTS
from huoku.server.ledger.entries import FIELDS, entry_bytes
from huoku.server.platform.audit import StreamName, as_time, link
from huoku.server.platform.canonical import canonical
from huoku.server.platform.models import AuditEntry, Stream
from huoku.server.platform.sql import Row, ask

AUDIT = f'"{AuditEntry._meta.db_table}"'
HOLE = Sentence("账链 {stream} 在第 {seq} 号处断开。", "The chain {stream} has a hole at number {seq}.")
CHANGED = Sentence(
    "账链 {stream} 第 {seq} 号的内容与校验值不符。", "Number {seq} of the chain {stream} is not what was written there."
)
CUT = Sentence(
    "账链 {stream} 应有 {length} 条，实际 {found} 条，或链头不符。",
    "The chain {stream} should have {length} entries and the head of its last; there are {found}.",
)
Entry = tuple[int, bytes, datetime, bytes]
"""seq, digest, recorded_at, the entry's canonical bytes"""


def chains_are_whole(company_id: int) -> list[Finding]:
    """Recompute every digest. The first fault of a chain is told: what follows it, follows from it."""
    found = []
    streams = Stream.objects.of(company_id).order_by("kind", "shard")
    for stream in streams:
        name = StreamName(stream.kind, stream.shard)
        of_kind: Callable[[int], Iterator[Entry]] = _movements if stream.kind == "movements" else _audited
        if finding := _first_fault(name, stream, of_kind(stream.pk)):
            found.append(finding)
    return found


def _first_fault(name: StreamName, stream: Stream, entries: Iterator[Entry]) -> Finding | None:
    before, seq, last_at = bytes(32), 0, None
    for found, digest, recorded_at, entry in entries:
        seq += 1
        facts = {"stream": str(name), "seq": seq}
        if found != seq:
            return Finding("I7", HOLE, facts, (name,))
        before = link(before, recorded_at, entry)
        if before != bytes(digest) or (last_at and recorded_at < last_at):
            return Finding("I6", CHANGED, facts, (name,))
        last_at = recorded_at
    if seq != stream.length or before != bytes(stream.head):
        return Finding("I7", CUT, {"stream": str(name), "length": stream.length, "found": seq}, (name,))
    return None


AT_ONCE = 20_000


def _pages(sql: str, stream_id: int) -> Iterator[Row]:
    """Rows of one chain in order, some thousand at a time: a long chain does not have to fit into memory."""
    last = 0
    while rows := ask(sql, [stream_id, last, last + AT_ONCE]):
        yield from rows
        last += AT_ONCE


MOVED = (
    f"SELECT seq, digest, recorded_at, id, effective_at, need_on, reverses_id, {', '.join(FIELDS)} FROM {MOVEMENTS} "
    "WHERE stream_id = %s AND seq > %s AND seq <= %s ORDER BY seq"
)


def _movements(stream_id: int) -> Iterator[Entry]:
    hex_of: Callable[[Any], str] = str if connection.vendor == "sqlite" else lambda id: id.hex
    for seq, digest, recorded_at, id, effective_at, need_on, reverses, *plain in _pages(MOVED, stream_id):
        entry = entry_bytes(hex_of(id), plain, as_time(effective_at), need_on, hex_of(reverses) if reverses else None)
        yield seq, digest, as_time(recorded_at), entry


SAID = ("actor_id", "role", "via", "action", "reason", "request_id", "command_key", "changes")
AUDITED = (
    f"SELECT seq, digest, recorded_at, {', '.join(SAID)} FROM {AUDIT} "
    "WHERE stream_id = %s AND seq > %s AND seq <= %s ORDER BY seq"
)


def _audited(stream_id: int) -> Iterator[Entry]:
    for seq, digest, recorded_at, *said in _pages(AUDITED, stream_id):
        yield seq, digest, as_time(recorded_at), canonical(dict(zip(SAID, said, strict=True)))
