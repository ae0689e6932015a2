"""What several tables say of the planned orders: their names, items, sources and prices."""

from functools import cached_property

import numpy as np
import polars as pl

from huoku.buy.terms import Floats, Ints, Terms
from huoku.factory import Factory
from huoku.language import Language, Sentence
from huoku.plan.decide.columns import NODE, QTY, SOURCE
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case

KINDS = 3
BUY, MAKE, TRANSFER = range(KINDS)

NAMED = r"^P[BMT]-(\d{6,})$"

OWN_SHOP = Sentence("自制", "own shop")
NO_SUPPLIER = Sentence("未定供应商", "no supplier named")


class Ordered:
    """What tables say of orders, by row; worked out when it is asked for: a change has all of it told of few orders.

    ``orders`` are rows of ``Netted.orders``, ``names`` their names. ``sources``: the names of all sources, as people
    say them.
    """

    def __init__(self, case: Case, orders: Ints, names: pl.Series, sources: pl.Series):
        self.case, self.orders, self.names, self.sources = case, orders, names, sources

    @cached_property
    def item(self) -> Ints:
        return self.orders[:, NODE] // self.case.model.locations

    @cached_property
    def steps(self) -> Ints:
        """Smallest steps in one unit of the item."""
        return self.case.numbering.steps[self.item]

    @cached_property
    def source(self) -> Ints:
        return np.ascontiguousarray(self.orders[:, SOURCE])

    @cached_property
    def kind(self) -> Ints:
        """BUY, MAKE or TRANSFER."""
        return kinds_of(self.case, self.source)

    @cached_property
    def tier(self) -> Ints:
        """The row of its price break in ``terms``."""
        return price_tiers(self.case.model.terms, self.source, self.orders[:, QTY])

    @cached_property
    def step_price(self) -> Floats:
        """The price of one step: that of the price break of its whole quantity."""
        return self.case.model.terms.tier_price[self.tier]

    def of(self, rows: Ints) -> "Ordered":
        """The same of some of the orders."""
        return Ordered(self.case, self.orders[rows], self.names[rows], self.sources)


def ordered(case: Case, netted: Netted, lang: Language, names: pl.Series | None = None) -> Ordered:
    """See ``Ordered``. ``names``: of the orders, where they have some."""
    if names is None:
        names = order_names(kinds_of(case, netted.orders[:, SOURCE]), last_number(case.factory))
    return Ordered(case, netted.orders, names, source_names(case, lang))


def kinds_of(case: Case, source: Ints) -> Ints:
    """What an order from each of these sources is: BUY, MAKE or TRANSFER."""
    of_source = np.where(case.sources.origin >= 0, TRANSFER, np.where(case.model.terms.is_make, MAKE, BUY))
    return of_source[source]


def last_number(factory: Factory) -> int:
    """The highest number of an open supply that is named like an order, once planned and placed since; 0 for none."""
    number = factory.supplies["supply"].str.extract(NAMED).cast(pl.Int64, strict=False).max()
    return number if isinstance(number, int) else 0


def order_names(kind: Ints, last: int) -> pl.Series:
    """``PB-000001`` bought, ``PM-000001`` made, ``PT-000001`` carried; numbered through from ``last`` on."""
    digits = max(6, len(str(last + kind.size)))
    # A one before them keeps the zeros in front until it is cut off.
    number = pl.Series(np.arange(last + 1, last + kind.size + 1) + 10**digits).cast(pl.String).str.slice(1)
    return pl.Series(["PB-", "PM-", "PT-"], dtype=pl.String)[kind] + number


def price_tiers(terms: Terms, source: Ints, qty: Ints) -> Ints:
    """The row of each order's price break in ``terms``."""
    # The last tier of the order's source that its quantity reaches; most sources have one.
    tier = terms.tier_first[source]
    row = np.flatnonzero(np.diff(terms.tier_first)[source] > 1)
    while row.size:
        row = row[qty[row] >= terms.tier_low[tier[row] + 1]]
        tier[row] += 1
        row = row[tier[row] + 1 < terms.tier_first[source[row] + 1]]
    return tier


def source_names(case: Case, lang: Language) -> pl.Series:
    """The name of each source as people say it."""
    supplier, origin = case.sources.supplier, case.sources.origin
    if (origin >= 0).any():
        places = pl.Series(case.numbering.locations, dtype=pl.String)
        supplier = places[np.maximum(origin, 0)].zip_with(pl.Series(origin >= 0), supplier)
    unnamed = pl.Series([NO_SUPPLIER.say(lang), OWN_SHOP.say(lang)])[case.model.terms.is_make.astype(np.int64)]
    return supplier.zip_with(supplier.is_not_null(), unnamed)
