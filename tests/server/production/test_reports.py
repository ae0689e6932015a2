"""Reports made ready from the plan, and completed by whoever did the work."""

import pytest


def test_a_report_carries_the_planned_figures_and_is_completed_by_confirming_it(stands):
    from huoku.server.production.models import JobReport
    from huoku.server.production.queries.ready import ready_reports

    id = stands.plan(qty="20")
    assert ready_reports(stands.actor) == []
    stands.say("release_order", id=id)
    (ready,) = ready_reports(stands.actor)
    assert (ready.number, ready.resource, ready.item, ready.good) == ("WO-2026-00001/10", "R10", "STAND", 20)
    assert ready.minutes == (30 + 20 * 2) * 10**6

    stands.say("report_operation", id=ready.operation, good="12")
    told = [(each.number, each.good, each.minutes) for each in ready_reports(stands.actor)]
    assert told == [("WO-2026-00001/10", 8, 16 * 10**6), ("WO-2026-00001/20", 12, 60 * 10**6)]
    stands.say("report_operation", id=ready.operation)
    last = JobReport.objects.of(stands.company).order_by("-id").first()
    assert (last.good_steps, last.scrap_steps, last.minutes_millionths) == (8, 0, 16 * 10**6)
    assert last.reported_by == stands.actor.user


def test_reports_are_found_by_their_resource_and_the_urgent_come_first(stands):
    from huoku.server.production.queries.ready import ready_reports

    for priority in (5, 1):
        stands.say("release_order", id=stands.plan(qty="1", priority=priority))
    here = stands.operation(stands.plan(qty="1")).resource_id
    assert [each.number for each in ready_reports(stands.actor, [here])] == ["WO-2026-00002/10", "WO-2026-00001/10"]
    assert ready_reports(stands.actor, []) == []


def test_a_changed_quantity_opens_an_operation_again_and_below_what_is_reported_is_refused(stands):
    from huoku.server.production.refusals import BelowReported

    id = stands.plan(qty="20")
    stands.say("release_order", id=id)
    press = stands.operation(id).pk
    stands.say("report_operation", id=press)
    assert stands.operation(id).state == "done"
    with pytest.raises(BelowReported):
        stands.say("change_order", id=id, qty="19")
    stands.say("change_order", id=id, qty="24")
    assert stands.operation(id).state == "running"
    assert stands.say("report_operation", id=press)["good"] == "4"


def test_where_everything_is_scrap_nothing_more_is_waited_for(stands):
    id = stands.plan(qty="2")
    stands.say("release_order", id=id)
    for line, quantity in ((1, "8"), (2, "2")):
        stands.say("issue_component", id=id, line=line, quantity=quantity, from_location="STORAGE")
    stands.say("report_operation", id=stands.operation(id).pk, scrap="2", cause="压裂")
    assert [stands.operation(id, seq).state for seq in (10, 20)] == ["done", "done"]
    assert stands.coming(id) == (0, 0)
    assert (stands.at_work("SCREW"), stands.at_work("PLATE")) == (0, 0)
    assert stands.is_well()


def test_an_operation_is_paused_before_it_is_begun_so_that_nothing_is_begun_in_vain(stands):
    from huoku.server.documents.course import NotFromHere

    id = stands.plan(qty="20")
    stands.say("pause_operation", id=stands.operation(id).pk, cause="material", note="螺丝周五到")
    stands.say("release_order", id=id)
    assert stands.operation(id).state == "paused"
    with pytest.raises(NotFromHere):
        stands.say("start_operation", id=stands.operation(id).pk)
    (paused,) = stands.events("operation_paused")
    assert paused == {"order": "WO-2026-00001", "cause": "material", "note": "螺丝周五到"}
    stands.say("resume_operation", id=stands.operation(id).pk)
    assert stands.operation(id).state == "ready"
