"""One person's page: roles with sites, sessions, a lost telephone, leaving."""

import pytest
from tests.server.account.conftest import PASSWORD
from tests.server.account.test_people_and_tokens import inside, shown, storekeeper

__all__ = ["inside", "storekeeper"]


@pytest.fixture
def li(storekeeper):
    from huoku.server.platform.models import User

    return User.objects.get(username="li")


def roles_of(user, company):
    from huoku.server.platform.models import Membership

    rows = Membership.objects.of(company).filter(user=user).order_by("role")
    return {row.role: sorted(row.sites.values_list("site__code", flat=True)) for row in rows}


@pytest.fixture
def east(owner):
    from huoku.server.platform.command import perform
    from huoku.server.platform.commands.companies import AddSite, add_site

    return perform(add_site, AddSite(code="EAST", name="东厂"), actor=owner, key="east").result()["id"]


def test_the_page_says_what_each_role_allows_in_words(inside, li):
    inside.cookies["django_language"] = "zh-hans"
    page = inside.get(f"/account/people/{li.pk}/").content.decode()
    assert "仓库" in page and "能做什么" in page and "ledger." not in page
    assert "成本和毛利" in inside.get("/account/roles/").content.decode()


def test_a_role_is_added_at_one_site_limited_and_ended(inside, li, east, company):
    from huoku.server.platform.models import Membership

    there = f"/account/people/{li.pk}/"
    inside.post(f"{there}roles/", {"role": "buyer", "sites": [east]})
    assert roles_of(li, company) == {"buyer": ["EAST"], "storekeeper": []}
    buyer = Membership.objects.of(company).get(user=li, role="buyer").pk
    inside.post(f"{there}roles/{buyer}/", {})
    assert roles_of(li, company)["buyer"] == []
    inside.post(f"{there}roles/{buyer}/", {"end": "1"})
    assert roles_of(li, company) == {"storekeeper": []}


def test_whoever_is_asked_in_for_one_site_has_his_role_there_alone(inside, east, client_at, company):
    from huoku.server.platform.models import User

    browser = client_at("10.0.0.9")
    browser.get(shown(inside.post("/account/people/", {"name": "Wu", "role": "buyer", "sites": [east]})))
    browser.post("/account/join/", {"username": "wu", "name": "吴", "password1": PASSWORD, "password2": PASSWORD})
    assert roles_of(User.objects.get(username="wu"), company) == {"buyer": ["EAST"]}


def test_a_session_that_is_ended_is_over_at_once(inside, storekeeper, li):
    assert storekeeper.get("/api/v1/HUO/me").status_code == 200
    inside.post(f"/account/people/{li.pk}/sign-out/", {})
    assert storekeeper.get("/api/v1/HUO/me").status_code in (401, 403)


def test_a_lost_telephone_is_taken_away_and_noted_and_the_person_is_out(inside, storekeeper, li, company):
    from allauth.mfa.models import Authenticator

    from huoku.server.platform.models import AuditEntry

    Authenticator.objects.create(user=li, type=Authenticator.Type.TOTP, data={"secret": "x"})
    inside.post(f"/account/people/{li.pk}/second-factor/")
    assert not Authenticator.objects.filter(user=li).exists()
    assert AuditEntry.objects.of(company).filter(action="platform.renew_sign_in").count() == 1
    assert storekeeper.get("/api/v1/HUO/me").status_code in (401, 403)


def test_an_administrator_takes_no_owner_s_telephone_and_dismisses_none(inside, li, company, owner, storekeeper):
    from allauth.mfa.models import Authenticator

    inside.post(f"/account/people/{li.pk}/roles/", {"role": "admin"})
    Authenticator.objects.create(user=owner.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    for what in ("second-factor", "dismiss"):
        storekeeper.post(f"/account/people/{owner.user.pk}/{what}/")
    assert Authenticator.objects.filter(user=owner.user).exists()
    assert "owner" in roles_of(owner.user, company)


def test_who_leaves_is_a_stranger_and_his_page_is_gone(inside, storekeeper, li, company):
    inside.post(f"/account/people/{li.pk}/dismiss/")
    assert roles_of(li, company) == {}
    assert inside.get(f"/account/people/{li.pk}/").status_code == 404
    assert storekeeper.get("/api/v1/HUO/me").status_code in (401, 403, 404)


def test_a_storekeeper_sees_and_does_none_of_this(storekeeper, li):
    assert storekeeper.get(f"/account/people/{li.pk}/").status_code == 403
    assert storekeeper.post(f"/account/people/{li.pk}/dismiss/").status_code == 403
    assert storekeeper.get("/account/roles/").status_code == 403
