"""A large plan is laid down when it ends: whoever asks about it first, after a start of the server too, waits for
nothing to be worked out; and without it every answer is the same."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.server.workbench.test_quotation import factory

__all__ = ["factory"]

TODAY = date(2026, 11, 2)


@pytest.fixture
def large(monkeypatch):
    """Every plan counts as large, and every process as just started."""
    from huoku.server.planning import advising, at_hand, offering

    monkeypatch.setattr(at_hand, "compiling_pays", lambda factory: True)

    def start():
        for kept in (advising._plan, at_hand._plans, offering._offered, offering._delivery):
            kept.cache_clear()

    start()
    yield start
    start()


@pytest.fixture
def owner(company_of, factory):
    return company_of("SHOP", factory)


def answers(run, lang):
    from huoku.server.planning.advising import plan_in_hand
    from huoku.server.planning.dead_stock import case_of
    from huoku.server.planning.offering import Question, delivery, offered

    plan, asked = plan_in_hand(run, lang), Question("PRODUCT", Decimal(150), 0, TODAY + timedelta(days=12), "MAIN")
    case = case_of(run, lang)
    return {
        "tables": [table.to_dicts() for table in plan.tables().values()],
        "advice": plan.options("SCREW"),
        "day": delivery(run, asked, lang).quote.date,
        "offer": offered(run, asked, lang),
        "case": (case.use, case.stock_days, case.margin, case.over_purchase, case.purchases.to_dicts()),
    }


def test_the_first_answers_after_a_start_work_nothing_out_and_are_those_of_the_records(
    owner, planned, large, monkeypatch
):
    from huoku.server.planning import advising, at_hand, dead_stock
    from huoku.server.planning.models import PlanRun
    from huoku.server.platform.scope import entered

    with entered(owner.company):
        run = planned(owner, TODAY)
        large()
        with monkeypatch.context() as nothing:
            nothing.setattr(advising, "plan_of", pytest.fail)
            nothing.setattr(dead_stock, "case_of_plan", pytest.fail)
            nothing.setattr("huoku.plan.replan.replan.worked_out", pytest.fail)
            nothing.setattr("huoku.plan.quote.first_pass.first_pass", pytest.fail)
            quick = {lang: answers(run, lang) for lang in ("zh", "en", "zh-hant")}
        large()
        dead_stock._case.cache_clear()
        monkeypatch.setattr(at_hand.mapped, "is_there", lambda folder: False)
        monkeypatch.setattr(at_hand.mapped, "opened", lambda folder: None)
        assert quick == {lang: answers(PlanRun.objects.of(owner.company).get(pk=run.pk), lang) for lang in quick}


def test_a_small_plan_is_not_laid_down(owner, planned):
    from huoku.server.planning import at_hand
    from huoku.server.platform.scope import entered

    with entered(owner.company):
        run = planned(owner, TODAY)
        assert not at_hand.plans(run) and not at_hand.laid_again(run)


def test_after_an_upgrade_the_last_plan_is_laid_down_again_and_old_ones_go(owner, planned, large, monkeypatch):
    from huoku.plan import mapped
    from huoku.server.planning import at_hand
    from huoku.server.planning.jobs import lay_plans_down
    from huoku.server.platform.scope import entered

    with entered(owner.company):
        runs = [planned(owner, TODAY + timedelta(days=n)) for n in range(4)]
        assert [bool(at_hand.plans(run)) for run in runs] == [False, True, True, True]
    assert lay_plans_down() == 0
    with entered(owner.company), monkeypatch.context() as upgraded:
        upgraded.setattr(mapped, "FORMAT", mapped.FORMAT + 1)
        assert not at_hand.plans(runs[-1])
        assert lay_plans_down() == 1 and lay_plans_down() == 0
        large()
        assert at_hand.plans(runs[-1]) and at_hand.case(runs[-1])


def test_where_nothing_can_be_written_the_plan_is_done_all_the_same(owner, planned, large, monkeypatch):
    from huoku.server.planning import at_hand
    from huoku.server.planning.advising import plan_in_hand
    from huoku.server.platform.scope import entered

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(at_hand.mapped, "write", full)
    with entered(owner.company):
        run = planned(owner, TODAY)
        assert not at_hand.plans(run) and plan_in_hand(run, "en").orders.height
