"""Kits, walks, reports made ready and the board, as programs ask for them."""

import pytest
from tests.server.api.conftest import caller_of
from tests.server.production.conftest import factory, stands

__all__ = ["factory", "stands"]


@pytest.fixture
def call(stands, company):
    return caller_of(company, "planner")


def test_the_kits_of_open_orders_in_the_order_of_service(stands, call):
    """200 screws and 50 plates: of three orders of 20 stands the last one has 40 screws and 10 plates."""
    due = ("2026-12-30", "2026-12-10", "2026-12-20")
    ids = [stands.plan(qty="20", start_on=f"2026-12-0{n}", due_on=day) for n, day in enumerate(due, start=1)]
    told = call.get("/kitting").json()
    assert (told["service"], told["possible"], told["buildable"], told["rate"]) == ("start", 2, 3, "0.6667")
    last = told["kits"][-1]
    assert (last["order_id"], last["buildable"], last["critical"], last["rate"]) == (ids[2], "10", "SCREW", "0.0000")
    assert (last["complete_on"], last["lines"][0]["missing"], last["lines"][0]["needed"]) == (None, "40", "80")
    assert [kit["order_id"] for kit in call.get("/kitting?service=finish").json()["kits"]] == [ids[1], ids[2], ids[0]]
    narrowed = call.get("/kitting?start_from=2026-12-03").json()
    assert (len(narrowed["kits"]), narrowed["possible"]) == (1, 0)
    alone = call.get(f"/kitting?orders={ids[2]}").json()
    assert [kit["is_complete"] for kit in alone["kits"]] == [True]


def test_who_else_holds_a_component_and_what_is_on_its_way(stands, call):
    first, second = stands.plan(qty="50"), stands.plan(qty="10")
    stands.say("release_order", id=first)
    coming = {"supply": "purchasing.line:1", "item": "SCREW", "location": "STORAGE"}
    owner = caller_of(stands.company, "owner")
    assert owner.post("/supplies/state", {**coming, "quantity": "40", "expected_on": "2026-12-05"}).status_code == 200
    screws = next(kit for kit in call.get("/kitting").json()["kits"] if kit["order_id"] == second)["lines"][0]
    assert screws["reserved_for_others"] == [{"demand": f"production.order:{first}", "quantity": "200"}]
    assert screws["late"] == [{"supply": "purchasing.line:1", "on": "2026-12-05", "quantity": "40"}]
    assert (screws["missing"], screws["short"]) == ("40", "40")


@pytest.mark.parametrize(
    "asked", ["service=random", "orders=1,x", "start_from=soon", "start_until=9999-12-31", "colour=red"]
)
def test_what_cannot_be_asked_of_kitting_is_refused(stands, call, asked):
    assert call.get(f"/kitting?{asked}").status_code == 400


def test_a_walk_is_told_stop_by_stop_and_shrinks_as_it_is_taken(stands, call):
    id = stands.plan(qty="20")
    stands.say("release_order", id=id)
    picks = stands.say("make_pick_list", orders=[id])["id"]
    stops = call.get(f"/pick_lists/{picks}/walk").json()["stops"]
    assert [(stop["line"], stop["item"], stop["location"], stop["quantity"]) for stop in stops] == [
        (1, "PLATE", "STORAGE", "20"),
        (2, "SCREW", "STORAGE", "80"),
    ]
    assert stops[1]["lots"] == [{"lot": "S1", "quantity": "80"}]
    stands.say("take_line", id=picks, line=1)
    assert len(call.get(f"/pick_lists/{picks}/walk").json()["stops"]) == 1
    assert call.get("/pick_lists/999/walk").status_code == 404


def test_ready_reports_and_the_board_follow_what_is_reported(stands, call):
    stands.say("release_order", id=(id := stands.plan(qty="20")))
    (ready,) = call.get("/ready_reports").json()["reports"]
    assert (ready["operation"], ready["good"], ready["minutes"]) == ("WO-2026-00001/10", "20", "70")
    assert call.get("/ready_reports?resource=R20").json()["reports"] == []
    stands.say("report_operation", id=stands.operation(id).pk, good="12.0", minutes="50")
    board = call.get("/production_board").json()
    assert (board["orders"]["in_progress"], board["operations"]["ready"]) == (1, 1)
    assert board["output"] == [
        {"resource": "R10", "unit": "pcs", "reports": 1, "good": "12", "scrap": "0", "minutes": "50"}
    ]
    assert call.get("/production_board?day=2026-01-01").json()["output"] == []
