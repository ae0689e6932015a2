"""Every step from every state: it is taken where the course allows it, and refused everywhere else."""

import pytest

STATES = ("draft", "approved", "sent", "confirmed", "closed", "cancelled")
STEPS = (
    *("change_order", "add_line", "change_line", "remove_line", "approve", "send", "confirm", "revise_dates"),
    *("set_tolerance", "receive", "close", "cancel"),
)
REQUEST_STEPS = ("change_request", "order_requests", "reject_request", "withdraw_request", "reopen_request")


def in_state(office, state):
    """An order of ten bolts for 10.00 that has come as far as ``state``."""
    lines = ({"item": "BOLT", "qty": "10"},)
    if state in ("draft", "cancelled"):
        order = office.draft(*lines)["id"]
    else:
        order = office.approved(*lines) if state == "approved" else office.sent(*lines)
    for name in {"confirmed": ("confirm",), "closed": ("close",), "cancelled": ("cancel",)}.get(state, ()):
        take(office, name, order)
    assert office.order(order).state == state
    return order


def take(office, name, order):
    """Take the step with what it needs."""
    from huoku.server.platform.command import COMMANDS

    line = office.line(order).pk
    needs = {
        "add_line": {"order_id": order, "item": "NUT", "qty": "1", "price": "1"},
        "change_line": {"id": line, "qty": "11"},
        "remove_line": {"id": line},
        "set_tolerance": {"id": line, "over_tolerance": "0.1"},
        "revise_dates": {"id": order, "lines": [{"line": line, "on": office.day(30)}]},
        "receive": {"id": order, "lines": [{"line": line, "qty": "10", "lot": "A"}]},
        "close": {"id": order, "reason": "enough"},
        "cancel": {"id": order, "reason": "not needed"},
    }
    return office.by("owner", COMMANDS[f"purchasing.{name}"], **needs.get(name, {"id": order}))


def test_every_command_of_an_order_is_a_step_of_its_course():
    from huoku.server.purchasing.states import ORDER, REQUEST

    assert [step.command for step in ORDER.steps] == [f"purchasing.{name}" for name in STEPS]
    assert [step.command for step in REQUEST.steps] == [f"purchasing.{name}" for name in REQUEST_STEPS]
    assert tuple(ORDER.states) == STATES


def test_an_order_takes_a_step_from_where_its_course_allows_it_and_from_nowhere_else(office):
    from huoku.server.documents.course import NotFromHere
    from huoku.server.purchasing.states import ORDER

    for state in STATES:
        for name in STEPS:
            order, step = in_state(office, state), ORDER.step(f"purchasing.{name}")
            if state in step.of:
                take(office, name, order)
                assert office.order(order).state == (step.to[0] if step.to else state), (state, name)
            else:
                with pytest.raises(NotFromHere):
                    take(office, name, order)
                assert office.order(order).state == state, (state, name)


def request_in(office, state):
    request = office.request("NUT", "5", supplier="ACME")["id"]
    if state != "open":
        take_request(office, {"ordered": "order", "rejected": "reject", "withdrawn": "withdraw"}[state], request)
    return request


def take_request(office, name, request):
    from huoku.server.platform.command import COMMANDS

    needs = {
        "change": {"id": request, "qty": "6"},
        "order": {"requests": [request], "location": "STORAGE"},
        "reject": {"id": request, "answer": "there is enough"},
    }
    command = COMMANDS["purchasing.order_requests" if name == "order" else f"purchasing.{name}_request"]
    return office.by("owner", command, **needs.get(name, {"id": request}))


def test_a_request_too(office):
    from huoku.server.documents.course import NotFromHere
    from huoku.server.purchasing.commands.requests import StillOrdered
    from huoku.server.purchasing.models import PurchaseRequest
    from huoku.server.purchasing.states import REQUEST

    for state in REQUEST.states:
        for step in REQUEST.steps:
            request = request_in(office, state)
            name = step.command.removeprefix("purchasing.").removesuffix("_request").removesuffix("_requests")
            if state in step.of and name != "reopen":
                take_request(office, name, request)
                reached = step.to[0] if step.to else state
            else:
                # What stands on an order is opened again by cancelling that, and by nothing else.
                with pytest.raises(StillOrdered if (state, name) == ("ordered", "reopen") else NotFromHere):
                    take_request(office, name, request)
                reached = state
            assert PurchaseRequest.objects.of(office.company).get(pk=request).state == reached, (state, name)


def test_a_button_is_shown_to_whoever_may_press_it(office):
    from huoku.server.documents.course import possible_steps

    order = office.order(in_state(office, "sent"))
    seen = {role: [step.command for step in possible_steps(office.people[role], order)] for role in office.people}
    assert seen["buyer"][0] == "purchasing.confirm" and "purchasing.receive" not in seen["buyer"]
    assert seen["storekeeper"] == ["purchasing.receive"]
    assert seen["planner"] == []
