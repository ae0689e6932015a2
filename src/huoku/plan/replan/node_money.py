"""What one node costs as it was settled: what its ways of settling it again are compared by, beside the disturbance."""

from huoku.buy.leftover import Worth, beyond_limits, leftover_credit, leftover_days
from huoku.buy.lot_sizing import BROKEN, is_limited
from huoku.buy.terms import Ints, Terms, price_at
from huoku.compiled import kernel
from huoku.plan.decide.columns import NEED_TO, QTY, SOURCE


@kernel
def node_money(
    terms: Terms, worth: Worth, item: int, orders: Ints, order_left: Ints, spare: int, unit_days: float, horizon: int
) -> float:
    """The orders of a node, their fees and holding, less what is left of it is worth.

    ``spare``: what nobody took of what came without them; ``unit_days``: see ``Netted``.
    """
    over, last, bought = 0, 0, -1
    spent = 0.0
    for row in range(len(orders)):
        source, qty = orders[row, SOURCE], orders[row, QTY]
        spent += price_at(terms, source, qty) * qty + terms.fee[source]
        over += order_left[row]
        last = max(last, orders[row, NEED_TO])
        if not terms.is_make[source]:
            bought = row
    left = float(spare + over)
    # What is left counts as on hand to the last day; it goes as it is expected to be used.
    gone = left * horizon - leftover_days(worth, item, left, last, horizon)
    held = (unit_days - gone) * worth.holding[item]
    money: float = spent + held - leftover_credit(worth, item, left)
    if over > 0 and bought >= 0 and is_limited(worth):
        # What breaking the owner's limits weighs for the last purchase, as in ``lot_sizing``.
        qty, days = float(orders[bought, QTY]), float(max(0, horizon - last))
        money += BROKEN * beyond_limits(worth, item, float(spare), float(over), qty, days)
    return money
