"""A factory with many of everything: no page asks the database more the more there is, and none lists without end."""

import re
from datetime import date, timedelta

import pytest
from tests.server.office.test_pages import few_queries

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)
PRODUCTS, PARTS = 30, 150
"""Each product takes five parts; a part comes in hundreds, of which few are needed."""


@pytest.fixture(scope="module")
def factory():
    from huoku.factory.factory import build

    parts = [f"P{n:03}" for n in range(PARTS)]
    products = [f"F{n:02}" for n in range(PRODUCTS)]
    return build(
        today=TODAY,
        horizon_days=120,
        items=[{"item": each, "lead_time_days": 2} for each in products] + [{"item": each} for each in parts],
        bom=[{"parent": f, "component": parts[5 * n + k], "qty": 1} for n, f in enumerate(products) for k in range(5)],
        sources=[
            {"item": part, "supplier": f"S{n % 3}", "lead_time_days": 5, "price": 2, "moq": 100}
            for n, part in enumerate(parts)
        ],
        demands=[
            {"demand": f"SO-{n}", "item": each, "qty": 7, "due": TODAY + timedelta(days=20 + n), "price": 100}
            for n, each in enumerate(products)
        ],
    )


@pytest.fixture
def shop(company_of, planned, factory):
    from huoku.server.platform.scope import entered

    owner = company_of("MANY", factory)
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


@pytest.mark.slow
def test_every_screen_asks_few_questions_in_a_company_with_many_rows(shop, at_desk):
    from huoku.server.items.models import Item
    from huoku.server.planning.models import PlanRun, Proposal
    from huoku.server.sales.models import SalesLine

    first = {model: model.objects.of(shop).order_by("pk").first().pk for model in (Item, PlanRun, SalesLine)}
    buy = Proposal.objects.of(shop).filter(kind="buy").order_by("pk").first().pk
    owner = at_desk(shop, Role.OWNER)
    for page in (
        *(
            "/",
            "/search?q=P0",
            "/desk/changes",
            "/desk/case",
            "/desk/what-if",
            "/desk/quotation",
            "/desk/pegging?view=all",
        ),
        *(f"/desk/buying?view={view}" for view in ("week", "high", "all")),
        *(f"/desk/buying?view=all&open={buy}", f"/desk/buying/{buy}", f"/desk/buying/{buy}/card"),
        *(f"/desk/pegging/{first[SalesLine]}", f"/desk/item/{first[Item]}", f"/desk/bill/{first[Item]}"),
        *(f"/desk/item/{first[Item]}?tab={tab}" for tab in ("movements", "sources", "bom_lines", "proposals", "lots")),
        *(f"/desk/quotation?item=F00&qty=9&due_on={TODAY + timedelta(days=40)}", "/shop/kitting", "/shop/work"),
        *("/shop/board", "/shop/schedule", "/shop/picking", f"/office/plan_runs/{first[PlanRun]}/"),
    ):
        with few_queries(page):
            owner.read(page)


def test_the_purchases_come_in_parts_with_the_figures_of_all(shop, at_desk):
    """150 parts at a minimum of 100 for 2.00 each: 30,000 of money, of which all but 7 of each is left over."""
    buyer = at_desk(shop, Role.BUYER)

    def read(address):
        page = " ".join(buyer.read(address).split())
        return page, re.findall(r'name="id" value="(\d+)"', page)

    first, shown = read("/desk/buying?view=all")
    assert len(shown) == 100 and "1–100 / 150" in first
    following = re.search(r'href="([^"]*from=100)"', first)[1].replace("&amp;", "&")
    second, rest = read(f"/desk/buying{following}")
    assert len(rest) == 50 and "101–150 / 150" in second and not set(shown) & set(rest)
    for page in (first, second):
        assert "¥30,000" in page and "¥27,900" in page
    # Each supplier has 50 of them, whichever part of them is seen: 10,000 of money.
    assert first.count("¥10,000<") == 2 and second.count("¥10,000<") == 1


def test_a_paper_with_very_many_rows_shows_the_first_and_leads_to_all(shop, at_desk):
    from huoku.server.planning.models import PlanRun, Proposal

    planner, run = at_desk(shop, Role.PLANNER), PlanRun.objects.of(shop).get()
    page = planner.read(f"/office/plan_runs/{run.pk}/")
    assert len(set(re.findall(r'href="/office/proposals/(\d+)/"', page))) == 100
    whole = f"/office/proposals/?filter%5Brun_id%5D%5Beq%5D={run.pk}"
    assert whole in page and Proposal.objects.of(shop).count() == 180
    assert planner.read(whole)
