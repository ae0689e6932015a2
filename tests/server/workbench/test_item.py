"""The card of one item: what is there, where, what comes, and its rows by tab."""

from datetime import date, timedelta

import pytest
from tests.server.whys import plain

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)


@pytest.fixture
def stocked(company_of, planned):
    """120 screws are there, 40 are needed for ten lamps, 500 more are on order."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    owner = company_of(
        "STOCKED",
        build(
            today=TODAY,
            items=[{"item": "LAMP", "lead_time_days": 2}, {"item": "SCREW", "unit_cost": "0.1"}],
            bom=[{"parent": "LAMP", "component": "SCREW", "qty": 4}],
            sources=[{"item": "SCREW", "supplier": "ACME", "lead_time_days": 5, "price": "0.1", "moq": 500}],
            stock=[{"item": "SCREW", "qty": 120}],
            supplies=[
                {"supply": "PO-1", "item": "SCREW", "qty": 500, "due": TODAY + timedelta(days=4), "supplier": "ACME"}
            ],
            demands=[{"demand": "SO-1", "item": "LAMP", "qty": 10, "due": TODAY + timedelta(days=20)}],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


def screw(company):
    from huoku.server.items.models import Item

    return f"/desk/item/{Item.objects.of(company).get(code='SCREW').pk}"


def test_the_four_figures_and_the_projection(stocked, at_desk, django_assert_max_num_queries):
    planner = at_desk(stocked, Role.PLANNER)
    with django_assert_max_num_queries(20):
        page = plain(planner.read(screw(stocked)))
    figures = page[page.index("四个数") : page.index("在哪里")]
    assert ">120 <small>" in figures and ">500<" in figures
    assert '<svg viewBox="' in page


@pytest.mark.parametrize(
    ("tab", "seen"), [("movements", "SCREW"), ("supplies", "500"), ("bom_lines", "LAMP"), ("sources", "ACME")]
)
def test_each_tab_lists_the_rows_of_the_item(stocked, at_desk, tab, seen, django_assert_max_num_queries):
    planner = at_desk(stocked, Role.PLANNER)
    with django_assert_max_num_queries(20):
        assert seen in planner.read(f"{screw(stocked)}?tab={tab}")


def test_the_search_finds_it_by_code_and_leads_to_the_card(stocked, at_desk, django_assert_max_num_queries):
    keeper = at_desk(stocked, Role.STOREKEEPER)
    with django_assert_max_num_queries(24):
        assert f'href="{screw(stocked)}"' in keeper.read("/search?q=scr")
    assert "没有找到" in keeper.read("/search?q=no-such-thing")
