"""Where a lot came from and where it went: up to the suppliers, down to the customers, with all it became."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from huoku.server.items.models import Item
from huoku.server.ledger.facts import LOCATIONS, LOTS
from huoku.server.ledger.guarded import BALANCES
from huoku.server.ledger.models import LotOrigin
from huoku.server.ledger.queries.history import MOVEMENTS
from huoku.server.platform.audit import as_time
from huoku.server.platform.sql import ask, places

ITEMS, ORIGINS = (f'"{model._meta.db_table}"' for model in (Item, LotOrigin))
Direction = Literal["from", "to"]


@dataclass(frozen=True, slots=True)
class Node:
    """A lot of the trace; ``depth`` 0 is the lot that was asked about."""

    lot_id: int
    item: str
    lot: str
    depth: int


@dataclass(frozen=True, slots=True)
class Edge:
    """So much of ``parent_id`` went into ``lot_id``."""

    parent_id: int
    lot_id: int
    quantity: int
    document: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """A movement over the company's border: from a supplier, to a customer, into scrap."""

    movement_id: UUID
    lot_id: int
    place: str
    kind: str
    quantity: int
    document: str
    effective_at: datetime


@dataclass(frozen=True, slots=True)
class Lying:
    lot_id: int
    place: str
    status: str
    on_hand: int


@dataclass(frozen=True, slots=True)
class Trace:
    """A recall list when it goes downstream: what lies here still, and who has got what."""

    lots: list[Node]
    edges: list[Edge]
    crossings: list[Crossing]
    lying: list[Lying]


def where_from(company_id: int, lot_id: int) -> Trace:
    """All lots that went into this one, however far back, and the movements by which they came to us."""
    return _trace(company_id, lot_id, "lot_id", "parent_id", "from")


def where_to(company_id: int, lot_id: int) -> Trace:
    """All lots that this one went into, however far on, where they lie, and the movements by which they left us."""
    return _trace(company_id, lot_id, "parent_id", "lot_id", "to")


def _trace(company_id: int, lot_id: int, here: str, there: str, border: Direction) -> Trace:
    depths: dict[int, int] = dict(
        ask(
            "WITH RECURSIVE reached(id, depth) AS (SELECT CAST(%s AS BIGINT), 0 UNION "
            f"SELECT o.{there}, reached.depth + 1 FROM {ORIGINS} o JOIN reached ON o.{here} = reached.id "
            "WHERE o.company_id = %s AND reached.depth < 100) SELECT id, MIN(depth) FROM reached GROUP BY id",
            [lot_id, company_id],
        )
    )
    ids = sorted(depths)
    some = f"IN {places(len(ids), 1)}"
    lots = ask(
        f"SELECT l.id, i.code, l.code FROM {LOTS} l JOIN {ITEMS} i ON i.id = l.item_id "
        f"WHERE l.company_id = %s AND l.id {some}",
        [company_id, *ids],
    )
    edges = ask(
        f"SELECT parent_id, lot_id, SUM(quantity), document FROM {ORIGINS} WHERE company_id = %s AND lot_id {some} "
        f"AND parent_id {some} GROUP BY 1, 2, 4 ORDER BY 1, 2, 4",
        [company_id, *ids, *ids],
    )
    return Trace(
        lots=sorted(
            (Node(id, item, lot, depths[id]) for id, item, lot in lots),
            key=lambda node: (node.depth, node.item, node.lot),
        ),
        edges=[Edge(int(a), int(b), int(quantity), document) for a, b, quantity, document in edges],
        crossings=_crossings(company_id, ids, border),
        lying=_lying(company_id, ids),
    )


def _crossings(company_id: int, ids: Iterable[int], border: Direction) -> list[Crossing]:
    """Movements between inside and outside. A reversed one, and its reversal, did not happen."""
    outside, inside = ("from", "to") if border == "from" else ("to", "from")
    wanted = list(ids)
    rows = ask(
        f"SELECT m.id, m.lot_id, o.code, o.kind, m.quantity, m.document, m.effective_at FROM {MOVEMENTS} m "
        f"JOIN {LOCATIONS} o ON o.id = m.{outside}_location_id AND NOT o.is_physical "
        f"JOIN {LOCATIONS} i ON i.id = m.{inside}_location_id AND i.is_physical "
        f"WHERE m.company_id = %s AND m.lot_id IN {places(len(wanted), 1)} AND m.reverses_id IS NULL "
        f"AND NOT EXISTS (SELECT 1 FROM {MOVEMENTS} r WHERE r.reverses_id = m.id) ORDER BY m.effective_at, m.id",
        [company_id, *wanted],
    )
    return [
        Crossing(UUID(str(id)), lot, place, kind, quantity, document, as_time(effective_at))
        for id, lot, place, kind, quantity, document, effective_at in rows
    ]


def _lying(company_id: int, ids: Iterable[int]) -> list[Lying]:
    wanted = list(ids)
    rows = ask(
        f"SELECT b.lot_id, l.code, b.status, b.on_hand FROM {BALANCES.table} b JOIN {LOCATIONS} l "
        f"ON l.id = b.location_id WHERE b.company_id = %s AND b.lot_id IN {places(len(wanted), 1)} AND b.on_hand > 0 "
        "ORDER BY b.lot_id, l.code, b.status",
        [company_id, *wanted],
    )
    return [Lying(*row) for row in rows]
