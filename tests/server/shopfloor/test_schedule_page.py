"""The sequence of work on each resource, as the last plan laid it."""

import re
from datetime import date

import pytest
from tests.server.planning.conftest import company_of, planned
from tests.server.shopfloor.conftest import Reader

__all__ = ["company_of", "planned"]
TODAY = date(2026, 11, 2)  # a Monday


@pytest.fixture
def plan(company_of, planned):
    """Lamps take 10 minutes each on a bench of 240 minutes a day: 30 are a work order, 20 more are only proposed."""
    from huoku.factory.factory import build
    from huoku.server.planning.commands.proposals import accept_proposals
    from huoku.server.planning.models import Proposal
    from huoku.server.platform.command import perform
    from huoku.server.platform.scope import entered

    actor = company_of(
        "LAMPS",
        build(
            today=TODAY,
            items=[{"item": "LAMP", "kind": "make", "lead_time_days": 0, "price": 100}, {"item": "BULB"}],
            bom=[{"parent": "LAMP", "component": "BULB", "qty": 1}],
            stock=[{"item": "BULB", "qty": 100}],
            resources=[{"resource": "BENCH", "minutes_per_day": 240}, {"resource": "SPARE", "minutes_per_day": 300}],
            operations=[{"parent": "LAMP", "seq": 10, "resource": "BENCH", "setup_minutes": 0, "run_minutes": 10}],
            demands=[
                {"demand": "SO-1", "item": "LAMP", "qty": 30, "due": date(2026, 11, 6), "customer": "LI"},
                {"demand": "SO-2", "item": "LAMP", "qty": 20, "due": date(2026, 11, 6), "customer": "WU"},
            ],
        ),
    )
    planned(actor, TODAY)
    with entered(actor.company):
        first = Proposal.objects.of(actor.company).get(qty_steps=30)
        asked = accept_proposals.request(proposals=[{"id": first.pk}])
        perform(accept_proposals, asked, actor=actor, key="accept")
    return actor, planned(actor, TODAY)


def test_each_resource_shows_its_days_with_load_and_orders_that_open_their_papers(plan):
    from huoku.server.planning.models import Proposal
    from huoku.server.planning.sequence import planned_days, sequences
    from huoku.server.platform.scope import entered
    from huoku.server.production.models import WorkOrder

    actor, run = plan
    with entered(actor.company):
        (bench,) = sequences(run, 14)
        order = WorkOrder.objects.of(actor.company).get()
        proposal = Proposal.objects.of(actor.company).get(state="open")
        # 500 minutes of work: no day holds more than 240, and all of it is laid before the day on which it is wanted.
        assert sum(day.minutes for day in bench.days) == 500 and max(day.minutes for day in bench.days) <= 240
        assert {day.capacity for day in bench.days} == {240}
        works = [work for day in bench.days for work in day.works]
        assert {(work.order, work.is_planned, work.item) for work in works} == {
            (order.number, False, "LAMP"),
            (proposal.order, True, "LAMP"),
        }
        assert planned_days(run)[order.number, 10] == next(
            day.day for day in bench.days if any(not work.is_planned for work in day.works)
        )
        assert sequences(run, 0) == []
    reader = Reader(actor.company, "planner")
    text = reader.read("/shop/schedule?resource=BENCH")
    assert f'href="/office/work_orders/{order.pk}/">{order.number}' in text
    assert f'href="/office/proposals/{proposal.pk}/">{proposal.order}' in text
    assert re.search(r"240 / 240 分钟.*?100%", text, re.S)


def laid(run, order):
    from huoku.server.planning.sequence import sequences

    return [
        (of.resource, day.day.day, work.minutes)
        for of in sequences(run, 14)
        for day in of.days
        for work in day.works
        if work.order == order.number
    ]


def test_work_is_moved_by_hand_the_next_plan_leaves_it_there_and_the_page_says_so(plan, planned):
    from huoku.server.planning.reading.factory import factory_of
    from huoku.server.platform.command import perform
    from huoku.server.platform.scope import entered
    from huoku.server.production.commands.moving import fix_operation, unfix_operation
    from huoku.server.production.models import WorkOperation, WorkOrder

    actor, run = plan
    with entered(actor.company):
        order = WorkOrder.objects.of(actor.company).get()
        operation = WorkOperation.objects.of(actor.company).get(order=order)
        by_plan = laid(run, order)
        asked = fix_operation.request(id=operation.pk, day=date(2026, 11, 3), resource="SPARE")
        perform(fix_operation, asked, actor=actor, key="fix")
        # 300 minutes on a machine that works 300 a day.
        by_hand = planned(actor, TODAY)
        assert laid(by_hand, order) == [("SPARE", 3, 300.0)]
    text = Reader(actor.company, "planner").read("/shop/schedule")
    assert "人工定 11-03" in text and f"/office/work_operations/{operation.pk}/do/unfix" in text
    text = Reader(actor.company, "storekeeper").read("/shop/schedule")
    assert "人工定 11-03" in text and "/do/unfix" not in text
    with entered(actor.company):
        perform(unfix_operation, unfix_operation.request(id=operation.pk), actor=actor, key="free")
        factory, _ = factory_of(actor.company, TODAY)
        assert factory.fixed_work.is_empty()
        assert laid(planned(actor, TODAY), order) == by_plan
