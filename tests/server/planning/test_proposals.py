"""A plan's orders become proposals; those that are accepted become documents, and are never proposed again."""

from datetime import date, timedelta
from itertools import count

import polars as pl
import pytest

TODAY = date(2026, 11, 2)
keys = count()


@pytest.fixture
def factory():
    """Ten lamps are wanted; a lamp takes a bulb and four screws. Screws come by five hundred."""
    from huoku.factory.factory import build

    return build(
        today=TODAY,
        items=[
            {"item": "LAMP", "kind": "make", "lead_time_days": 2, "price": 100},
            {"item": "BULB", "unit_cost": 3},
            {"item": "SCREW", "unit_cost": "0.1"},
        ],
        bom=[
            {"parent": "LAMP", "component": "BULB", "qty": 1},
            {"parent": "LAMP", "component": "SCREW", "qty": 4},
        ],
        sources=[
            {"item": "BULB", "supplier": "ACME", "lead_time_days": 5, "price": 3},
            {"item": "SCREW", "supplier": "ACME", "lead_time_days": 5, "price": "0.1", "moq": 500},
        ],
        stock=[{"item": "BULB", "qty": 4}],
        demands=[
            {"demand": "SO-1", "item": "LAMP", "qty": 6, "due": date(2026, 11, 20), "customer": "LI"},
            {"demand": "SO-2", "item": "LAMP", "qty": 4, "due": date(2026, 11, 20), "customer": "WU"},
        ],
    )


@pytest.fixture
def owner(company_of, factory):
    from huoku.server.platform.scope import entered

    actor = company_of("LAMPS", factory)
    with entered(actor.company):
        yield actor


def do(actor, command, **fields):
    from huoku.server.platform.command import perform

    return perform(command, command.request(**fields), actor=actor, key=f"do:{next(keys)}").result()


def open_ones(actor):
    from huoku.server.planning.models import Proposal

    return list(Proposal.objects.of(actor.company).filter(state="open").select_related("item").order_by("item__code"))


def test_what_is_missing_is_proposed_with_its_reason_and_its_demands(owner, planned):
    from huoku.server.planning.files import pegs_of

    run = planned(owner, TODAY)
    found = {row.item.code: row for row in open_ones(owner)}
    assert {code: (row.kind, row.qty_steps, row.needed_steps) for code, row in found.items()} == {
        "BULB": ("buy", 6, 6),
        "LAMP": ("make", 10, 10),
        "SCREW": ("buy", 500, 40),
    }
    screw = found["SCREW"]
    assert "500" in screw.why_zh and "500" in screw.why_en and screw.why_zh != screw.why_en
    assert sorted(pegs_of(run, [screw.order])["qty_steps"]) == [16, 24]
    assert run.figures and run.output_digest and run.input_digest


def test_planned_twice_nothing_new_is_proposed(owner, planned):
    planned(owner, TODAY)
    before = [row.pk for row in open_ones(owner)]
    planned(owner, TODAY)
    assert [row.pk for row in open_ones(owner)] == before


@pytest.fixture
def half_written(owner, planned):
    """Three proposals, and a second run that has written three others, a day later, and left these; it is not done."""
    from huoku.server.planning.commands import runs
    from huoku.server.planning.files import folder_of, orders_of, save_difference
    from huoku.server.planning.keeping import difference
    from huoku.server.planning.models import PlanRun

    first = planned(owner, TODAY)
    run = PlanRun.objects.of(owner.company).get(pk=do(owner, runs.ask_plan)["id"])
    do(owner, runs.begin_run, id=run.pk)
    folder_of(run).mkdir(parents=True)
    wanted = orders_of(first).with_columns(pl.col("start_on") + timedelta(days=1))
    save_difference(run, difference(owner.company.pk, wanted))
    for what in ("fresh", "gone"):
        assert do(owner, runs.write_part, id=run.pk, what=what, part=0) == {"rows": 3}
    return run


def seen(actor):
    from huoku.server.planning.models import Proposal

    rows = Proposal.objects.of(actor.company).order_by("pk")
    return list(rows.values_list("pk", "state", "start_on"))


