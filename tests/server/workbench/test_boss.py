"""Papers to decide by: one purchase's excess on a sheet, and the case for the boss from the company's own data."""

import pytest
from tests.server.workbench.test_levers import row, shop

from huoku.server.platform.roles import Role

__all__ = ["row", "shop"]


def words(text):
    return " ".join(text.split())


def test_the_card_says_what_is_too_much_and_leads_back_by_its_code(shop, row, at_desk, django_assert_max_num_queries):
    """500 sets for 150: 350 too many, 70 %, 3,500 tied up; nobody used one yet, a tenth comes back: 3,150 lost."""
    buyer = at_desk(shop, Role.BUYER)
    with django_assert_max_num_queries(20):
        card = words(buyer.read(f"/desk/buying/{row.pk}/card"))
    assert "<dd>150 pcs</dd>" in card and "<b>500 pcs</b>" in card and "<b>350</b> (70%)" in card
    assert "¥5,000" in card and "<dd>¥3,500</dd>" in card and "<dd>¥3,150</dd>" in card
    assert "data:image/svg+xml" in card and f"open={row.pk}" in card
    assert f"/desk/buying/{row.pk}/card" in buyer.read(f"/desk/buying/{row.pk}")


def test_who_may_not_decide_gets_no_card(shop, row, at_desk):
    assert "MILL" not in at_desk(shop, Role.SALES).read(f"/desk/buying/{row.pk}/card", status=403)


def test_the_case_is_told_from_the_companys_own_plan(shop, at_desk):
    """Finance reads it too. Nothing lies in stock yet, and nothing is dead."""
    page = words(at_desk(shop, Role.FINANCE).read("/desk/case"))
    assert 'href="?as=.pdf"' in page and 'href="?as=.xlsx"' in page
    assert '<svg viewBox="' in page


@pytest.mark.parametrize(
    ("ending", "begins"),
    [(".html", b"<!doctype"), (".xlsx", b"PK"), pytest.param(".pdf", b"%PDF", marks=pytest.mark.slow)],
)
def test_the_case_is_given_as_a_file(shop, at_desk, ending, begins):
    if ending == ".pdf":
        pytest.importorskip("fpdf")
    answer = at_desk(shop, Role.BUYER).client.get(f"/desk/case?as={ending}")
    assert answer.content.startswith(begins) and "attachment" in answer["Content-Disposition"]
    assert ending in answer["Content-Disposition"]


def test_whoever_sees_no_costs_sees_no_case(shop, at_desk):
    at_desk(shop, Role.SALES).read("/desk/case", status=403)
    at_desk(shop, Role.BUYER).read("/desk/case?as=.exe", status=404)
