"""The audit trail as a file, for whoever looks at it with tools of his own."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from huoku.server.platform.actor import Actor
from huoku.server.platform.queries import AuditFilter, audit_trail

COLUMNS = (
    "recorded_at",
    "stream",
    "seq",
    "actor",
    "role",
    "via",
    "action",
    "reason",
    "request_id",
    "command_key",
    "changes",
    "digest",
)
ROWS_AT_ONCE = 20_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula when a cell begins with it."""


def export_audit(actor: Actor, wanted: AuditFilter, file: Path) -> int:
    """Write entries, newest first, to a file that ends in ``.csv``, ``.jsonl`` or ``.parquet``; returns their number.

    Raises NotAllowed, and ValueError at another ending.
    """
    write = WRITERS.get(file.suffix)
    if write is None:
        raise ValueError(f"{file}: a name that ends in {', '.join(WRITERS)} is wanted")
    return write(_rows(actor, wanted), file)


def _rows(actor: Actor, wanted: AuditFilter) -> Iterator[dict[str, Any]]:
    trail = audit_trail(actor, wanted).values_list(
        "recorded_at",
        "stream__kind",
        "stream__shard",
        "seq",
        "actor__username",
        "role",
        "via",
        "action",
        "reason",
        "request_id",
        "command_key",
        "changes",
        "digest",
    )
    for at, kind, shard, *rest, digest in trail.iterator(ROWS_AT_ONCE):
        yield dict(zip(COLUMNS, (at.isoformat(), f"{kind}/{shard}", *rest, bytes(digest).hex()), strict=True))


def _csv(rows: Iterator[dict[str, Any]], file: Path) -> int:
    # With its mark at the front, Excel reads UTF-8 as what it is.
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        return _each(rows, lambda row: writer.writerow({name: _harmless(value) for name, value in row.items()}))


def _jsonl(rows: Iterator[dict[str, Any]], file: Path) -> int:
    with file.open("w", encoding="utf-8") as out:
        return _each(
            rows,
            lambda row: out.write(
                json.dumps({**row, "changes": json.loads(row["changes"])}, ensure_ascii=False) + "\n"
            ),
        )


def _parquet(rows: Iterator[dict[str, Any]], file: Path) -> int:
    schema = {name: pl.Int64 if name == "seq" else pl.String for name in COLUMNS}
    frame = pl.DataFrame(list(rows), schema=schema)
    frame.with_columns(pl.col("recorded_at").str.to_datetime(time_zone="UTC")).write_parquet(file)
    return frame.height


def _each(rows: Iterator[dict[str, Any]], write: Callable[[dict[str, Any]], object]) -> int:
    count = 0
    for row in rows:
        write(row)
        count += 1
    return count


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


WRITERS: dict[str, Callable[[Iterator[dict[str, Any]], Path], int]] = {
    ".csv": _csv,
    ".jsonl": _jsonl,
    ".parquet": _parquet,
}