def test_what_a_run_writes_is_seen_whole_when_it_is_done(owner, half_written):
    from huoku.server.planning.commands import runs

    before = seen(owner)
    assert [state for _, state, _ in before] == ["open"] * 3
    do(owner, runs.end_run, id=half_written.pk, went_on_from=None, input_digest="", output_digest="", figures={})
    after = seen(owner)
    assert [(state, day) for _, state, day in after] == [("open", day + timedelta(days=1)) for _, _, day in before]
    do(owner, runs.write_part, id=half_written.pk, what="replace", part=0)
    assert seen(owner) == [(pk, "replaced", day) for pk, _, day in before] + after


def test_a_run_that_dies_while_it_writes_changes_nothing_and_the_next_one_clears_up(owner, half_written, planned):
    from huoku.server.planning.commands import runs
    from huoku.server.planning.models import Proposal

    before = seen(owner)
    do(owner, runs.fail_run, id=half_written.pk, fault="断电 power cut")
    assert seen(owner) == before
    planned(owner, TODAY)
    assert seen(owner) == before
    assert Proposal.objects.ever(owner.company).count() == 3


def open_tasks(actor):
    from huoku.server.documents.models import Task

    return list(Task.objects.of(actor.company).filter(state="open").order_by("pk"))


def test_whoever_asked_for_a_plan_that_fails_is_told_why_until_one_is_done(owner, half_written, planned):
    from huoku.server.planning.commands import runs

    do(owner, runs.fail_run, id=half_written.pk, fault="断电 power cut")
    (task,) = (task for task in open_tasks(owner) if task.kind == "plan_failed")
    assert (task.person_id, task.what, task.row) == (owner.user.pk, "planning.planrun", half_written.pk)
    assert "断电 power cut" in task.text_zh and "断电 power cut" in task.text_en
    planned(owner, TODAY)
    assert task.pk not in {each.pk for each in open_tasks(owner)}


@pytest.fixture
def asked(owner, half_written):
    """Sales is asked that customers carry the rest of both purchases."""
    from huoku.server.planning.commands import levers

    bulb, _, screw = open_ones(owner)
    for row in (bulb, screw):
        do(owner, levers.pull_lever, id=row.pk, version=row.version, lever="charge")
    return bulb, screw


def still_asked(actor):
    return [task.row for task in open_tasks(actor) if task.kind == "lever_charge"]


def test_of_what_is_not_bought_nobody_is_asked_any_more(owner, asked, half_written):
    """Whoever is to carry the rest is asked also when it is bought already."""
    from huoku.server.planning.commands import proposals, runs

    bulb, screw = asked
    do(owner, proposals.accept_proposals, proposals=[{"id": screw.pk}])
    assert still_asked(owner) == [bulb.pk, screw.pk]
    do(owner, runs.end_run, id=half_written.pk, went_on_from=None, input_digest="", output_digest="", figures={})
    do(owner, runs.write_part, id=half_written.pk, what="replace", part=0)
    assert still_asked(owner) == [screw.pk]


def test_of_what_was_rejected_nobody_is_asked_any_more(owner, asked):
    from huoku.server.planning.commands import proposals

    bulb, screw = asked
    do(owner, proposals.reject_proposals, proposals=[bulb.pk], reason="not now")
    assert still_asked(owner) == [screw.pk]


