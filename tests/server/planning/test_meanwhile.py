"""Plans and people at work at once: nothing is proposed twice, and no plan stands still because its worker has died."""

import pytest
from tests.server.planning.test_proposals import TODAY, do, factory, open_ones, open_tasks, owner

__all__ = ["factory", "owner"]


@pytest.fixture
def accepted_in_the_middle(owner, monkeypatch):
    """When the next plan has read the records and is not written yet, everything that is proposed is accepted."""
    from huoku.server.planning import working
    from huoku.server.planning.commands.proposals import accept_proposals

    def accepting(before, factory, work=working.worked_again):
        made = work(before, factory)
        if open_ones(owner):
            do(owner, accept_proposals, proposals=[{"id": row.pk} for row in open_ones(owner)])
        return made

    return lambda: monkeypatch.setattr(working, "worked_again", accepting)


def test_what_is_accepted_while_a_plan_runs_is_not_proposed_again_by_it(owner, planned, accepted_in_the_middle):
    planned(owner, TODAY)
    accepted_in_the_middle()
    planned(owner, TODAY)
    assert open_ones(owner) == []


def test_a_trial_of_before_something_was_accepted_is_not_made_live(owner, planned):
    """It would have the same bought and made a second time."""
    from huoku.server.planning.commands.proposals import accept_proposals
    from huoku.server.planning.commands.runs import make_live
    from huoku.server.planning.working import work_out
    from huoku.server.platform.refusals import Refused

    planned(owner, TODAY)
    trial = planned(owner, TODAY, changes={"demands.SO-1.qty": 8})
    bulb, lamp, _ = open_ones(owner)
    do(owner, make_live, id=trial.pk)
    do(owner, accept_proposals, proposals=[{"id": bulb.pk}])
    work_out.func(owner.company.pk, trial.pk)
    trial.refresh_from_db()
    assert (trial.kind, trial.state) == ("trial", "done") and "重新运算" in trial.fault
    assert lamp.pk in {row.pk for row in open_ones(owner)}
    with pytest.raises(Refused) as refused:
        do(owner, make_live, id=trial.pk)
    assert refused.value.code == "accepted_meanwhile"


@pytest.fixture
def left(owner, planned):
    """A run of this machine whose process is gone, begun so often; None where that is no more."""
    import subprocess
    import sys
    from socket import gethostname

    from huoku.server.planning.commands import runs
    from huoku.server.planning.models import PlanRun

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    def begun(tries):
        run = PlanRun.objects.of(owner.company).get(pk=do(owner, runs.ask_plan)["id"])
        for _ in range(tries):
            do(owner, runs.begin_run, id=run.pk, worker=f"{gethostname()}:{gone.pid}")
        return run

    return begun


def test_a_plan_whose_worker_died_is_worked_out_again(owner, left):
    """Before, it stood there as running for ever, and no plan of the company was begun any more."""
    from huoku.server.planning.jobs import take_up_what_was_left
    from huoku.server.planning.working import work_out

    run = left(1)
    assert take_up_what_was_left() == 1
    run.refresh_from_db()
    assert run.state == "queued"
    work_out.func(owner.company.pk, run.pk)
    run.refresh_from_db()
    assert (run.state, run.tries) == ("done", 2) and len(open_ones(owner)) == 3
    assert take_up_what_was_left() == 0


def test_what_ends_its_worker_twice_is_not_tried_a_third_time(owner, left):
    from huoku.server.planning.jobs import take_up_what_was_left

    run = left(2)
    take_up_what_was_left()
    run.refresh_from_db()
    assert run.state == "failed" and "内存" in run.fault
    assert "plan_failed" in {task.kind for task in open_tasks(owner)}


def test_a_plan_that_somebody_works_on_is_left_to_him(owner):
    import os
    from socket import gethostname

    from huoku.server.planning.commands import runs
    from huoku.server.planning.jobs import take_up_what_was_left
    from huoku.server.planning.models import PlanRun

    run = PlanRun.objects.of(owner.company).get(pk=do(owner, runs.ask_plan)["id"])
    for worker in (f"{gethostname()}:{os.getppid()}", "another-machine:1"):
        do(owner, runs.begin_run, id=run.pk, worker=worker)
        assert take_up_what_was_left() == 0
