"""What to buy: 150 appliances are ordered, the supplier's minimum is 500 sets, and a trader sells what is needed."""

import re
from datetime import date, timedelta

import pytest
from tests.server.office.test_pages import few_queries

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)


@pytest.fixture
def shop(company_of, planned):
    """A set costs 10.00 by five hundred and 15.00 by the piece: 5,000 for 500 against 2,250 for the 150 needed."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    owner = company_of(
        "SHOP",
        build(
            today=TODAY,
            horizon_days=120,
            items=[{"item": "PRODUCT", "lead_time_days": 3}, {"item": "SET"}, {"item": "SCREW"}],
            bom=[
                {"parent": "PRODUCT", "component": "SET", "qty": 1},
                {"parent": "PRODUCT", "component": "SCREW", "qty": 2},
            ],
            sources=[
                {"item": "SET", "supplier": "MILL", "lead_time_days": 5, "price": 10, "moq": 500},
                {"item": "SET", "supplier": "TRADER", "lead_time_days": 5, "price": 15},
                {"item": "SCREW", "supplier": "MILL", "lead_time_days": 5, "price": "0.1", "moq": 1000},
            ],
            demands=[
                {"demand": "SO-1", "item": "PRODUCT", "qty": 150, "due": TODAY + timedelta(days=12), "price": 100}
            ],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


def orders(company):
    from huoku.server.purchasing.models import PurchaseLine

    rows = PurchaseLine.objects.of(company).select_related("order__supplier", "item").order_by("pk")
    return [(row.item.code, row.order.supplier.code, row.qty_steps, row.order.state) for row in rows]


def proposal(company, item):
    from huoku.server.planning.models import Proposal

    return Proposal.objects.of(company).get(item__code=item, kind="buy", state="open")


def test_the_list_says_by_supplier_what_each_purchase_leaves_over(shop, at_desk):
    buyer = at_desk(shop, Role.BUYER)
    with few_queries("purchases"):
        page = " ".join(buyer.read("/desk/buying?view=all").split())
    assert page.index("MILL") < page.index("SCREW") < page.index("TRADER") < page.index(">SET<")
    # 300 screws of 1,000: 70 % are not needed, and 70.00 of money lie in them.
    assert ">700<" in page and "70%" in page and "¥70<" in page
    assert "按需买" in page


def test_the_drawer_sets_the_options_beside_each_other_and_says_why(shop, at_desk, django_assert_max_num_queries):
    buyer = at_desk(shop, Role.BUYER)
    address = f"/desk/buying/{proposal(shop, 'SET').pk}"
    with django_assert_max_num_queries(20):
        drawer = buyer.read(address)
    assert "按起订量买" in drawer and "换供应商" in drawer and "MILL" in drawer and "TRADER" in drawer
    assert "¥5,000" in drawer and "¥2,250" in drawer
    assert "：要 150，起订 500，怎么买？" in drawer and ">SO-" in drawer
    facts = " ".join(re.sub(r"<[^>]+>", " ", drawer[drawer.index("facts strip") : drawer.index("</dl>")]).split())
    assert "净需 150 pcs" in facts and "350 · 70%" in facts and "占用资金 ¥3,500" in facts
    assert '<svg viewBox="' in drawer and "&lt;svg" not in drawer


def test_whoever_comes_by_the_address_of_a_drawer_gets_the_page_around_it(shop, at_desk):
    from huoku.server.planning.models import Proposal

    row = Proposal.objects.of(shop).get(item__code="SET")
    buyer = at_desk(shop, Role.BUYER)
    answer = buyer.client.get(f"/desk/buying/{row.pk}", headers={"Sec-Fetch-Dest": "document"})
    assert answer.status_code == 302 and answer["Location"] == f"/desk/buying?view=all&open={row.pk}"
    assert "TRADER" in buyer.read(answer["Location"])


def test_what_was_chosen_becomes_a_draft_for_each_supplier(shop, at_desk):
    buyer = at_desk(shop, Role.BUYER)
    buyer.read("/desk/buying?view=all")
    buyer.press("approve", id=[proposal(shop, "SET").pk, proposal(shop, "SCREW").pk])
    assert buyer.told == "已完成。"
    assert orders(shop) == [("SCREW", "MILL", 1000, "draft"), ("SET", "TRADER", 150, "draft")]
    assert "没有要买的" in buyer.read("/desk/buying?view=all")


def test_another_option_is_ordered_instead_of_the_plans(shop, at_desk):
    """The buyer knows better and takes the mill's five hundred."""
    buyer, row = at_desk(shop, Role.BUYER), proposal(shop, "SET")
    drawer = buyer.read(f"/desk/buying/{row.pk}")

    heads = re.findall(r"<label>(.*?)</label>", drawer, re.S)
    mill = next(head for head in heads if "MILL" in head and 'type="radio"' in head)
    buyer.press("take", option=re.search(r'value="(\d+)"', mill)[1])
    assert buyer.told == "已完成。"
    assert orders(shop) == [("SET", "MILL", 500, "draft")]


