"""Counting: a blind statement, a second pair of eyes, a difference against the book of that moment."""

import dataclasses

import pytest
from tests.server.ledger.test_movements import refused


@pytest.fixture
def second(owner):
    """Another person with the same rights."""
    from huoku.server.platform.models import Membership, User

    user = User.objects.create(username="second")
    Membership.objects.create(company=owner.company, user=user, role="owner")
    return dataclasses.replace(owner, user=user)


def state(warehouse, item, counted, actor=None, **fields):
    from huoku.server.ledger.commands.counts import StateCount, state_count

    request = StateCount(item=item, location=warehouse.shelf, counted=counted, **fields)
    return warehouse.do(state_count, request, actor=actor)


def approve(warehouse, count, actor):
    from huoku.server.ledger.commands.counts import ApproveCount, approve_count

    return warehouse.do(approve_count, ApproveCount(count=count["id"]), actor=actor)


def test_a_count_corrects_the_book_of_its_moment_and_not_what_moved_since(warehouse, second):
    bolt = warehouse.item()
    warehouse.receive(bolt, 1000)
    count = state(warehouse, bolt, 995)
    assert count == {"id": count["id"], "state": "stated", "round": 1}
    warehouse.issue(bolt, 100)
    refused("same_person", approve, warehouse, count, warehouse.actor)
    approve(warehouse, count, second)
    assert warehouse.stock(bolt) == (895, 0)
    refused("count_ended", approve, warehouse, count, second)


def test_a_large_difference_is_counted_again_by_somebody_else(warehouse, second):
    from huoku.server.ledger.models import CountTask

    bolt = warehouse.item()
    warehouse.receive(bolt, 100)
    assert state(warehouse, bolt, 90)["state"] == "recount"
    refused("same_person", state, warehouse, bolt, 90)
    assert CountTask.objects.of(warehouse.company).get(is_open=True).cause == "recount"
    assert state(warehouse, bolt, 91, actor=second) == {"id": 2, "state": "stated", "round": 2} | {
        "id": state_id(warehouse)
    }


def state_id(warehouse):
    from huoku.server.ledger.models import Count

    return Count.objects.of(warehouse.company).latest("pk").pk


def test_what_is_counted_where_it_is_owed_pays_the_debt(warehouse, second):
    from huoku.server.ledger.commands.places import ChangeLocation, change_location
    from huoku.server.ledger.models import Debt

    bolt = warehouse.item()
    warehouse.do(change_location, ChangeLocation(id=warehouse.shelf, is_unverified=True))
    warehouse.receive(bolt, 7)
    warehouse.issue(bolt, 10)
    state(warehouse, bolt, 2)
    count = state(warehouse, bolt, 2, actor=second)
    approve(warehouse, count, warehouse.actor)
    assert (warehouse.stock(bolt), Debt.objects.of(warehouse.company).get().quantity) == ((2, 0), 0)


def test_a_scanner_without_connection_counts_against_what_it_knew(warehouse):
    from huoku.server.ledger.models import Count

    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    warehouse.receive(bolt, 5)
    state(warehouse, bolt, 10, seq=1)
    assert Count.objects.of(warehouse.company).get().state == "approved"


def test_each_item_is_counted_in_its_turn_and_the_doubtful_first(warehouse, second):
    from huoku.server.ledger.commands.count_plans import DrawSpotCheck, PlanCounts, draw_spot_check, plan_counts
    from huoku.server.ledger.models import CountTask

    items = [warehouse.item(code) for code in ("A", "B", "C")]
    for item in items:
        warehouse.receive(item, 1000)
    assert state(warehouse, items[0], 1000)["state"] == "approved"
    approve(warehouse, state(warehouse, items[1], 999), second)
    assert warehouse.do(plan_counts, PlanCounts()) == {"planned": 2, "left_for_later": 0}
    tasks = CountTask.objects.of(warehouse.company).order_by("pk").values_list("item_id", "cause")
    assert list(tasks) == [(items[1], "doubt"), (items[2], "class")]
    draws = [warehouse.do(draw_spot_check, DrawSpotCheck(seed="2099-05", number=2)) for _ in range(2)]
    assert draws[0] == draws[1] and len(draws[0]["drawn"]) == 2