def test_accepted_proposals_are_documents_kept_for_their_demands_and_proposed_no_more(owner, planned):
    from huoku.server.ledger.doctor import examine
    from huoku.server.ledger.models import Reservation
    from huoku.server.planning.commands.proposals import accept_proposals
    from huoku.server.platform.events import tell_listeners
    from huoku.server.production.models import WorkOrder
    from huoku.server.purchasing.commands.approving import approve
    from huoku.server.purchasing.models import PurchaseOrder

    planned(owner, TODAY)
    told = do(owner, accept_proposals, proposals=[{"id": row.pk} for row in open_ones(owner)])
    assert len(told["purchase_orders"]) == 1 and len(told["work_orders"]) == 1
    (paper,) = PurchaseOrder.objects.of(owner.company).all()
    assert [(line.item.code, line.qty_steps) for line in paper.lines.order_by("item__code")] == [
        ("BULB", 6),
        ("SCREW", 500),
    ]
    (work,) = WorkOrder.objects.of(owner.company).all()
    assert (work.item.code, work.qty_steps, work.due_on) == ("LAMP", 10, date(2026, 11, 20))
    planned(owner, TODAY)
    assert open_ones(owner) == []
    do(owner, approve, id=paper.pk)
    tell_listeners()
    kept = Reservation.objects.of(owner.company).filter(state="pending").values_list("item__code", "quantity")
    assert sorted(kept) == [("BULB", 2), ("BULB", 4), ("LAMP", 4), ("LAMP", 6), ("SCREW", 16), ("SCREW", 24)]
    planned(owner, TODAY)
    assert open_ones(owner) == []
    assert examine(owner.company) == []


def test_nothing_is_kept_for_an_order_that_ended_before_its_purchase_was_approved(owner, planned):
    from huoku.server.ledger.doctor import examine
    from huoku.server.ledger.models import Reservation
    from huoku.server.planning.commands.proposals import accept_proposals
    from huoku.server.platform.events import tell_listeners
    from huoku.server.purchasing.commands.approving import approve
    from huoku.server.purchasing.models import PurchaseOrder
    from huoku.server.sales.commands.changing import cancel_order
    from huoku.server.sales.models import SalesLine

    planned(owner, TODAY)
    do(owner, accept_proposals, proposals=[{"id": row.pk} for row in open_ones(owner)])
    line = SalesLine.objects.of(owner.company).get(qty_steps=6)
    do(owner, cancel_order, id=line.order_id, reason="the shop has closed")
    do(owner, approve, id=PurchaseOrder.objects.of(owner.company).get().pk)
    tell_listeners()
    kept = Reservation.objects.of(owner.company).filter(state="pending")
    assert sorted(kept.values_list("item__code", "quantity")) == [("BULB", 2), ("LAMP", 4), ("SCREW", 16)]
    assert not kept.filter(demand=line.demand).exists()
    assert examine(owner.company) == []


def test_another_quantity_and_day_can_be_accepted(owner, planned):
    from huoku.server.planning.commands.proposals import accept_proposals
    from huoku.server.purchasing.models import PurchaseLine

    planned(owner, TODAY)
    bulb = open_ones(owner)[0]
    do(owner, accept_proposals, proposals=[{"id": bulb.pk, "qty": "8", "due_on": date(2026, 11, 12)}])
    (line,) = PurchaseLine.objects.of(owner.company).all()
    assert (line.qty_steps, line.wanted_on) == (8, date(2026, 11, 12))


def test_what_was_rejected_is_not_proposed_again(owner, planned):
    from huoku.server.planning.commands.proposals import reject_proposals

    planned(owner, TODAY)
    screw = open_ones(owner)[-1]
    do(owner, reject_proposals, proposals=[screw.pk], reason="we ask for a small lot")
    planned(owner, TODAY)
    assert [row.item.code for row in open_ones(owner)] == ["BULB", "LAMP"]


def chosen(actor, trial):
    """A trial is made live, and its turn comes."""
    from huoku.server.planning.commands.runs import make_live
    from huoku.server.planning.working import work_out

    do(actor, make_live, id=trial.pk)
    before = [row.pk for row in open_ones(actor)]
    work_out.func(actor.company.pk, trial.pk)
    trial.refresh_from_db()
    return before


def test_a_trial_stands_beside_the_live_plan_until_it_is_made_live(owner, planned):
    from huoku.server.platform.refusals import Refused

    planned(owner, TODAY)
    before = [row.pk for row in open_ones(owner)]
    trial = planned(owner, TODAY, name="more lamps", changes={"demands.SO-1.qty": 8})
    assert [row.pk for row in open_ones(owner)] == before
    assert chosen(owner, trial) == before
    assert (trial.kind, trial.state) == ("live", "done")
    assert {row.item.code: row.needed_steps for row in open_ones(owner)} == {"BULB": 8, "LAMP": 12, "SCREW": 48}
    with pytest.raises(Refused) as refused:
        chosen(owner, trial)
    assert refused.value.code == "no_trial"


