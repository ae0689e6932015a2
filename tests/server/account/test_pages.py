"""The pages of one's own account: joining, choosing a company, both languages, no other host."""

import re

import pytest

from .conftest import PASSWORD

PAGES = ["", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "sessions/", "logout/", "3rdparty/"]
PAGES += ["people/", "tokens/"]


@pytest.fixture
def link(owner):
    """An invitation's link, for a buyer."""
    from huoku.server.platform.command import perform
    from huoku.server.platform.commands.invitations import Invite, invite
    from huoku.server.platform.invitations import new_link_secret

    secret, digest = new_link_secret()
    perform(invite, Invite(name="Wang Fang", role="buyer", digest=digest), actor=owner, key="invite")
    return f"/account/join/{secret}/"


def join_anew(browser, link, username="wang"):
    browser.get(link)
    filled = {"username": username, "name": "王芳", "password1": PASSWORD, "password2": PASSWORD}
    return browser.post("/account/join/", filled)


def roles(username, company):
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import User
    from huoku.server.platform.scope import entered

    with entered(company):
        actor = actor_of(User.objects.get(username=username), company)
    return set(actor.roles) if actor else set()


def test_who_is_invited_makes_an_account_and_has_the_role(browser, link, company):
    assert "活库电器" in browser.get(link, follow=True).content.decode()
    assert join_anew(browser, link).status_code == 302
    assert roles("wang", company) == {"buyer"}
    browser.post("/account/login/", {"login": "wang", "password": PASSWORD})
    assert "王芳" in browser.get("/account/").content.decode()


def test_an_invitation_is_good_for_once_and_makes_no_account_without_it(browser, link, company):
    from huoku.server.platform.models import User

    join_anew(browser, link)
    assert join_anew(browser, link, "li").status_code == 410
    assert not User.objects.filter(username="li").exists()


def test_a_made_up_revoked_or_old_invitation_is_none(browser, link, owner):
    from datetime import timedelta

    from django.utils import timezone

    from huoku.server.platform.command import perform
    from huoku.server.platform.commands.invitations import OneInvitation, revoke_invitation
    from huoku.server.platform.models import Invitation
    from huoku.server.platform.scope import entered

    assert browser.get("/account/join/made-up/").status_code == 410
    with entered(owner.company):
        invitation = Invitation.objects.of(owner.company).get()
        Invitation.objects.of(owner.company).update(expires_at=timezone.now() - timedelta(days=1))
    assert join_anew(browser, link).status_code == 410
    with entered(owner.company):
        Invitation.objects.of(owner.company).update(expires_at=timezone.now() + timedelta(days=1))
    perform(revoke_invitation, OneInvitation(invitation=invitation.pk), actor=owner, key="revoke")
    assert join_anew(browser, link).status_code == 410


def test_an_account_of_another_company_joins_with_it(browser, link, company, db):
    from huoku.server.platform.models import User

    User.objects.create_user("zhao", password=PASSWORD)
    browser.post("/account/login/", {"login": "zhao", "password": PASSWORD})
    browser.get(link)
    browser.post("/account/join/")
    assert roles("zhao", company) == {"buyer"}


def test_the_secret_of_a_link_stands_in_no_further_address_and_in_no_session(browser, link):
    secret = link.split("/")[-2]
    assert browser.get(link)["Location"] == "/account/join/"
    assert secret not in browser.get("/account/join/").content.decode()
    assert secret not in str(dict(browser.session))


def test_who_opened_no_link_joins_nothing(browser, db):
    assert browser.get("/account/join/").status_code == 410
    assert join_anew(browser, "/account/join/made-up/").status_code == 410


def test_who_accepts_stands_in_the_audit_trail(browser, link, owner):
    from huoku.server.platform.queries import AuditFilter, audit_trail
    from huoku.server.platform.scope import entered

    join_anew(browser, link)
    with entered(owner.company):
        entry = audit_trail(owner, AuditFilter(action="platform.accept_invitation")).get()
    assert (entry.actor.username, entry.via) == ("wang", "invitation")


def test_one_chooses_among_ones_own_companies_only(browser, sign_in, owner_with_password, company):
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User

    found_company("TWO", "第二厂", owner_with_password.user)
    found_company("FOE", "对手", User.objects.create(username="foe"))
    sign_in(browser)
    page = browser.get("/account/").content.decode()
    assert "第二厂" in page and "对手" not in page
    browser.post("/account/company/", {"company": "TWO"})
    assert "<dd>第二厂 (TWO)</dd>" in browser.get("/account/").content.decode()
    browser.post("/account/company/", {"company": "FOE"})
    assert "<dd>第二厂 (TWO)</dd>" in browser.get("/account/").content.decode()


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "登录"), ("en", "Sign In")])
def test_pages_speak_chinese_and_english(browser, language, word, db):
    browser.post("/account/language/", {"language": language, "next": "/account/login/"})
    page = browser.get("/account/login/").content.decode()
    assert word in page and f'lang="{language}"' in page


def test_no_page_asks_another_host_or_holds_a_script_in_its_text(browser, sign_in, link):
    pages = [browser.get(address).content.decode() for address in ("/account/login/", "/account/password/reset/")]
    pages.append(browser.get(link, follow=True).content.decode())
    sign_in(browser)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    for address in PAGES:
        answer = browser.get(f"/account/{address}")
        assert answer.status_code == 200, address
        pages.append(answer.content.decode())
    for page in pages:
        assert not re.findall(r"""(?:src|href|action|url)\s*=\s*["'](?:https?:)?//""", page)
        assert not re.findall(r"""<script(?![^>]*(?:src=|type="application/json"))""", page)
        assert not re.findall(r"""\s(?:style|on[a-z]+)\s*=\s*["']""", page)


def test_a_new_password_is_chosen_by_the_link_that_an_administrator_hands_over(browser, owner_with_password):
    from huoku.server.account.links import new_password_link

    link = new_password_link(owner_with_password.user)
    form = browser.get(link, follow=True).redirect_chain[-1][0]
    new = "another long sentence"
    browser.post(form, {"password1": new, "password2": new})
    owner_with_password.user.refresh_from_db()
    assert owner_with_password.user.check_password(new)
    assert browser.get(link).status_code != 302, "the link is good for once"


def test_nothing_here_sends_mail(browser, sign_in, mailoutbox):
    sign_in(browser)
    assert browser.post("/account/email/", {"action_add": "", "email": "a@example.com"}).status_code == 405
    assert browser.post("/account/password/reset/", {"email": "a@example.com"}).status_code == 405
    assert mailoutbox == []
