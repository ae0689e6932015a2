"""What is there of an item, and where: our own that is available, what waits for inspection, what is blocked, what
belongs to others."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

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
    heads: list[Any] = list(
        rows_for(actor, StockHead).filter(item=item).values("location_id", "on_hand", "reserved", "debt")
    )
    head = {each["location_id"]: each for each in heads}
    groups = _groups(actor, item)
    balances = {place: -each["debt"] for place, each in head.items()}
    for row in groups:
        place = row["location_id"]
        balances[place] = balances.get(place, 0) + row["steps"]
    return Stock(
        on_hand=sum(each["on_hand"] for each in heads) / step,
        reserved=sum(each["reserved"] for each in heads) / step,
        free=sum(0 if each["debt"] else each["on_hand"] - each["reserved"] for each in heads) / step,
        coming=(getattr(item, "supply_sum", None) or 0) / step,
        places=tuple(_place(row, head.get(row["location_id"], {}), doubted, step) for row in groups),
        balances=balances,
    )


def _groups(actor: Actor, item: Item) -> list[dict[str, Any]]:
    """By place, condition and owner: what lies there, our own available stock first."""
    found = rows_for(actor, Balance).filter(item=item).exclude(on_hand=0)
    keys = ("location_id", "location__code", "location__name", "location__kind", "status", "owner__code")
    return list(found.values(*keys).annotate(steps=Sum("on_hand")).order_by("status", "owner__code", "location__code"))


def _place(row: dict[str, Any], head: dict[str, Any], doubted: int | None, step: int) -> Place:
    place, is_ours = row["location_id"], row["status"] == Status.AVAILABLE and not row["owner__code"]
    badge = STANDINGS[row["status"]]
    if row["owner__code"]:
        badge = OF_OTHERS
    elif is_ours and head.get("debt"):
        badge = OWED
    elif is_ours and place == doubted:
        badge = IN_DOUBT
    code = row["location__code"]
    return Place(
        id=place,
        code="" if code.startswith("~") else code,
        name=called(row["location__kind"]) if code.startswith("~") else row["location__name"],
        quantity=row["steps"] / step,
        reserved=head.get("reserved", 0) / step if is_ours else 0.0,
        badge=badge,
    )


def counted_of(item: Any, *, knows: bool) -> Counted | None:
    """The last count of an item that was asked for with it. ``knows``: the reader may hold it against the book."""
    at, difference = getattr(item, "counted_at", None), getattr(item, "count_difference", None)
    if at is None or difference is None:
        return None
    return Counted(at.date(), difference / 10**item.decimals if knows else None, item.doubted_id is not None)
