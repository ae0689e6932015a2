"""Whatever is sent, arrives, is damaged, lost or postponed, in whatever order: figures, stock and promises agree."""

from itertools import count
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FEW = settings(
    max_examples=12,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
STEPS = ("send", "receive", "damage", "beyond", "find", "lose", "postpone", "close", "cancel")
CARRIED, PROMISED = 20, 12


def take(carrier, transfer, line, step, quantity):
    """Try a step with so many."""
    of_line = {"line": line, "qty": str(quantity)}
    if step == "send":
        carrier.say("send_transfer", id=transfer, lines=[of_line])
    elif step in ("receive", "beyond"):
        reason = "counted twice" if step == "beyond" else ""
        carrier.say("receive_transfer", id=transfer, lines=[of_line], reason=reason)
    elif step == "damage":
        carrier.say("receive_transfer", id=transfer, lines=[{"line": line, "damaged": str(quantity)}], reason="wet")
    elif step in ("find", "lose"):
        said = {"found" if step == "find" else "lost": str(quantity)}
        carrier.say("settle_difference", id=transfer, lines=[{"line": line, **said}], reason="?")
    elif step == "postpone":
        carrier.say("revise_arrival", id=transfer, expected_on=carrier.in_days(quantity))
    else:
        carrier.say(f"{step}_transfer", id=transfer, reason="enough")


def test_figures_stock_and_promises_agree_after_any_steps(carrier):
    from huoku.server.ledger.models import Balance
    from huoku.server.platform.refusals import Refused

    numbers = count(1)

    def must_agree(transfer, item, demand):
        (line,) = carrier.lines(transfer)
        is_open = carrier.row(transfer).state in ("approved", "under_way")
        ((quantity, reserved, _),) = carrier.supplies(transfer)
        assert quantity == (line.open_steps if is_open else 0)
        assert carrier.stock(item, "transit") == (line.under_way_steps, line.under_way_steps)
        assert carrier.stock(item, "EAST") == (
            *(100 - line.sent_steps + line.found_steps, line.to_send_steps if is_open else 0),
        )
        west = {row.status: row.on_hand for row in Balance.objects.of(carrier.company).filter(item=item, **AT_WEST)}
        assert west.get("available", 0) == line.received_steps - line.damaged_steps
        assert west.get("blocked", 0) == line.damaged_steps
        kept = carrier.kept(demand)
        assert sum(kept.values()) <= PROMISED
        assert sum(steps for name, steps in kept.items() if name.endswith("*")) == reserved

    AT_WEST = {"location": carrier.places["WEST"]}

    @FEW
    @given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 9)), min_size=4, max_size=10))
    def any_steps(steps):
        number = next(numbers)
        code, demand = f"PART{number}", f"project:{number}"
        item = carrier.item(code)
        carrier.receive_at("EAST", item, 100)
        transfer = carrier.transfer((code, CARRIED))
        carrier.say("approve_transfer", id=transfer)
        carrier.promise(transfer, demand, PROMISED)
        (line,) = carrier.lines(transfer)
        for step, quantity in [("send", 7), *steps]:
            try:
                take(carrier, transfer, line.pk, step, quantity)
            except Refused:
                continue
            must_agree(transfer, item, demand)

    any_steps()


NOTHING_MOVED = {"movement": UUID(int=0), "reason": "?"}
ASKED = {
    "void_sending": {**NOTHING_MOVED, "parts": [1]},
    "void_arrival": {**NOTHING_MOVED, "parts": [{"part": 1}]},
    "revise_arrival": {"expected_on": "2099-01-01"},
    "settle_difference": {"reason": "?"},
    "close_transfer": {"reason": "?"},
    "cancel_transfer": {"reason": "?"},
}
NEED_LINES = ("receive_transfer", "settle_difference")


@pytest.mark.parametrize("state", ("draft", "requested", "approved", "under_way", "closed", "cancelled"))
def test_a_step_is_taken_from_where_the_course_says_and_nowhere_else(carrier, state):
    from huoku.server.documents.course import COURSES, NotFromHere
    from huoku.server.platform.refusals import Refused
    from huoku.server.warehouse.models import Transfer

    carrier.receive_at("EAST", carrier.bolt, 100)
    for step in COURSES["warehouse.transfer"].steps:
        transfer = carrier.transfer(("BOLT", 1))
        Transfer.objects.of(carrier.company).filter(pk=transfer).update(state=state)
        name = step.command.removeprefix("warehouse.")
        lines = {"lines": [{"line": carrier.lines(transfer)[0].pk}]} if name in NEED_LINES else {}
        try:
            carrier.say(name, id=transfer, **ASKED.get(name, {}), **lines)
        except NotFromHere:
            assert state not in step.of, name
        except Refused:
            assert state in step.of, name
        else:
            assert state in step.of and carrier.row(transfer).state in (state, *step.to), name
