"""What one node costs as it was settled: what its ways of settling it again are compared by, beside the disturbance."""

from huoku.buy.leftover import beyond_limits, leftover_credit, leftover_days
from huoku.buy.lot_sizing import BROKEN, is_limited
from huoku.buy.terms import price_at
from huoku.compiled import kernel
from huoku.plan.decide.columns import NEED_TO, QTY, SOURCE
from huoku.plan.decide.desk import Desk
from huoku.plan.model.arrays import Model, Receipts


@kernel
def node_money(model: Model, receipts: Receipts, desk: Desk, node: int, begin: int, end: int) -> float:
    """Its orders ``begin`` to ``end - 1``, fees and holding, less what is left of it is worth."""
    terms, worth, item = model.terms, model.worth, node // model.locations
    spare, over, last, bought = 0, 0, 0, -1
    spent = 0.0
    for receipt in range(receipts.first[node], receipts.first[node + 1]):
        spare += desk.receipt_left[receipt]
    for row in range(begin, end):
        source, qty = desk.book.orders[row, SOURCE], desk.book.orders[row, QTY]
        spent += price_at(terms, source, qty) * qty + terms.fee[source]
        over += desk.book.left[row]
        last = max(last, desk.book.orders[row, NEED_TO])
        if not terms.is_make[source]:
            bought = row
    left = float(spare + over)
    # What is left counts as on hand to the last day; it goes as it is expected to be used.
    gone = left * model.horizon - leftover_days(worth, item, left, last, model.horizon)
    held = (desk.unit_days[node] - gone) * worth.holding[item]
    money: float = spent + held - leftover_credit(worth, item, left)
    if over > 0 and bought >= 0 and is_limited(worth):
        # What breaking the owner's limits weighs for the last purchase, as in ``lot_sizing``.
        qty, days = float(desk.book.orders[bought, QTY]), float(max(0, model.horizon - last))
        money += BROKEN * beyond_limits(worth, item, float(spare), float(over), qty, days)
    return money