def test_what_somebody_else_has_to_arrange_cannot_be_ordered_by_a_press(shop, at_desk):
    buyer, row = at_desk(shop, Role.BUYER), proposal(shop, "SET")
    drawer = buyer.read(f"/desk/buying/{row.pk}")
    names = [head for head in drawer.split('<th scope="col"')[1:]]
    declined = next(place for place, head in enumerate(names) if "不接这张单" in head)
    answer = buyer.client.post(f"/desk/buying/{row.pk}/take", {"option": str(declined)})
    assert answer.status_code == 404 and orders(shop) == []


def test_of_the_options_the_cheapest_says_so_and_each_what_it_rests_on(shop, at_desk):
    drawer = at_desk(shop, Role.BUYER).read(f"/desk/buying/{proposal(shop, 'SET').pk}")
    cost = next(line for line in drawer.split("<tr>") if "期望总成本" in line)
    cells = cost.split("<td")[1:]
    assert ["最低" in cell for cell in cells] == [True] + [False] * (len(cells) - 1) and "¥2,250" in cells[0]
    basis = next(line for line in drawer.split("<tr>") if "依据" in line)
    assert "价目表" in basis and "待业务定" in basis
    # The trader's 150 come without a rest, of the mill's 500 it has to be told how many will be used.
    assert "盈亏平衡：" in drawer


def test_why_an_option_was_taken_is_kept_with_the_decision(shop, at_desk):
    buyer, row = at_desk(shop, Role.BUYER), proposal(shop, "SET")
    drawer = buyer.read(f"/desk/buying/{row.pk}")
    taken = re.search(r'name="option" value="(\d+)" form="take" checked', drawer)[1]
    buyer.press("take", option=taken, reason="贸易商只卖要的数")
    row.refresh_from_db()
    assert (row.state, row.reason) == ("accepted", "贸易商只卖要的数")


def test_a_rejection_without_a_reason_is_refused_and_nothing_is_decided(shop, at_desk):
    buyer, row = at_desk(shop, Role.BUYER), proposal(shop, "SCREW")
    buyer.read(f"/desk/buying/{row.pk}")
    buyer.press("reject", reason="")
    row.refresh_from_db()
    assert row.state == "open"


def test_what_is_waited_for_has_a_view_of_its_own(shop, at_desk):
    buyer, row = at_desk(shop, Role.BUYER), proposal(shop, "SCREW")
    assert "没有在等谁答复的" in buyer.read("/desk/buying?view=waiting")
    buyer.client.post(f"/desk/buying/{row.pk}/pull", {"lever": "quote", "note": ""})
    page = buyer.read("/desk/buying?view=waiting")
    assert ">SCREW<" in page and ">SET<" not in page and "要一份报价" in page


def test_what_the_next_plan_wants_otherwise_shows_what_it_wanted_before(shop, at_desk, planned):
    """Forty more appliances are ordered: of the sets 190 are needed where the plan before wanted 150."""
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import User
    from huoku.server.sales.models import SalesLine

    buyer = at_desk(shop, Role.BUYER)
    assert "和上一次计划没有不同" in buyer.read("/desk/buying?view=changed")
    SalesLine.objects.of(shop).update(qty_steps=190)
    planned(actor_of(User.objects.get(username=f"owner-{shop.code}"), shop), TODAY)
    page = " ".join(buyer.read("/desk/buying?view=changed").split())
    row = page[page.index(">SET<") :]
    assert "<del>150</del>" in row[: row.index("</tr>")] and "计划变" in row


def test_stock_that_moved_since_the_plan_marks_what_is_to_be_planned_again(shop, at_desk, do_as_owner):
    from huoku.server.ledger.models import Location, Lot

    buyer = at_desk(shop, Role.BUYER)
    assert "待重算" not in buyer.read("/desk/buying?view=all")
    place = {row.kind: row.pk for row in Location.objects.of(shop)}
    screw = proposal(shop, "SCREW").item
    lot = Lot.objects.of(shop).filter(item=screw).first()
    line = {"kind": "receive", "item": screw.pk, "lot": lot and lot.pk, "quantity": 40, "unit_cost": 100_000}
    line |= {"from_location": place["supplier"], "to_location": place["storage"]}
    do_as_owner(shop, "ledger.record_movement", lines=[line])
    page = buyer.read("/desk/buying?view=all")
    assert page.count("待重算") == 1 and "待重算" in page[page.index(">SCREW<") :].split("</tr>")[0]


