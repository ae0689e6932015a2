"""How far a line has come is told as a part of it, with a bar: of sales by what went, of purchases by what came."""

import re

import pytest
from tests.server.shopfloor.conftest import Reader

from huoku.server.platform.roles import Role


def bars(page):
    """The percent of each bar, and how wide it is drawn."""
    found = re.findall(r'class="part"><svg[^>]*><rect width="(\d+)" height="8"/></svg>([^<]*)<', page)
    return [(int(width), words) for width, words in found]


@pytest.mark.parametrize(
    ("shipped", "drawn"), [(0, (0, "0%")), (1, (1, "1%")), (75, (75, "75%")), (100, (100, "100%"))]
)
def test_a_line_of_an_order_says_what_part_of_it_went(world, shipped, drawn):
    from huoku.server.sales.models import SalesLine

    company = world.owner.actor.company
    line = SalesLine.objects.of(company).order_by("pk").first()
    SalesLine.objects.of(company).filter(pk=line.pk).update(qty_steps=100, shipped_steps=shipped)
    seller = Reader(company, Role.SALES)
    assert drawn in bars(seller.read(f"/office/sales_orders/{line.order_id}/"))
    row = seller.client.get(f"/office/sales_lines/rows?filter[id][eq]={line.pk}").json()["rows"][0]
    assert float(row["shipped_share"]) == shipped / 100


def test_what_came_is_held_against_what_is_due_after_returns_and_cancellations(world):
    """Of 100 ordered 20 were cancelled and 10 come again: 90 are due, 60 of them came."""
    from huoku.server.purchasing.models import PurchaseLine

    company = world.owner.actor.company
    line = PurchaseLine.objects.of(company).order_by("pk").first()
    told = dict(waiting_steps=0, rejected_steps=0, returned_steps=10, replaced_steps=10, cancelled_steps=20)
    PurchaseLine.objects.of(company).filter(pk=line.pk).update(qty_steps=100, received_steps=60, **told)
    buyer = Reader(company, Role.BUYER)
    assert (67, "67%") in bars(buyer.read(f"/office/purchase_orders/{line.order_id}/"))
    PurchaseLine.objects.of(company).filter(pk=line.pk).update(cancelled_steps=110)
    assert bars(buyer.read(f"/office/purchase_lines/{line.pk}/")) == []  # nothing is due: no part of it
