"""An order worked into the plan without being entered: its day, and what it would leave over in money."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from huoku.language import Language
from huoku.plan.offer.quantities import Point
from huoku.plan.offer.waste import Waste, wastes
from huoku.plan.plan import Plan
from huoku.plan.quote import Quote
from huoku.plan.replan.replan import replan


@dataclass(frozen=True)
class Offer:
    """A quote with what the order would leave over, by bought item; ``wastes`` is None where there is no day for it."""

    quote: Quote
    qty: Decimal
    wastes: tuple[Waste, ...] | None

    @cached_property
    def point(self) -> Point:
        """The whole order in two sums of money."""
        rows = self.wastes or ()
        return Point(self.qty, self.quote.date, sum(row.cost for row in rows), sum(row.material for row in rows))

    @property
    def each(self) -> float:
        """What the price of one piece has to carry so that the waste is paid, in the factory's currency."""
        return self.point.each

    @property
    def tied(self) -> float:
        """The money that lies in what would be left over."""
        return sum(max(0.0, row.tied) for row in self.wastes or ())


def offer(
    plan: Plan,
    item: str,
    qty: Decimal,
    on: date,
    *,
    location: str = "MAIN",
    lang: Language | None = None,
) -> Offer:
    """What an order of ``qty`` of an item, wanted on a day, would do to the plan, which stays as it is.

    The order stands behind all others, so that no promise moves; it is wanted on the first day that there is for it.
    What it leaves is the difference between the plan and the same plan worked out again with it. Raises UsageError as
    ``Plan.quote`` does.
    """
    lang = lang or plan.lang
    quote = plan.quote(item, qty, on, location=location, lang=lang)
    if quote.date is None:
        return Offer(quote, qty, None)
    return Offer(quote, qty, wastes(plan, replan(plan, quote.accept()), lang))


def at_quantity(plan: Plan, of: Offer, qty: Decimal) -> Point:
    """The same order in another quantity."""
    if qty == of.qty:
        return of.point
    return offer(plan, of.quote.item, qty, of.quote.wanted, location=of.quote.location, lang=of.quote.lang).point
