"""Companies that were filled from a factory, and the planning job run on the spot."""

import pytest


@pytest.fixture
def company_of(db, settings, tmp_path):
    """A new company with its owner, filled from a factory; returns the owner as an actor."""
    settings.MEDIA_ROOT = tmp_path

    def filled(code, factory):
        from huoku.server.planning.bringing import bring_in
        from huoku.server.platform.actor import actor_of
        from huoku.server.platform.commands.companies import found_company
        from huoku.server.platform.models import User
        from huoku.server.platform.scope import entered

        company = found_company(code, code, User.objects.create(username=f"owner-{code}"))
        with entered(company):
            actor = actor_of(User.objects.get(username=f"owner-{code}"), company)
        bring_in(actor, factory)
        return actor

    return filled


@pytest.fixture
def planned(monkeypatch):
    """Plan an actor's company now, on a day; the run, done."""
    from itertools import count

    from huoku.server.planning.models import PlanRun
    from huoku.server.platform import at
    from huoku.server.platform.command import perform
    from huoku.server.platform.scope import entered

    keys = count()

    def run(actor, today, **fields):
        from huoku.server.planning.commands import runs

        monkeypatch.setattr(at, "business_day", lambda *_: today)
        asked = perform(
            runs.ask_plan, runs.AskPlan(**fields), actor=actor, key=f"ask:{actor.company.code}:{next(keys)}"
        )
        from huoku.server.planning.working import work_out

        work_out.func(actor.company.pk, asked.result()["id"])
        with entered(actor.company):
            done = PlanRun.objects.of(actor.company).get(pk=asked.result()["id"])
        assert done.state == "done", done.fault
        return done

    return run
