"""The first start: a demo company beside one's own, which its owner alone puts away, and nobody takes for his own."""

import pytest
from tests.server.api.conftest import caller_of, company, nobody_is_too_quick

__all__ = ["company", "nobody_is_too_quick"]


@pytest.fixture
def demo(company):
    from huoku.server.platform.models import Company

    Company.objects.filter(pk=company.pk).update(is_demo=True)
    return caller_of(company, "owner", language="zh-hans")


def test_an_empty_company_offers_the_demo_or_one_s_own_items(company):
    owner = caller_of(company, "owner", language="zh-hans")
    assert "先看演示工厂" in owner.client.get("/").content.decode()
    owner.added("/items", code="A")
    assert "先看演示工厂" not in owner.client.get("/").content.decode()
    assert "先看演示工厂" not in caller_of(company, "buyer", language="zh-hans").client.get("/").content.decode()


def test_a_demo_that_is_not_filled_yet_says_so_and_offers_no_other(demo):
    told = demo.client.get("/").content.decode()
    assert "正在把演示工厂搬进来" in told and "先看演示工厂" not in told
    demo.added("/items", code="A")
    assert "正在把演示工厂搬进来" not in demo.client.get("/").content.decode()


def test_the_first_limit_is_set_from_the_empty_list_but_nothing_is_accepted_without_a_row(demo):
    def button(table, action):
        told = demo.client.get(f"/office/{table}/").content.decode()
        return next(part.partition(">")[0] for part in told.split("<button")[::-1] if f"chosen/{action}" in part)

    assert "disabled" not in button("approval_limits", "set")
    assert "disabled" in button("proposals", "accept")


def test_the_owner_puts_the_demo_away_and_goes_on_in_a_company_of_his_own(demo, company):
    from huoku.server.platform.models import Company

    assert "五步导览" in demo.client.get("/").content.decode()
    asked = {"own_code": "MINE", "own_name": "自己的厂", "code": company.code}
    told = demo.client.post("/start/demo/end", asked, follow=True).content.decode()
    assert "自己的厂" in told and "五步导览" not in told
    assert not Company.objects.get(pk=company.pk).is_active
    assert demo.get("/items").status_code in (401, 403, 404)


@pytest.mark.parametrize("wrong", [{"code": "OTHER"}, {"own_code": ""}])
def test_it_stays_where_the_owner_does_not_say_what_he_means(demo, company, wrong):
    from huoku.server.platform.models import Company

    asked = {"own_code": "MINE", "own_name": "自己的厂", "code": company.code, **wrong}
    assert demo.client.post("/start/demo/end", asked).status_code == 422
    assert Company.objects.get(pk=company.pk).is_active
    assert not Company.objects.filter(code="MINE").exists()


def test_nobody_but_the_owner_puts_it_away(demo, company):
    assert caller_of(company, "admin").client.get("/start/demo/end").status_code == 403


def test_a_company_that_is_no_demo_cannot_be_put_away(company):
    from huoku.server.platform.models import Company

    owner = caller_of(company, "owner")
    asked = {"own_code": "MINE", "own_name": "x", "code": company.code}
    assert owner.client.post("/start/demo/end", asked).status_code == 409
    assert Company.objects.get(pk=company.pk).is_active


def test_whoever_asked_for_a_demo_that_does_not_move_in_is_told_why(demo, company, monkeypatch):
    """Here the items are there already, so that the factory cannot come in; nobody waits for ever."""
    from huoku.server.running.first_start import fill

    demo.added("/items", code="FL-01")
    with pytest.raises(Exception, match="empty"):
        fill.func(company.pk, demo.actor.user.pk)
    told = demo.client.get("/").content.decode()
    assert "演示工厂没有搬进来：" in told and "正在把演示工厂搬进来" not in told
    boss = caller_of(company, "owner", language="en")
    assert "could not move in" not in boss.client.get("/").content.decode()