def test_suppliers_are_asked_for_prices_of_what_was_chosen_each_on_a_sheet(shop, at_desk):
    buyer = at_desk(shop, Role.BUYER)
    ids = [proposal(shop, item).pk for item in ("SET", "SCREW")]
    answer = buyer.client.get("/desk/buying/letters", {"id": ids})
    letter = answer.content.decode()
    assert letter.count("<h1>") == 2 and "MILL" in letter and "TRADER" in letter
    assert ">150<" in letter and ">300<" in letter and "2,250" not in letter and "15.00" not in letter
    assert at_desk(shop, Role.SALES).client.get("/desk/buying/letters", {"id": ids}).status_code == 403


def test_nobody_is_asked_for_a_price_of_what_is_decided_already(shop, at_desk, do_as_owner):
    buyer, row = at_desk(shop, Role.BUYER), proposal(shop, "SCREW")
    do_as_owner(shop, "planning.reject_proposals", proposals=[row.pk], reason="not wanted")
    ids = [proposal(shop, "SET").pk, row.pk]
    assert buyer.client.get("/desk/buying/letters", {"id": ids}).content.decode().count("<h1>") == 1
    assert buyer.client.get("/desk/buying/letters", {"id": ids[1:]}).status_code == 404


def test_what_other_ways_would_save_is_told_row_by_row_and_adds_up(shop, at_desk):
    """Of the screws 700 are left over, and their order has no other way; the sets' plan is the best already."""
    buyer = at_desk(shop, Role.BUYER)
    told = buyer.client.get("/desk/buying/savings?view=all").json()
    assert set(told["rows"]) == {str(proposal(shop, "SCREW").pk)}
    assert at_desk(shop, Role.SALES).client.get("/desk/buying/savings?view=all").status_code == 403


def test_a_rejected_proposal_keeps_its_reason(shop, at_desk):
    buyer, row = at_desk(shop, Role.BUYER), proposal(shop, "SCREW")
    buyer.read(f"/desk/buying/{row.pk}")
    buyer.press("reject", reason="仓库角落还有一箱")
    row.refresh_from_db()
    assert (row.state, row.reason) == ("rejected", "仓库角落还有一箱")


def table(client, address):
    """A file of the desk as a frame."""
    from io import BytesIO

    import polars as pl
    from python_calamine import load_workbook

    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    end = address.rpartition("=")[2]
    if end == "xlsx":
        heads, *rows = load_workbook(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        return pl.DataFrame(rows, schema=heads, orient="row")
    return {"csv": pl.read_csv, "parquet": pl.read_parquet}[end](answer.content)


def test_a_view_is_exported_with_its_rows_alone_in_their_order_and_with_the_columns_of_the_list(shop, at_desk):
    """300 screws of 1,000 at 0.10 are needed, for which the mill is asked; 150 sets come from the trader as needed."""
    buyer = at_desk(shop, Role.BUYER)
    every = table(buyer.client, "/desk/buying?view=all&as=parquet")
    assert every["supplier", "item", "needed", "buy", "excess", "amount"].rows() == [
        ("MILL", "SCREW", 300, 1000, 700, 100),
        ("TRADER", "SET", 150, 150, 0, 2250),
    ]
    assert every["cash_tied"].to_list() == [70, None] and every["moq"].to_list() == [1000, 0]
    seen = re.findall(r'name="id" value="\d+" aria-label="([^"]+)"', buyer.read("/desk/buying?view=all"))
    assert every["item"].to_list() == seen

    buyer.client.post(f"/desk/buying/{proposal(shop, 'SCREW').pk}/pull", {"lever": "quote", "note": ""})
    waiting = table(buyer.client, "/desk/buying?view=waiting&as=xlsx")
    assert waiting.columns[:4] == ["供应商编号", "供应商", "物料", "名称"] and waiting["物料"].to_list() == ["SCREW"]
    assert "要一份报价" in waiting["提示"][0]
    assert table(buyer.client, "/desk/buying?view=changed&as=csv").height == 0
    assert buyer.client.get("/desk/buying?view=all&as=odf").status_code == 406
    assert at_desk(shop, Role.SALES).client.get("/desk/buying?as=csv").status_code == 403


def test_a_week_in_which_nothing_has_to_be_ordered_leads_to_what_comes_later(shop, at_desk):
    from huoku.server.planning.models import Proposal

    buyer = at_desk(shop, Role.BUYER)
    far = date.today() + timedelta(days=40)
    Proposal.objects.of(shop).filter(kind="buy").update(start_on=far)
    page = buyer.read("/desk/buying")
    told = re.search(r'<div class="nothing">(.*?)</div>', page, re.S)[1]
    assert "这周没有要下的单" in told and f"{far:%m-%d}" in told and "没有要买的" not in told
    assert re.search(r'href="\?view=all">看以后要买的 <span class="quiet">2<', told)


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.SALES])
def test_who_does_not_decide_sees_no_prices_of_suppliers(shop, at_desk, role):
    other = at_desk(shop, role)
    for address in ("/desk/buying", f"/desk/buying/{proposal(shop, 'SET').pk}"):
        assert "MILL" not in other.read(address, status=403)