def test_a_trial_that_could_not_be_made_live_changes_nothing_and_can_be_tried_again(owner, planned, monkeypatch):
    """The disk is full when half of it is written; next time there is room."""
    from huoku.server.planning import working

    planned(owner, TODAY)
    before = [(row.pk, row.needed_steps) for row in open_ones(owner)]
    trial = planned(owner, TODAY, changes={"demands.SO-1.qty": 8})
    with monkeypatch.context() as patched:
        patched.setattr(working, "turn_live", None)
        chosen(owner, trial)
    assert (trial.kind, trial.state, bool(trial.fault)) == ("trial", "done", True)
    assert [(row.pk, row.needed_steps) for row in open_ones(owner)] == before
    chosen(owner, trial)
    assert (trial.kind, trial.fault) == ("live", "")
    assert {row.item.code: row.needed_steps for row in open_ones(owner)} == {"BULB": 8, "LAMP": 12, "SCREW": 48}


def test_a_decided_proposal_is_not_decided_again(owner, planned):
    from huoku.server.planning.commands.proposals import accept_proposals, reject_proposals
    from huoku.server.platform.refusals import Refused

    planned(owner, TODAY)
    bulb = open_ones(owner)[0]
    do(owner, accept_proposals, proposals=[{"id": bulb.pk}])
    with pytest.raises(Refused) as refused:
        do(owner, reject_proposals, proposals=[bulb.pk], reason="no")
    assert refused.value.code == "not_open"


def test_a_proposal_that_is_given_twice_is_not_bought_twice(owner, planned):
    from huoku.server.planning.commands.proposals import accept_proposals, reject_proposals
    from huoku.server.platform.refusals import Refused
    from huoku.server.purchasing.models import PurchaseLine

    planned(owner, TODAY)
    bulb = open_ones(owner)[0].pk
    for command, asked in (
        (accept_proposals, {"proposals": [{"id": bulb}, {"id": bulb}]}),
        (reject_proposals, {"proposals": [bulb, bulb], "reason": "no"}),
    ):
        with pytest.raises(Refused) as refused:
            do(owner, command, **asked)
        assert refused.value.code == "given_twice"
    assert not PurchaseLine.objects.of(owner.company).exists()


def test_a_smaller_order_names_what_was_drafted_and_planned_for_it_beyond_its_need(owner, planned):
    """Of six lamps two are enough: four of its work order, 16 screws and the bulbs of the draft are too many.

    The draft has six bulbs for both orders, four for one and two for the other, and screws for both in one line.
    """
    from huoku.server.documents.models import Task
    from huoku.server.planning.commands.proposals import accept_proposals
    from huoku.server.sales.commands.changing import change_quantity
    from huoku.server.sales.models import SalesLine

    planned(owner, TODAY)
    do(owner, accept_proposals, proposals=[{"id": row.pk} for row in open_ones(owner)])
    line = SalesLine.objects.of(owner.company).get(qty_steps=6)
    told = do(owner, change_quantity, id=line.order_id, line=line.pk, qty="2")
    found = {each["item"]: (each["qty"], each["supply"].partition(":")[0]) for each in told["surplus"]}
    bulbs = found.pop("BULB")
    assert found == {"LAMP": ("4", "production.order"), "SCREW": ("16", "purchasing.line")}
    assert bulbs[1] == "purchasing.line" and 0 < int(bulbs[0]) <= 4
    task = Task.objects.of(owner.company).get(kind="surplus", role="buyer", state="open")
    assert "PO-2026-00001" in task.text_zh and "WO-2026-00001" in task.text_en
    assert planned(owner, TODAY) and not [row for row in open_ones(owner) if row.kind != "transfer"]
