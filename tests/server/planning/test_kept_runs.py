"""A run that was kept answers for itself: every proposal is explained, and the whole is worked out again."""

from datetime import date

import pytest
from tests.server.planning.test_proposals import TODAY, do, factory, open_ones, owner

__all__ = ["factory", "owner"]


def test_any_proposal_is_explained_in_both_languages(owner, planned):
    from huoku.report import explain
    from huoku.server.planning.files import plan_of

    run = planned(owner, TODAY)
    for lang in ("zh", "en"):
        kept = plan_of(run, lang)
        whys = dict(kept.orders.select("order", "why").iter_rows())
        for row in open_ones(owner):
            assert whys[row.order] == {"zh": row.why_zh, "en": row.why_en}[lang]
            assert row.item.code in explain(kept, row.order).text()


def test_a_kept_run_is_worked_out_again_to_the_same_proposals(owner, planned):
    from huoku.plan.retold import retold
    from huoku.server.planning.files import digest_of, factory_of_run, folder_of, names_of, orders_of
    from huoku.server.planning.models import Forecast
    from huoku.server.planning.proposing import proposed
    from huoku.server.planning.working import worked_again

    first = planned(owner, TODAY)
    lamp = open_ones(owner)[1].item
    Forecast.objects.create(company=owner.company, code="F", item=lamp, qty_steps=3, due_on=date(2026, 12, 20))
    second = planned(owner, TODAY)
    assert (first.went_on_from, second.went_on_from) == (None, first)
    for run in (first, second):
        again = worked_again(run.went_on_from, factory_of_run(run))
        told = proposed(owner.company, again, retold(again, "en"), names_of(run))
        assert told.orders.equals(orders_of(run)) and told.orders.height >= 3
        assert digest_of(folder_of(run) / "factory") == run.input_digest


def test_an_inquiry_is_quoted_from_the_last_plan_and_nothing_is_kept(owner, planned):
    """Two lamps more: bulbs and screws take five days, the lamp two."""
    from huoku.server.ledger.models import Reservation
    from huoku.server.planning.quoting import NoPlan, quoted
    from huoku.server.sales.commands.orders import enter_order

    lines = [{"item": "LAMP", "qty": "2", "due_on": day} for day in (date(2026, 11, 5), date(2026, 11, 30))]
    asked = do(owner, enter_order, customer="LI", lines=lines)["id"]
    with pytest.raises(NoPlan):
        quoted(owner, asked)
    run = planned(owner, TODAY)
    of_run, found = quoted(owner, asked)
    assert of_run == run
    assert [(each.date, each.late_days) for each in found] == [(date(2026, 11, 9), 4), (date(2026, 11, 30), 0)]
    assert not Reservation.objects.of(owner.company).exists()
