"""Counting on a telephone: blind, again by somebody else where it differs much, and approved by a third."""

import pytest

from huoku.server.platform.roles import Role


@pytest.fixture
def screws(company, nobody_is_too_quick):
    """Of 120 screws that the book has on the shelf, a count is due."""
    from tests.server.api.conftest import caller_of

    from huoku.server.items.models import Item
    from huoku.server.ledger.models import CountTask, Location
    from huoku.server.platform.clock import now
    from huoku.server.platform.scope import entered

    call = caller_of(company, "owner")
    call.added("/items", code="SCREW", unit="pcs")
    for code, kind in (("SHELF", "storage"), ("OUTSIDE", "supplier"), ("DIFFERENCE", "count_difference")):
        call.added("/locations", code=code, kind=kind)
    line = {"kind": "receive", "item": "SCREW", "quantity": "120", "from_location": "OUTSIDE", "to_location": "SHELF"}
    call.added("/movements", lines=[line])
    with entered(company):
        task = CountTask.objects.create(
            company=company,
            item=Item.objects.of(company).get(),
            location=Location.objects.of(company).get(code="SHELF"),
            cause="class",
            due_on=now().date(),
            recorded_at=now(),
        )
        yield task


def on_hand(company):
    from huoku.server.ledger.models import Balance

    return sum(Balance.objects.of(company).filter(location__code="SHELF").values_list("on_hand", flat=True))


def test_a_count_is_blind_repeated_by_another_and_approved_by_a_third(company, screws, reader):
    keeper, lead, planner = (reader(role) for role in (Role.STOREKEEPER, Role.PRODUCTION_LEAD, Role.PLANNER))
    page = keeper.read("/shop/counting")
    assert "SHELF" in page and "120" not in page
    page = keeper.read(f"/shop/counting/{screws.pk}")
    assert "SCREW" in page and "120" not in page
    keeper.press("", counted="80")
    assert "请另一个人再数一遍" in keeper.text and "120" not in keeper.text
    assert keeper.address == "/shop/counting" and "第一遍是您数的" in keeper.text and "开始盘点" in keeper.text

    lead.read("/shop/counting")
    import re

    lead.read(re.search(r'href="(/shop/counting/\d+)"', lead.text)[1])
    lead.press("", counted="79")
    assert "等人批准" in lead.text and "120" not in lead.text and on_hand(company) == 120

    page = planner.read("/shop/counting")
    for figure in ("79 pcs", ">120<", "-41"):
        assert figure in page
    planner.press("approve", is_approved="1", reason="少了")
    assert on_hand(company) == 79 and "现在没有该盘的" in planner.text


@pytest.mark.parametrize("said", ["", "many", "1.5", "-3"])
def test_what_is_no_quantity_is_asked_for_again_and_states_nothing(company, screws, reader, said):
    from huoku.server.ledger.models import Count

    keeper = reader(Role.STOREKEEPER)
    keeper.read(f"/shop/counting/{screws.pk}")
    keeper.press("", counted=said)
    assert keeper.address == f"/shop/counting/{screws.pk}"
    assert not Count.objects.of(company).exists() and 'role="status"' in keeper.text


def test_who_may_not_count_is_refused_and_who_may_not_approve_sees_no_difference(company, screws, reader):
    reader(Role.SALES).read(f"/shop/counting/{screws.pk}", status=403)
    page = reader(Role.SALES).read("/shop/counting")
    assert "SHELF" in page and "按实盘改账" not in page and "开始盘点" not in page
