"""What is known of a supplier by what happened: what is to come, how punctual he was, what his minimums left over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from huoku.server.partners.models import Supplier
from huoku.server.planning.models import Proposal
from huoku.server.planning.purchase_sums import measured
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.purchasing.models import PurchaseChase, PurchaseLine, PurchaseOrder
from huoku.server.purchasing.punctual import Delivery

WEEK = timedelta(days=6)
MILLION = 10**6


@dataclass(frozen=True, slots=True)
class Coming:
    """A line that is on its way. ``qty`` in the item's unit; ``late_days`` past the day last given; ``action``: what is
    to be done about it; ``worth`` in the order's currency, None without a price."""

    line: PurchaseChase
    qty: float
    due_on: date
    late_days: int
    action: str
    worth: Fraction | None


def coming_of(actor: Actor, of: Supplier, today: date) -> list[Coming]:
    """The first due before the others."""
    rows = rows_for(actor, PurchaseChase).filter(order__supplier=of).select_related("item", "order")
    return sorted((_coming(row, today) for row in rows), key=lambda each: (each.due_on, each.line.pk))


def _coming(row: PurchaseChase, today: date) -> Coming:
    due_on: date = row.due_on  # type: ignore[attr-defined]  # worked out with the row
    action: str = row.next_action  # type: ignore[attr-defined]
    price, digits = row.price_millionths, row.item.decimals
    return Coming(
        line=row,
        qty=(row.open_steps or row.waiting_steps) / 10**digits,
        due_on=due_on,
        late_days=max(0, (today - due_on).days) if row.open_steps else 0,
        action=action,
        worth=None if price is None else Fraction(row.open_steps * price, MILLION * 10**digits),
    )


@dataclass(frozen=True, slots=True)
class Punctual:
    """Of the lines that fell due: so many came by their day, so many have not come yet; and how late all of them were
    on average, those in time as none."""

    due: int
    kept: int
    overdue: int
    mean_late: Fraction | None

    @property
    def share(self) -> float | None:
        return self.kept / self.due if self.due else None


def punctual(made: Sequence[Delivery]) -> Punctual:
    late = sum(max(0, each.days_late) for each in made)
    return Punctual(
        due=len(made),
        kept=sum(each.is_on_time for each in made),
        overdue=sum(each.came_on is None for each in made),
        mean_late=Fraction(late, len(made)) if made else None,
    )


def refused_of(made: Sequence[Delivery], coming: Sequence[Coming]) -> tuple[Sequence[PurchaseLine], int]:
    """Of the lines of which something came and was looked at those of which something was refused, and how many they
    are in all."""
    every: dict[int, PurchaseLine] = {each.line.pk: each.line for each in made}
    every |= {each.line.pk: each.line for each in coming}
    came = [each for each in every.values() if each.received_steps > each.waiting_steps]
    return [each for each in came if each.rejected_steps], len(came)


@dataclass(frozen=True, slots=True)
class Papers:
    """How many of his orders wait for the same step, and the first of them."""

    count: int
    id: int
    number: str


def waiting_papers(supplier: Any, coming: Sequence[Coming]) -> Mapping[str, Papers]:
    """By state, orders that wait for us or for his word. ``supplier``: asked for ``with_drafts``."""
    found: dict[str, Papers] = {}
    if supplier.drafts:
        found["draft"] = Papers(supplier.drafts, supplier.draft_id, supplier.draft_number)
    for state in ("approved", "sent"):
        orders = {each.line.order_id: each.line.order for each in coming if each.line.order.state == state}
        if orders:
            first = orders[min(orders)]
            found[state] = Papers(len(orders), first.pk, first.number)
    return found


def with_drafts(actor: Actor, rows: "QuerySet[Supplier]") -> "QuerySet[Any]":
    """Suppliers with how many of their orders are drafts, and which is the first."""
    drafts = rows_for(actor, PurchaseOrder).filter(supplier=OuterRef("pk"), state="draft")
    first, each = drafts.order_by("pk"), drafts.order_by().values("supplier").annotate(n=Count("pk"))
    return rows.annotate(
        drafts=Subquery(each.values("n")),
        draft_id=Subquery(first.values("pk")[:1]),
        draft_number=Subquery(first.values("number")[:1]),
    )


@dataclass(frozen=True, slots=True)
class ToBuy:
    """What the plan proposes to buy from him: all of it, what of it is due this week with its money, and what nobody
    needs of all of it (``tied``). In the company's currency. ``first``: the id of the one that is due first."""

    count: int
    due: int
    due_amount: float
    tied: float
    first: int | None


def to_buy(actor: Actor, of: Supplier, today: date) -> ToBuy:
    rows = measured(actor).filter(supplier=of).order_by("start_on", "pk")
    found = list(rows.values_list("pk", "start_on", "amount", "tied"))  # type: ignore[misc]  # annotated
    due = [amount for _, on, amount, _ in found if on <= today + WEEK]
    return ToBuy(len(found), len(due), sum(due), sum(tied for *_, tied in found), found[0][0] if found else None)


@dataclass(frozen=True, slots=True)
class Excess:
    """What of a purchase that was decided nobody needed then; ``worth`` in the company's currency."""

    row: Proposal
    qty: float
    worth: Fraction


def excess_of(actor: Actor, of: Supplier) -> list[Excess]:
    """The dearest before the others."""
    decided = rows_for(actor, Proposal).filter(supplier=of, state=Proposal.State.ACCEPTED, kind=Proposal.Kind.BUY)
    rows = decided.filter(qty_steps__gt=F("needed_steps")).select_related("item")
    found = []
    for row in rows:
        steps, whole = row.qty_steps - row.needed_steps, 10**row.item.decimals
        found.append(Excess(row, steps / whole, Fraction(steps * (row.price_millionths or 0), MILLION * whole)))
    return sorted(found, key=lambda each: (-each.worth, each.row.pk))
