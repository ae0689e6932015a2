"""Every figure that a page works out says why: the rows that its reason names add up to what is shown."""

import re
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from tests.server.whys import hold, reason

import huoku.server.look
from huoku.server.platform.roles import Role

from .test_buying import proposal, shop
from .test_item import card, stocked

__all__ = ["shop", "stocked"]
TODAY = date(2026, 11, 2)
SERVER = Path(huoku.server.look.__file__).parents[1]


def test_the_screws_on_hand_are_named_place_by_place_and_what_is_kept_paper_by_paper(stocked, at_desk):
    """120 lie in storage; 40 are kept for the order of ten lamps; 500 come with PO-1: 80 are free."""
    from huoku.server.ledger.commands.reservations import Reserve, reserve
    from huoku.server.ledger.models import Location
    from huoku.server.platform.actor import the_system
    from huoku.server.platform.command import perform
    from huoku.server.sales.models import SalesLine

    item = int(card(stocked).rpartition("/")[2])
    line, place = SalesLine.objects.of(stocked).get().pk, Location.objects.of(stocked).filter(kind="storage").first()
    wish = {"item": item, "location": place.pk, "quantity": 40}
    kept = Reserve(lines=[wish], demand=f"sales.line:{line}")
    perform(reserve, kept, actor=the_system(stocked), key="forty")
    planner = at_desk(stocked, Role.PLANNER)
    on_hand, reserved, free, coming = (
        reason(planner, f"/desk/why/item.{figure}/{item}") for figure in ("on_hand", "reserved", "free", "coming")
    )
    assert on_hand == ([(place.code, 120)], 120)
    assert reserved == ([("SO-1", 40)], 40)
    assert free == ([(place.code, 120), ("SO-1", -40)], 80)
    assert coming[1] == 500 and "11-06" in coming[0][0][0]


def test_what_a_purchase_is_for_is_told_order_by_order(shop, at_desk):
    """150 sets for SO-1, of 500 bought for 5,000: 350 are left over, which cost 3,500."""
    buyer = at_desk(shop, Role.BUYER)
    sets = proposal(shop, "SET")
    rows, needed = reason(buyer, f"/desk/why/purchase.needed/{sets.pk}")
    assert needed == sets.needed_steps and sum(amount for _, amount in rows) == needed
    assert all("PRODUCT" in words for words, _ in rows)
    bought = sets.qty_steps
    assert reason(buyer, f"/desk/why/purchase.excess/{sets.pk}")[1] == bought - needed


def test_who_may_not_decide_on_purchases_finds_no_reasons_of_them(shop, at_desk):
    keeper = at_desk(shop, Role.STOREKEEPER)
    sets = proposal(shop, "SET").pk
    for figure in (f"purchase.amount/{sets}", "purchases.amount", "no.such.figure", "item.on_hand/x"):
        keeper.read(f"/desk/why/{figure}", status=404)


def test_every_figure_of_the_pages_is_marked_and_every_mark_has_a_reason():
    """The large figures of panels, and those above lists, are buttons of a reason, or lead to their rows on the page;
    and no template names another."""
    from huoku.server.office.reasons import FIGURES_WITH_REASON

    figure = re.compile(
        r'<span class="value">(.*?)</span>|<(?:p class="figures"|div class="totals")>(.*?)</(?:p|div)>', re.S
    )
    named, bare = set(), []
    for template in SERVER.rglob("templates/**/*.html"):
        text = template.read_text("utf-8")
        named |= set(re.findall(r'{% why "([^"]+)"', text))
        for value, line in figure.findall(text):
            figures = [value] if value else re.findall(r"<b>(.*?)</b>", line)
            bare += [
                (template.name, each)
                for each in figures
                if "{{" in each
                and "{% why" not in each
                and 'href="#' not in each
                and not re.search(r"\|date|\.item }", each)
            ]
    assert named - set(FIGURES_WITH_REASON) == set()
    assert bare == []


def random_shop(seed):
    """A few products over shared parts, with minimums, fractions of units, stock at two places and open orders."""
    from huoku.factory.factory import build

    some = Random(seed)
    parts = [f"PART-{n}" for n in range(some.randint(3, 5))]
    products = [f"MADE-{n}" for n in range(some.randint(1, 3))]

    def near(most):
        return TODAY + timedelta(days=some.randint(1, most))

    return build(
        today=TODAY,
        horizon_days=120,
        items=[
            *({"item": product, "lead_time_days": some.randint(1, 4)} for product in products),
            *({"item": part, "unit": some.choice(["pcs", "m"]), "unit_cost": "0.7"} for part in parts),
        ],
        bom=[
            {"parent": product, "component": part, "qty": some.randint(1, 9)}
            for product in products
            for part in some.sample(parts, 2)
        ],
        sources=[
            {
                "item": part,
                "supplier": "ACME",
                "lead_time_days": some.randint(2, 20),
                "price": f"{some.randint(1, 99_999) / 10_000}",
                "moq": some.choice([1, 100, 500]),
            }
            for part in parts
        ],
        stock=[{"item": part, "qty": some.randint(1, 300)} for part in some.sample(parts, 2)],
        supplies=[{"supply": "PO-1", "item": parts[0], "qty": some.randint(1, 99), "due": near(9), "supplier": "ACME"}],
        demands=[
            {"demand": f"SO-{n}", "item": some.choice(products), "qty": some.randint(1, 60), "due": near(40)}
            for n in range(some.randint(2, 5))
        ],
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_in_a_random_factory_every_figure_is_what_its_rows_add_up_to(company_of, planned, at_desk, seed):
    from huoku.server.items.models import Item
    from huoku.server.platform.scope import entered
    from huoku.server.purchasing.models import PurchaseLine, PurchaseOrder
    from huoku.server.sales.models import SalesLine

    owner = company_of("ANY", random_shop(seed))
    company = owner.company
    with entered(company):
        planned(owner, TODAY)
        reader = at_desk(company, Role.OWNER)
        held = hold(reader, "/") | hold(reader, "/desk/buying?view=all") | hold(reader, "/shop/kitting")
        for item in Item.objects.of(company):
            held |= hold(reader, f"/desk/item/{item.pk}")
        for line in SalesLine.objects.of(company):
            held |= hold(reader, f"/desk/pegging/{line.pk}")
        for table, model in (("purchase_orders", PurchaseOrder), ("purchase_lines", PurchaseLine)):
            for row in model.objects.of(company):
                held |= hold(reader, f"/office/{table}/{row.pk}/")
    assert held >= {"orders.late", "purchases.amount", "purchase.needed", "item.free", "pegging.secured"}
    assert held >= {"purchase_orders.amount", "purchase_lines.open"}
