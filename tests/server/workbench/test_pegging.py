"""Order pegging: ten lamps are wanted in three days, and their screws take five."""

import re
from datetime import date, timedelta

import pytest
from tests.server.whys import plain

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)


@pytest.fixture
def lamps(company_of, planned):
    """Bulbs are on hand; screws come in five days and a lamp takes two: seven days, four late."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    owner = company_of(
        "LAMPS",
        build(
            today=TODAY,
            items=[{"item": "LAMP", "lead_time_days": 2}, {"item": "BULB"}, {"item": "SCREW"}],
            bom=[
                {"parent": "LAMP", "component": "BULB", "qty": 1},
                {"parent": "LAMP", "component": "SCREW", "qty": 4},
            ],
            sources=[{"item": "SCREW", "supplier": "ACME", "lead_time_days": 5, "price": "0.1"}],
            stock=[{"item": "BULB", "qty": 100}],
            demands=[
                {"demand": "SO-1", "item": "LAMP", "qty": 10, "due": TODAY + timedelta(days=3), "customer": "LI"},
                {"demand": "SO-2", "item": "LAMP", "qty": 5, "due": TODAY + timedelta(days=30), "customer": "WU"},
            ],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


def line(company, number):
    from huoku.server.sales.models import SalesLine

    return SalesLine.objects.of(company).get(order__number=number)


def test_the_order_in_trouble_stands_first_with_its_day_and_its_reason(lamps, at_desk, django_assert_max_num_queries):
    planner = at_desk(lamps, Role.PLANNER)
    with django_assert_max_num_queries(20):
        page = planner.read("/desk/pegging")
    assert "SO-1" in page and "SO-2" not in page
    assert '<b class="red">4</b>' in page and "SCREW" in page
    assert "SO-2" in planner.read("/desk/pegging?view=all")


def test_the_reason_is_told_in_the_language_of_whoever_reads(lamps, at_desk):
    planner = at_desk(lamps, Role.PLANNER)
    assert re.search(r'<div class="long">[^<]*SCREW[^<]*[\u4e00-\u9fff]', planner.read("/desk/pegging"))
    planner.client.cookies["django_language"] = "en"
    (reason,) = re.findall(r'<div class="long">([^<]*)', planner.read("/desk/pegging"))
    assert "SCREW" in reason and not re.search(r"[\u4e00-\u9fff]", reason)


def test_the_tree_says_how_much_is_secured_and_leads_to_the_purchase_that_blocks(
    lamps, at_desk, django_assert_max_num_queries
):
    planner = at_desk(lamps, Role.PLANNER)
    address = f"/desk/pegging/{line(lamps, 'SO-1').pk}"
    with django_assert_max_num_queries(20):
        page = plain(planner.read(address))
    assert "<b>1 / 2</b>" in page  # bulbs are on hand, screws are not
    assert 'class="tight"' in page and "解决卡点 SCREW" in page
    assert '<svg viewBox="' in page and "&lt;svg" not in page


def test_who_may_not_know_customers_does_not_see_them_here_either(lamps, at_desk):
    address = f"/desk/pegging/{line(lamps, 'SO-1').pk}"
    keeper, planner = at_desk(lamps, Role.STOREKEEPER), at_desk(lamps, Role.PLANNER)
    assert "<dd>LI</dd>" in planner.read(address)
    page = keeper.read(address)
    assert "<dd>LI</dd>" not in page and "解决卡点" not in page


def test_an_order_of_nobody_here_is_not_found(lamps, at_desk):
    at_desk(lamps, Role.PLANNER).read("/desk/pegging/999999", status=404)
