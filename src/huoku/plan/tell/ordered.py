"""What several tables say of the planned orders: their names, items, sources and prices."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Floats, Ints, Terms
from huoku.language import Language, Sentence
from huoku.plan.decide.columns import NODE, QTY, SOURCE
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case

OWN_SHOP = Sentence("自制", "own shop")
NO_SUPPLIER = Sentence("未定供应商", "no supplier named")


class Ordered(NamedTuple):
    """Columns by order, in the order of ``Netted.orders``; ``sources`` by source."""

    names: pl.Series
    item: Ints
    steps: Ints  # smallest steps in one unit of the item
    source: Ints
    made: Flags  # in the own shop, not bought
    tier: Ints  # the row of its price break in ``terms``
    step_price: Floats  # the price of one step: that of the price break of its whole quantity
    sources: pl.Series  # their names as people say them


def ordered(case: Case, netted: Netted, lang: Language) -> Ordered:
    """See ``Ordered``."""
    orders, terms = netted.orders, case.model.terms
    item, source = orders[:, NODE] % case.model.items, orders[:, SOURCE]
    made = terms.is_make[source]
    tier = price_tiers(terms, source, orders[:, QTY])
    return Ordered(
        names=order_names(made),
        item=item,
        steps=case.numbering.steps[item],
        source=source,
        made=made,
        tier=tier,
        step_price=terms.tier_price[tier],
        sources=source_names(case, lang),
    )


def order_names(made: Flags) -> pl.Series:
    """``PB-000001`` for what is bought, ``PM-000001`` for what is made, numbered through in the table's order."""
    digits = max(6, len(str(made.size)))
    number = pl.Series(np.arange(1, made.size + 1)).cast(pl.String).str.zfill(digits)
    return pl.Series(["PB-", "PM-"], dtype=pl.String)[made.astype(np.int64)] + number


def price_tiers(terms: Terms, source: Ints, qty: Ints) -> Ints:
    """The row of each order's price break in ``terms``."""
    # The last tier of the order's source that its quantity reaches; most sources have one.
    tier = terms.tier_first[source]
    last = terms.tier_first[source + 1] - 1
    while True:
        higher = tier < last
        higher[higher] = qty[higher] >= terms.tier_low[tier[higher] + 1]
        if not higher.any():
            return tier
        tier = tier + higher


def source_names(case: Case, lang: Language) -> pl.Series:
    """The name of each source as people say it."""
    supplier = case.sources.supplier
    unnamed = pl.Series([NO_SUPPLIER.say(lang), OWN_SHOP.say(lang)])[case.model.terms.is_make.astype(np.int64)]
    return supplier.zip_with(supplier.is_not_null(), unnamed)
