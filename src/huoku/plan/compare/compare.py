"""Lay one plan beside another."""

from typing import TYPE_CHECKING

from huoku.errors import UsageError
from huoku.language import Sentence
from huoku.plan.compare.comparison import Comparison
from huoku.plan.compare.orders import changed_orders, paired_orders
from huoku.plan.compare.promises import changed_promises
from huoku.plan.compare.results import changed_exceptions, changed_leftovers, compared_money

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

OTHER_MONEY = Sentence(
    "两个计划的币种不同（{before}、{after}），金额不能比较",
    "the plans are in different currencies ({before}, {after}): their money cannot be compared",
)


def compare(before: "Plan", after: "Plan") -> Comparison:
    """What differs between two plans: of two days, two factories' tables, or before and after a change.

    Demands, items and open orders are known by their names. Planned orders have no lasting names: those of one kind,
    item, place and supplier are matched by day and quantity, see ``paired_orders``.

    Raises
    ------
    UsageError : the plans are in different currencies
    """
    currencies = {"before": before.factory.settings.currency, "after": after.factory.settings.currency}
    if currencies["before"] != currencies["after"]:
        raise UsageError(OTHER_MONEY.say(after.lang, **currencies))
    pairs = paired_orders(before.orders, after.orders)
    orders = changed_orders(before.orders, after.orders, pairs)
    renamed = dict.fromkeys(before.orders["order"]) | dict(pairs.rows())
    return Comparison(
        before=before,
        after=after,
        promises=changed_promises(before, after),
        money=compared_money(before.figures, after.figures),
        orders=orders,
        leftovers=changed_leftovers(before.leftovers, after.leftovers),
        exceptions=changed_exceptions(before.exceptions, after.exceptions, renamed),
        unchanged_orders=pairs.height - orders.filter(change="changed").height,
    )
