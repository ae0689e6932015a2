"""Asking people in, new passwords and keys for programs, on pages."""

import re

import pytest

from .conftest import PASSWORD


@pytest.fixture
def inside(browser, sign_in):
    """The owner's browser."""
    sign_in(browser)
    return browser


@pytest.fixture
def storekeeper(client_at, inside):
    """A storekeeper's browser; he came by the owner's link."""
    browser = client_at("10.0.0.2")
    answer = inside.post("/account/people/", {"name": "Li", "role": "storekeeper"})
    browser.get(shown(answer))
    browser.post("/account/join/", {"username": "li", "name": "李", "password1": PASSWORD, "password2": PASSWORD})
    browser.post("/account/login/", {"login": "li", "password": PASSWORD})
    return browser


def shown(answer):
    """What the page shows this once."""
    return re.search(r'role="status">.*?<code>([^<]+)</code>', answer.content.decode(), re.DOTALL)[1]


def test_who_is_asked_in_by_a_page_comes_in_by_its_link(storekeeper):
    assert storekeeper.get("/api/v1/HUO/me").json()["roles"] == ["storekeeper"]


def test_the_pages_name_fields_and_roles_in_the_readers_language(inside):
    for language, words in (("zh-hans", ("姓名", "岗位", "老板")), ("en", ("Name", "Role", "Owner"))):
        inside.cookies["django_language"] = language
        page = inside.get("/account/people/").content.decode()
        assert [word for word in words if word not in page] == []
    inside.cookies["django_language"] = "zh-hans"
    assert "有效天数" in inside.get("/account/tokens/").content.decode()


def test_a_new_password_is_chosen_by_the_link_that_the_page_shows(inside, storekeeper, client_at):
    from huoku.server.platform.models import User

    li = User.objects.get(username="li")
    link = shown(inside.post(f"/account/people/{li.pk}/password/"))
    elsewhere, new = client_at("10.0.0.3"), "another long sentence"
    form = elsewhere.get(link, follow=True).redirect_chain[-1][0]
    elsewhere.post(form, {"password1": new, "password2": new})
    li.refresh_from_db()
    assert li.check_password(new)


def test_a_storekeeper_asks_nobody_in_and_hands_out_no_password(storekeeper, owner):
    assert storekeeper.get("/account/people/").status_code == 403
    assert storekeeper.post("/account/people/", {"name": "Wu", "role": "admin"}).status_code == 403
    assert storekeeper.post(f"/account/people/{owner.user.pk}/password/").status_code == 403


def test_a_person_of_another_company_is_none_here(inside, db):
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User

    foe = User.objects.create(username="foe")
    found_company("FOE", "对手", foe)
    assert inside.post(f"/account/people/{foe.pk}/password/").status_code == 404


def test_a_token_is_shown_once_opens_what_it_may_and_is_ended(inside, client_at):
    wanted = {"name": "scales", "days": "30", "rights": ["platform.be_here"]}
    text = shown(inside.post("/account/tokens/", wanted))
    program, header = client_at("10.0.0.4"), {"Authorization": f"Bearer {text}"}
    assert program.get("/api/v1/HUO/me", headers=header).status_code == 200
    assert program.get("/api/v1/HUO/items", headers=header).status_code == 403
    page = inside.get("/account/tokens/").content.decode()
    assert text not in page
    inside.post(re.search(r'action="(/account/tokens/\d+/end/)"', page)[1])
    assert program.get("/api/v1/HUO/me", headers=header).status_code == 401


def test_nobody_makes_a_token_for_what_he_may_not(storekeeper):
    page = storekeeper.get("/account/tokens/").content.decode()
    assert "platform.manage_people" not in page
    answer = storekeeper.post("/account/tokens/", {"name": "x", "days": "1", "rights": ["platform.manage_people"]})
    assert "hk_" not in answer.content.decode()


def test_without_a_signing_in_the_pages_lead_to_it(browser, db):
    for address in ("people/", "tokens/", "2fa/recovery-codes/"):
        assert browser.get(f"/account/{address}")["Location"].startswith("/account/login/")
