"""What is there of an item, and where: our own that is available, what waits for inspection, what is blocked, what
belongs to others."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Sum, Value

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.ledger.models import Balance, Status, StockHead
from huoku.server.office.choices import called
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for

Badge = tuple[str, str, Sentence]
"""Level, letter and words of a condition."""
STANDINGS: dict[str, Badge] = {
    Status.AVAILABLE: ("G", "A", Sentence("可用", "available")),
    Status.QUARANTINE: ("Y", "Q", Sentence("待检", "to inspect")),
    Status.BLOCKED: ("R", "X", Sentence("冻结", "blocked")),
}
IN_DOUBT: Badge = ("O", "C", Sentence("差异待批", "count to approve"))
OWED: Badge = ("R", "!", Sentence("有欠账", "owes stock"))
OF_OTHERS: Badge = ("N", "O", Sentence("别人的", "of others"))


@dataclass(frozen=True, slots=True)
class Place:
    """So much lies at a place in one condition."""

    id: int
    code: str
    name: str | Sentence
    quantity: float
    reserved: float
    badge: Badge


@dataclass(frozen=True, slots=True)
class Stock:
    """Four figures in the item's unit; ``balances``: by place, all that the books have there, in steps."""

    on_hand: float
    reserved: float
    free: float
    coming: float
    places: tuple[Place, ...]
    balances: dict[int, int]

    @property
    def best_place(self) -> str:
        """Where most of our own available stock lies."""
        ours = [each for each in self.places if each.code and each.badge[1] in "AC"]
        return max(ours, key=lambda each: each.quantity - each.reserved).code if ours else ""

    @property
    def count(self) -> int:
        """How many places hold our own available stock."""
        return len({each.id for each in self.places if each.badge[1] in "AC!" and each.quantity})


@dataclass(frozen=True, slots=True)
class Counted:
    """The last count. ``difference`` is None for whoever must not learn what the book said."""

    on: date
    difference: float | None
    waits: bool


def stock_of(actor: Actor, item: Item) -> Stock:
    step, doubted = 10**item.decimals, getattr(item, "doubted_id", None)
    lies = _lies(actor, item)
    head = {each.place: each for each in lies if each.status == HEAD}
    groups = [each for each in lies if each.status != HEAD]
    balances = {place: -each.debt for place, each in head.items()}
    for each in groups:
        balances[each.place] = balances.get(each.place, 0) + each.steps
    return Stock(
        on_hand=sum(each.steps for each in head.values()) / step,
        reserved=sum(each.reserved for each in head.values()) / step,
        free=sum(0 if each.debt else each.steps - each.reserved for each in head.values()) / step,
        coming=(getattr(item, "supply_sum", None) or 0) / step,
        places=tuple(_place(each, head.get(each.place), doubted, step) for each in groups),
        balances=balances,
    )


HEAD = "~head"
"""Stands for the sum of our own available stock of a place, with what of it is reserved and owed."""


class Lie(NamedTuple):
    """So much lies at a place in one condition of one owner."""

    place: int
    code: str
    name: str
    kind: str
    status: str
    owner: str
    steps: int
    reserved: int
    debt: int


def _lies(actor: Actor, item: Item) -> list[Lie]:
    """All that lies anywhere, and the sum of each place, in one question; our own available stock first."""
    where = ("location_id", "location__code", "location__name", "location__kind")
    none = Value(0, BigIntegerField())
    balances = rows_for(actor, Balance).filter(item=item).exclude(on_hand=0)
    lots = balances.values_list(*where, "status", "owner__code").annotate(Sum("on_hand"), none=none, nought=none)
    heads = rows_for(actor, StockHead).filter(item=item)
    sums = heads.values_list(*where, Value(HEAD), Value(""), "on_hand", "reserved", "debt")
    found = (Lie(*row) for row in lots.order_by().union(sums, all=True))
    return sorted(found, key=lambda each: (each.status, each.owner, each.code))


def _place(lie: Lie, head: Lie | None, doubted: int | None, step: int) -> Place:
    is_ours = lie.status == Status.AVAILABLE and not lie.owner
    badge = OF_OTHERS if lie.owner else STANDINGS[lie.status]
    if is_ours and head and head.debt:
        badge = OWED
    elif is_ours and lie.place == doubted:
        badge = IN_DOUBT
    is_of_books = lie.code.startswith("~")
    return Place(
        id=lie.place,
        code="" if is_of_books else lie.code,
        name=called(lie.kind) if is_of_books else lie.name,
        quantity=lie.steps / step,
        reserved=head.reserved / step if is_ours and head else 0.0,
        badge=badge,
    )


def counted_of(item: Any, *, knows: bool) -> Counted | None:
    """The last count of an item that was asked for with it. ``knows``: the reader may hold it against the book."""
    at, difference = getattr(item, "counted_at", None), getattr(item, "count_difference", None)
    if at is None or difference is None:
        return None
    return Counted(at.date(), difference / 10**item.decimals if knows else None, item.doubted_id is not None)
