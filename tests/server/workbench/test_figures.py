"""The first page says how the plan stands: four late days of one order, and what is to be ordered this week."""

from datetime import date, timedelta

import pytest
from tests.server.whys import plain, reason

from huoku.server.platform.roles import Role

from .test_pegging import lamps

__all__ = ["lamps"]
TODAY = date(2026, 11, 2)


@pytest.fixture
def stocked(company_of, planned):
    """120 screws are there, 40 are needed for ten lamps, 500 more are on order."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    terms = {"item": "SCREW", "supplier": "ACME", "lead_time_days": 5, "price": "0.1", "moq": 500}
    coming = {"supply": "PO-1", "item": "SCREW", "qty": 500, "due": TODAY + timedelta(days=4), "supplier": "ACME"}
    owner = company_of(
        "STOCKED",
        build(
            today=TODAY,
            items=[{"item": "LAMP", "lead_time_days": 2}, {"item": "SCREW", "unit_cost": "0.1"}],
            bom=[{"parent": "LAMP", "component": "SCREW", "qty": 4}],
            sources=[terms],
            stock=[{"item": "SCREW", "qty": 120}],
            supplies=[coming],
            demands=[{"demand": "SO-1", "item": "LAMP", "qty": 10, "due": TODAY + timedelta(days=20)}],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


def test_the_first_page_counts_what_is_late_and_what_is_to_be_bought(lamps, at_desk, django_assert_max_num_queries):
    """60 screws at 0.10 are to be ordered by now; one line of two is late."""
    planner = at_desk(lamps, Role.PLANNER)
    with django_assert_max_num_queries(20):
        page = plain(planner.read("/"))
    late = page[page.index("不能按期的订单行") :]
    assert '<span class="value">1 <small>/ 2 行</small>' in late[:160]
    assert '<span class="value">¥6</span>' in page[page.index("本周要下单") :][:160]


def test_a_storekeeper_is_told_no_money(lamps, at_desk):
    page = at_desk(lamps, Role.STOREKEEPER).read("/")
    assert "不能按期的订单行" in page and "本周要下单" not in page


def test_the_owner_sees_what_lies_there_and_what_nobody_needs(stocked, at_desk, django_assert_max_num_queries):
    """120 screws at 0.10 lie there; 500 are on order and 40 are needed: 580 are left over. None was ever used before:
    of those that lie there 80 are dead, two thirds of the stock, and the page is red from a tenth on."""
    owner = at_desk(stocked, Role.OWNER)
    with django_assert_max_num_queries(20):
        page = plain(owner.read("/"))
    for title, amount in (("库存金额", 12), ("余料占用资金", 58), ("呆滞料", 8)):
        assert f'<span class="value">¥{amount}</span>' in page[page.index(title) :][:160]
    for figure, amount in (("all", 12), ("excess", 58), ("dead", 8)):
        rows, total = reason(owner, f"/desk/why/stock.{figure}")
        assert (len(rows), total) == (1, amount) and rows[0][0].startswith("SCREW")
    dead = page[page.index("呆滞料") - 60 : page.index("呆滞料") + 240]
    assert 'class="mk R"' in dead and "占库存 67% · 红线 10%" in dead


def test_below_the_owners_own_line_dead_stock_is_told_and_not_red(stocked, at_desk, do_as_owner, planned):
    """A line of seven tenths, planned again."""
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import User

    do_as_owner(stocked, "planning.set_planning", dead_warn="0.7", dead_alarm="0.9")
    planned(actor_of(User.objects.get(username=f"owner-{stocked.code}"), stocked), TODAY)
    page = plain(at_desk(stocked, Role.OWNER).read("/"))
    dead = page[page.index("呆滞料") - 60 : page.index("呆滞料") + 240]
    assert 'class="mk R"' not in dead and "占库存 67% · 红线 70%" in dead


def test_whoever_sees_no_cost_is_not_told_what_the_stock_is_worth(stocked, at_desk):
    keeper = at_desk(stocked, Role.STOREKEEPER)
    assert "库存金额" not in keeper.read("/")
    keeper.read("/desk/why/stock.all", status=404)
