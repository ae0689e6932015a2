"""Whoever works at one site is told of that site alone: the plan, the books and the figures are the whole company's."""

import re
from datetime import date, timedelta

import pytest
from tests.server.whys import plain, reason

from huoku.server.platform.roles import Role

from .test_item import card

TODAY = date(2026, 11, 2)


@pytest.fixture
def two_sites(company_of, planned):
    """EAST has 37 screws and uses 16 in four weeks, WEST 911 and 480; bolts lie in WEST alone."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    used = {"EAST": 16, "WEST": 480}
    owner = company_of(
        "TWO",
        build(
            today=TODAY,
            items=[{"item": "SCREW", "unit_cost": "0.1"}, {"item": "BOLT"}],
            locations=[{"location": place} for place in used],
            sources=[{"item": "SCREW", "supplier": "ACME", "lead_time_days": 5, "price": "0.1"}],
            stock=[
                {"item": "SCREW", "qty": 37, "location": "EAST"},
                {"item": "SCREW", "qty": 911, "location": "WEST"},
                {"item": "BOLT", "qty": 5, "location": "WEST"},
            ],
            history=[
                {"item": "SCREW", "date": TODAY - timedelta(days=14 + 28 * at), "qty": qty, "location": place}
                for place, qty in used.items()
                for at in range(4)
            ],
            demands=[
                {"demand": f"SO-{place}", "item": "SCREW", "qty": 30, "due": TODAY + timedelta(days=20)}
                | {"location": place, "customer": f"CUSTOMER-{place}"}
                for place in used
            ],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


@pytest.fixture
def in_the_east(two_sites, at_desk):
    from huoku.server.platform.models import Site

    return lambda role: at_desk(two_sites, role, site=Site.objects.of(two_sites).get(code="EAST"))


def test_the_card_of_an_item_shows_the_stock_the_projection_and_the_use_of_the_own_site(
    two_sites, at_desk, in_the_east
):
    """37 lie there, 30 go, 7 are left; of the whole company 948, 60 and 888."""
    here = card(two_sites)
    whole, own = (plain(reader.read(here)) for reader in (at_desk(two_sites, Role.OWNER), in_the_east(Role.PLANNER)))
    assert "还剩 888" in whole and "124 ± 0" in whole and ">948 <small>" in whole
    assert "还剩 7" in own and "4 ± 0" in own and ">37 <small>" in own
    told = re.sub(r"<script.*?</script>", "", own, flags=re.S)
    assert not re.findall(r"\b(888|911|881|948|124|918)\b", re.sub(r"<[^>]*>", " ", told)) and "全厂" not in told
    for asked in ("?place=WEST", "?place=", "?place=WEST&ahead=all"):
        page = plain(in_the_east(Role.PLANNER).read(here + asked))
        assert "还剩 7" in page and ">WEST<" not in page
    assert reason(in_the_east(Role.PLANNER), f"/desk/why/item.weekly_use/{here.rpartition('/')[2]}")[1] == 4


def test_of_what_is_planned_elsewhere_alone_it_is_said_so_without_a_figure(two_sites, in_the_east):
    page = in_the_east(Role.PLANNER).read(card(two_sites, "BOLT"))
    assert "只在您看不到的厂区有计划" in page and "<svg viewBox" not in page.partition('id="rows"')[0]


def test_figures_of_the_whole_company_are_refused_in_words(two_sites, in_the_east):
    for address in ("/desk/what-if", "/desk/case"):
        page = in_the_east(Role.OWNER).read(address, status=403)
        assert "含您看不到的厂区" in page and "911" not in page
    planner = in_the_east(Role.PLANNER)
    assert "/desk/what-if" not in planner.read("/") and "/desk/case" not in planner.read("/desk/buying?view=all")


def test_search_the_day_and_the_orders_tell_of_the_own_site(two_sites, at_desk, in_the_east):
    from huoku.server.sales.models import SalesOrder

    planner, everybody = in_the_east(Role.PLANNER), at_desk(two_sites, Role.PLANNER)
    number = {row.site.code: row.number for row in SalesOrder.objects.of(two_sites).select_related("site")}
    assert number["WEST"] in everybody.read("/desk/pegging?view=all") and number["WEST"] in everybody.read(
        f"/search?q={number['EAST'][:2]}"
    )
    for address in (
        "/",
        "/desk/pegging?view=all",
        f"/search?q={number['EAST'][:2]}",
        "/office/sales_orders/",
        "/desk/buying?view=all",
    ):
        page = planner.read(address)
        assert number["WEST"] not in page and "CUSTOMER-WEST" not in page, address
    assert number["EAST"] in planner.read("/desk/pegging?view=all") and number["EAST"] in planner.read(
        f"/search?q={number['EAST'][:2]}"
    )
