"""What is known of a customer by what happened: what it waits for, what is kept for it alone, what it left over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from huoku.language import Language
from huoku.server.items.models import Item
from huoku.server.ledger.models import Reservation
from huoku.server.partners.models import Customer
from huoku.server.planning.contracts import agreed_steps
from huoku.server.planning.dead_share import dead_of
from huoku.server.planning.models import Forecast, PlanRun
from huoku.server.planning.promises import Told, told_of
from huoku.server.planning.stock_money import unit_values
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.kept import rows_for
from huoku.server.sales.models import SalesLine, SalesOrder
from huoku.server.sales.queries.kept import Promise
from huoku.server.sales.states import HELD, INQUIRY

ASKED = (INQUIRY, HELD)
"""States of orders that wait for our word."""
MOST_DEMANDS = 500
"""So many open lines are asked what is kept for them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open line with what the last plan says of it; ``told`` is None where the plan does not know it."""

    line: SalesLine
    told: Told | None
    is_overdue: bool

    @property
    def qty(self) -> float:
        return float(self.line.open_steps / 10**self.line.item.decimals)

    @property
    def day(self) -> date:
        """The day promised, or wanted where none was."""
        return self.line.promised_on or self.line.due_on

    @property
    def late_days(self) -> int:
        """By how many days the plan is after the day promised."""
        return max(0, (self.told.date - self.day).days) if self.told and self.told.date else 0

    @property
    def level(self) -> str:
        if self.told and self.told.date is None:
            return "R"
        if self.is_overdue or self.late_days:
            return "O"
        return "G" if self.told else "N"


def waiting_of(lines: Sequence[SalesLine], run: PlanRun | None, today: date, lang: Language) -> list[Waiting]:
    """What never comes before what comes late, and that before the rest; then by day."""
    told = told_of(run, lang) if run else {}
    found = [Waiting(line, told.get(line.pk), (line.promised_on or line.due_on) < today) for line in lines]
    return sorted(found, key=lambda each: ("ROGN".index(each.level), each.day, each.line.pk))


def mean_late(made: Sequence[Promise]) -> Fraction | None:
    """How late lines went on average, those in time as none."""
    return Fraction(sum(max(0, each.days_late) for each in made), len(made)) if made else None


def with_inquiries(actor: Actor, rows: "QuerySet[Customer]") -> "QuerySet[Any]":
    """Customers with how many of their orders wait for our word, and which is the first."""
    asked = rows_for(actor, SalesOrder).filter(customer=OuterRef("pk"), state__in=ASKED)
    first, each = asked.order_by("pk"), asked.order_by().values("customer").annotate(n=Count("pk"))
    return rows.annotate(
        inquiries=Subquery(each.values("n")),
        inquiry_id=Subquery(first.values("pk")[:1]),
        inquiry_number=Subquery(first.values("number")[:1]),
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """Stock that only one of the customer's orders may take; ``worth`` as the plan values it, in the company's
    currency, None where no plan does."""

    row: Reservation
    line: SalesLine
    qty: float
    worth: Fraction | None


def kept_for(actor: Actor, lines: Sequence[SalesLine], run: PlanRun | None) -> list[Kept]:
    """The dearest before the others."""
    lines_of = {line.demand: line for line in lines[:MOST_DEMANDS]}
    asked = rows_for(actor, Reservation).filter(demand__in=lines_of, state__in=Reservation.OPEN, supply=None)
    rows = list(asked.select_related("item")) if lines_of else []
    values = unit_values(run, {row.item.code for row in rows}) if run and rows else {}
    cents = 10 ** minor_digits(actor.company.currency)
    found = []
    for row in rows:
        qty, value = row.open_quantity / 10**row.item.decimals, values.get(row.item.code)
        worth = None if value is None else Fraction(round(qty * value * cents), cents)
        found.append(Kept(row, lines_of[row.demand], qty, worth))
    return sorted(found, key=lambda each: (-(each.worth or 0), each.row.item.code, str(each.row.pk)))


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract's quantity and what was called of it, in the item's unit."""

    row: Forecast
    qty: float
    called: float

    @property
    def left(self) -> float:
        return max(0.0, self.qty - self.called)

    @property
    def share(self) -> float:
        return min(1.0, self.called / self.qty)


def contracts_of(actor: Actor, of: Customer, today: date) -> list[Contract]:
    """Those that are to be called from today on, and what is left of earlier ones; the first due before the others."""
    rows = rows_for(actor, Forecast).filter(customer=of, kind=Forecast.Kind.CONTRACT).select_related("item")
    known = list(rows.order_by("due_on", "code"))
    called: Mapping[int, int] = agreed_steps(actor.company.pk, [row.pk for row in known]) if known else {}
    found = [
        Contract(row, row.qty_steps / 10**row.item.decimals, called.get(row.pk, 0) / 10**row.item.decimals)
        for row in known
    ]
    return [each for each in found if each.row.due_on >= today or each.left]


@dataclass(frozen=True, slots=True)
class Dead:
    """What is dead of the stock of an item that nobody else ever ordered."""

    item: Item
    worth: Fraction


def dead_of_customer(actor: Actor, of: Customer, run: PlanRun | None) -> list[Dead]:
    """As the last plan's review of the stock has it, the dearest before the others; nothing where it was not
    reviewed."""
    dead = dead_of(run) if run and actor.sites is None else None
    if dead is None or not dead.items.height:
        return []
    lines = SalesLine.objects.of(actor.company).filter(item=OuterRef("pk"))
    theirs, others = lines.filter(order__customer=of), lines.exclude(order__customer=of)
    mine = SalesLine.objects.of(actor.company).filter(order__customer=of).values("item")
    items = rows_for(actor, Item).filter(Exists(theirs), ~Exists(others), pk__in=mine)
    by_code = {item.code: item for item in items}
    rows = dead.items.filter(pl.col("item").is_in(list(by_code))).iter_rows()
    cents = 10 ** minor_digits(actor.company.currency)
    return [Dead(by_code[code], Fraction(round(value * cents), cents)) for code, value in rows]
