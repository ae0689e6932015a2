"""What the open proposals want bought, supplier by supplier, with what each purchase leaves over (采购建议)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from huoku.metrics.lines import Lines
from huoku.server.ledger.models import Movement
from huoku.server.ledger.queries.stock import available, expected
from huoku.server.partners.models import Source
from huoku.server.planning.models import Proposal
from huoku.server.planning.reading.factory import bearing_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.approvals import limits_of as limits_of_kinds
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.kept import rows_for

EXTREME = 2.0
"""Where so many times the alarming part of a purchase's money is expected to die, its grade is the last of four."""
MILLION = 10**6
MOVED = Subquery(
    Movement.objects.filter(company=OuterRef("company"), item=OuterRef("item"))
    .order_by("-seq")
    .values("recorded_at")[:1]
)
"""Movements of one item stand in one stream, in the order of time."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """One proposal to buy. Quantities in the item's unit, money in the company's currency.

    ``loss``: the part of the leftover's money that is expected never to come back, ``used``: the odds that it is used;
    None where nothing is left over. ``on_hand``, ``coming``: stock and open supply of the item, everywhere. ``moq`` and
    ``multiple``: of the supplier's terms; None where it has none.
    ``lines``: from which parts of its money on a purchase's loss is told, and is an alarm. ``moved_at``: when stock of
    the item moved last, where lists ask for it.
    """

    proposal: Proposal
    needed: float
    bought: float
    price: float
    amount: float
    loss: float | None
    used: float | None
    on_hand: float
    coming: float
    moq: float | None
    multiple: float | None
    lines: Lines
    moved_at: datetime | None

    @property
    def excess(self) -> float:
        return self.bought - self.needed

    @property
    def share(self) -> float:
        """The MOQ excess share: what is not needed of what is bought."""
        return self.excess / self.bought

    @property
    def tied(self) -> float:
        return self.excess * self.price

    @property
    def grade(self) -> int:
        return grade_of(self.excess, self.loss or 0.0, self.amount, self.lines)


def grade_of(excess: float, loss: float, amount: float, lines: Lines) -> int:
    """0: nothing is left over; 1 to 4: by the expected loss as a part of the purchase's money."""
    if excess <= 0:
        return 0
    part = loss / amount if amount else 0.0
    return 1 + sum(part >= line for line in (*lines, EXTREME * lines.alarm))


@dataclass(frozen=True, slots=True)
class OfSupplier:
    """What is to be bought from one supplier; ``id`` is None and ``code`` empty where an item has no source."""

    id: int | None
    code: str
    purchases: tuple[Purchase, ...]


def lines_of(actor: Actor) -> Lines:
    """From which parts of its money on a purchase's loss is told, and is an alarm."""
    bearing = bearing_of(actor.company)
    return Lines(bearing.dead_warn, bearing.dead_alarm)


def purchases_of(actor: Actor, ids: Sequence[int], lines: Lines | None = None) -> Sequence[Purchase]:
    """These purchases, in this order, whatever became of them; ``lines``: where the caller knows them already."""
    rows = (
        rows_for(actor, Proposal).filter(pk__in=ids).select_related("item", "supplier", "site").annotate(moved_at=MOVED)
    )
    found = {row.pk: row for row in rows}
    told = [found[pk] for pk in dict.fromkeys(ids) if pk in found]
    return _purchases(actor, told, lines or lines_of(actor)) if told else []


class Limits(NamedTuple):
    """Up to which money somebody decides alone, in the company's currency; None without a limit. ``risk``: of what
    nobody needs of the purchases that are accepted at once; ``order``: of one purchase order that is approved."""

    risk: float | None
    order: float | None

    @property
    def are_nothing(self) -> bool:
        """Every purchase is decided by a second person."""
        return self.order == 0

    def waits(self, excess: float, amount: float) -> bool:
        """Does a second person decide?"""
        return (self.risk is not None and excess > self.risk) or (self.order is not None and amount > self.order)


def limits_of(actor: Actor) -> Limits:
    minor = 10 ** minor_digits(actor.company.currency)
    kinds = ("planning.accept_proposals", "purchasing.approve")
    risk, order = (None if limit is None else max(0, limit) / minor for limit in limits_of_kinds(actor, kinds))
    return Limits(risk, order)


def open_purchases(actor: Actor, until: date | None = None) -> QuerySet[Proposal]:
    """All open proposals to buy, those to be ordered until a day alone where one is given."""
    rows = rows_for(actor, Proposal).filter(state=Proposal.State.OPEN, kind=Proposal.Kind.BUY)
    return rows if until is None else rows.filter(start_on__lte=until)


def purchase(actor: Actor, pk: int) -> Purchase | None:
    """One of them, whatever became of it."""
    found = list(rows_for(actor, Proposal).filter(pk=pk).select_related("item", "supplier", "site", "run"))
    return _purchases(actor, found, lines_of(actor))[0] if found else None


def _purchases(actor: Actor, rows: Sequence[Proposal], lines: Lines) -> list[Purchase]:
    items = {row.item_id for row in rows}
    on_hand = _sums((each.item_id, each.on_hand) for each in available(actor.company.pk, items)) if items else {}
    coming = _sums((each.item_id, each.quantity) for each in expected(actor.company.pk, items)) if items else {}
    terms = _terms(actor, rows)
    digits = minor_digits(actor.company.currency)
    told = []
    for row in rows:
        step = 10**row.item.decimals
        bought, price = row.qty_steps / step, (row.price_millionths or 0) / MILLION
        source = terms.get((row.item_id, row.supplier_id))
        loss, used = row.loss_millionths, row.used_millionths
        told.append(
            Purchase(
                proposal=row,
                needed=min(row.needed_steps, row.qty_steps) / step,
                bought=bought,
                price=price,
                amount=bought * price + row.fees_minor / 10**digits,
                loss=None if loss is None else loss / MILLION,
                used=None if used is None else used / MILLION,
                on_hand=on_hand.get(row.item_id, 0) / step,
                coming=coming.get(row.item_id, 0) / step,
                moq=None if source is None else source[0] / step,
                multiple=None if source is None else source[1] / step,
                lines=lines,
                moved_at=getattr(row, "moved_at", None),
            )
        )
    return told


def _sums(quantities: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    found: dict[int, int] = defaultdict(int)
    for item, quantity in quantities:
        found[item] += quantity
    return found


def _terms(actor: Actor, rows: Sequence[Proposal]) -> Mapping[tuple[int, int | None], tuple[int, int]]:
    """Minimum and multiple by item and supplier; where terms change, those that hold last."""
    sources = Source.objects.of(actor.company).filter(item__in={row.item_id for row in rows}).order_by("valid_from")
    named = sources.values_list("item_id", "supplier_id", "moq_steps", "multiple_steps")
    return {(item, supplier): (moq, multiple) for item, supplier, moq, multiple in named}
