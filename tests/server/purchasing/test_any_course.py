"""Whatever comes, is inspected, sent back or postponed, in whatever order: figures, stock and promises agree."""

from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow

ORDERED, PROMISED = 20, 15
STEPS = ("receive", "inspect_first", "accept", "reject", "send_back", "replace", "postpone", "void", "close")
FEW = settings(
    max_examples=20,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def take(office, order, line, step, quantity):
    """Try a step with the first receipt that it can be about."""
    from huoku.server.purchasing.commands.ending import close
    from huoku.server.purchasing.commands.inspecting import inspect
    from huoku.server.purchasing.commands.promising import revise_dates
    from huoku.server.purchasing.commands.returning import return_goods
    from huoku.server.purchasing.commands.voiding import void_receipt
    from huoku.server.purchasing.models import PurchaseReceipt

    receipts = PurchaseReceipt.objects.of(office.company).filter(line=line).order_by("pk")
    waiting = receipts.filter(waiting_steps__gt=0).first()
    rejected = receipts.filter(rejected_steps__gt=0).last()
    if step in ("receive", "inspect_first"):
        came = {"line": line, "qty": str(quantity), "lot": f"L{order}", "inspect": step == "inspect_first"}
        office.receive(order, came)
    elif step in ("accept", "reject") and waiting:
        said = {"accepted" if step == "accept" else "rejected": str(quantity), "reason": "rust"}
        office.by("storekeeper", inspect, id=waiting.pk, **said)
    elif step in ("send_back", "replace") and rejected:
        again = {"replaced_on": office.day(30)} if step == "replace" else {}
        office.by("storekeeper", return_goods, id=rejected.pk, qty=str(quantity), reason="rust", **again)
    elif step == "void" and receipts:
        office.by("storekeeper", void_receipt, id=receipts[quantity % len(receipts)].pk, reason="wrong")
    elif step == "postpone":
        office.by("buyer", revise_dates, id=order, lines=[{"line": line, "on": office.day(quantity)}])
    elif step == "close":
        office.by("buyer", close, id=order, reason="enough")


def test_figures_stock_and_promises_agree_after_any_steps(office):
    from huoku.server.ledger.models import Balance
    from huoku.server.platform.refusals import Refused

    numbers = count(1)

    def must_agree(order, demand):
        line = office.line(order)
        quantity, reserved, _ = office.supply(line)
        is_open = office.order(order).state != "closed"
        assert quantity == (line.open_steps + line.waiting_steps if is_open else 0)
        lots = Balance.objects.of(office.company).filter(lot__code=f"L{order}")
        there = {row.status: row.on_hand for row in lots}
        assert sum(there.values()) == line.received_steps - line.returned_steps
        assert there.get("quarantine", 0) == line.waiting_steps
        assert there.get("blocked", 0) == line.rejected_steps - line.returned_steps
        kept = sum(quantity for _, quantity in office.kept(demand))
        lost = [each for event in office.events("supply_short") for each in event["lost"] if each["demand"] == demand]
        assert kept + sum(int(each["qty"]) for each in lost) == PROMISED
        assert sum(quantity for kind, quantity in office.kept(demand) if kind == "supply") == reserved

    @FEW
    @example([("receive", 9), ("receive", 9), ("void", 2), ("void", 1), ("receive", 8)])
    @example([("inspect_first", 9), ("receive", 8), ("void", 2), ("accept", 5), ("void", 2), ("postpone", 3)])
    @given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 9)), min_size=4, max_size=12))
    def any_steps(steps):
        demand = f"sales.line:{next(numbers)}"
        order = office.sent({"item": "BOLT", "qty": str(ORDERED), "over_tolerance": "0.2", "under_tolerance": "0.1"})
        line = office.line(order)
        office.promise(line, PROMISED, demand, need_on=office.day(25))
        for step, quantity in steps:
            try:
                take(office, order, line.pk, step, quantity)
            except Refused:
                continue
            must_agree(order, demand)

    any_steps()