def test_classes_go_by_the_value_that_left():
    from huoku.server.ledger.queries.doubt import classes

    assert classes([(1, 790), (2, 150), (3, 50), (4, 10)]) == {1: "A", 2: "A", 3: "B", 4: "C"}


def test_one_difference_is_entered_once_however_often_it_is_counted(warehouse, second):
    bolt = warehouse.item()
    warehouse.receive(bolt, 1000)
    first, again = state(warehouse, bolt, 995), state(warehouse, bolt, 995)
    refused("count_ended", approve, warehouse, first, second)
    approve(warehouse, again, second)
    assert warehouse.stock(bolt) == (995, 0)
    assert state(warehouse, bolt, 995)["state"] == "approved"


def test_what_a_scanner_saw_before_the_book_was_corrected_corrects_it_no_more(warehouse, second):
    bolt = warehouse.item()
    warehouse.receive(bolt, 1000)
    approve(warehouse, state(warehouse, bolt, 995), second)
    late = state(warehouse, bolt, 995, seq=1)
    refused("counted_since", approve, warehouse, late, second)
    assert warehouse.stock(bolt) == (995, 0)
    state(warehouse, bolt, 995)
    refused("counted_since", state, warehouse, bolt, 999, seq=1)


def test_a_serial_number_is_counted_once_or_not_at_all(warehouse):
    pump = warehouse.item("PUMP", tracking="serial")
    refused("serial_is_one", state, warehouse, pump, 2, lot_code="S1")


def test_what_a_scanner_knew_beyond_the_last_movement_is_the_last_movement(warehouse):
    from huoku.server.ledger.doctor import examine
    from huoku.server.ledger.models import Count

    bolt = warehouse.item()
    warehouse.receive(bolt, 10)
    state(warehouse, bolt, 10, seq=2**62)
    assert Count.objects.of(warehouse.company).get().seq == 1
    warehouse.receive(bolt, 5)
    assert examine(warehouse.company) == []


def test_who_works_at_one_site_counts_draws_and_decides_there_alone(warehouse, second):
    from huoku.server.ledger.commands.count_plans import DrawSpotCheck, PlanCounts, draw_spot_check, plan_counts
    from huoku.server.ledger.commands.counts import ApproveCount, approve_count
    from huoku.server.ledger.commands.places import AddLocation, add_location
    from huoku.server.platform.commands.companies import AddSite, add_site

    east, west = (warehouse.do(add_site, AddSite(code=code, name=code))["id"] for code in ("EAST", "WEST"))
    for code, site in (("east", east), ("west", west)):
        made = warehouse.do(add_location, AddLocation(code=code.upper(), kind="storage", site=site))
        warehouse.places[code] = made["id"]
    bolt = warehouse.item()
    for place in ("east", "west"):
        warehouse.record(warehouse.line("receive", bolt, 1000, "supplier", place))
    in_the_west = dataclasses.replace(second, sites=frozenset({west}))

    warehouse.shelf = warehouse.places["east"]
    count = state(warehouse, bolt, 995)
    decline = ApproveCount(count=count["id"], is_approved=False)
    refused("not_found", warehouse.do, approve_count, decline, actor=in_the_west)
    drawn = warehouse.do(draw_spot_check, DrawSpotCheck(seed="2099", number=9), actor=in_the_west)["drawn"]
    assert [each["location"] for each in drawn] == [warehouse.places["west"]]
    assert warehouse.do(plan_counts, PlanCounts(), actor=in_the_west)["planned"] == 0
    elsewhere = AddLocation(code="EAST2", kind="storage", site=east)
    refused("not_found", warehouse.do, add_location, elsewhere, actor=in_the_west)
