"""Signing in by password: who gets in, and how often one may try."""

from dataclasses import replace

import pytest

from .conftest import PASSWORD


def is_in(browser):
    return browser.get("/account/").status_code == 200


def test_the_right_password_opens_and_a_wrong_one_does_not(browser, sign_in):
    assert not is_in(browser)
    assert sign_in(browser, "wrong").status_code == 200 and not is_in(browser)
    assert sign_in(browser).status_code == 302 and is_in(browser)


def test_passwords_are_kept_as_argon2(owner, settings):
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]
    owner.user.set_password(PASSWORD)
    assert owner.user.password.startswith("argon2$argon2id$") and owner.user.check_password(PASSWORD)


def test_after_five_wrong_passwords_in_a_minute_the_right_one_does_not_open_either(client_at, sign_in):
    for number in range(5):
        sign_in(client_at(f"10.0.0.{number}", host=["localhost", "127.0.0.1"][number % 2]), "wrong")
    late = client_at("10.0.0.9")
    assert "Too many failed" in sign_in(late).content.decode() or "失败" in sign_in(late).content.decode()
    assert not is_in(late)


def test_the_tries_of_one_account_take_none_from_another(browser, sign_in, db):
    from huoku.server.platform.models import User

    User.objects.create_user("other", password=PASSWORD)
    for _ in range(6):
        sign_in(browser, "wrong")
    sign_in(browser, username="other")
    assert is_in(browser)


def test_after_twenty_failures_from_one_address_nobody_gets_in_from_there(client_at, sign_in):
    for number in range(20):
        sign_in(client_at("10.0.0.1"), "wrong", username=f"nobody{number}")
    here, elsewhere = client_at("10.0.0.1"), client_at("10.0.0.2")
    sign_in(here)
    sign_in(elsewhere)
    assert (is_in(here), is_in(elsewhere)) == (False, True)


def test_thirty_people_sign_in_from_one_address_at_the_start_of_a_shift(client_at, sign_in, db):
    from huoku.server.platform.models import User

    for number in range(25):
        User.objects.create_user(f"worker{number}", password=PASSWORD)
        browser = client_at("10.0.0.1")
        sign_in(browser, username=f"worker{number}")
        assert is_in(browser), number


def test_an_account_that_is_switched_off_does_not_get_in(browser, sign_in, owner_with_password):
    owner_with_password.user.is_active = False
    owner_with_password.user.save()
    sign_in(browser)
    assert not is_in(browser)


def test_a_name_that_exists_and_one_that_does_not_are_refused_in_the_same_words(browser, sign_in):
    import re

    def words(answer):
        return re.findall(r"errorlist.*?</ul>", answer.content.decode(), re.DOTALL)

    assert words(sign_in(browser, "wrong")) == words(sign_in(browser, "wrong", username="nobody")) != []


def test_a_session_gets_a_new_key_at_the_sign_in(browser, sign_in):
    browser.get("/account/login/")
    browser.session["before"] = 1
    before = browser.session.session_key
    sign_in(browser)
    assert browser.session.session_key != before


def test_a_session_ends_after_twelve_hours_and_its_cookie_is_for_the_server_alone(browser, sign_in):
    cookie = sign_in(browser).cookies["sessionid"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (12 * 60 * 60, True, "Lax")


def test_one_sees_ones_sessions_and_ends_the_others(client_at, sign_in):
    here, there = client_at("10.0.0.1"), client_at("10.0.0.2")
    sign_in(here)
    sign_in(there)
    page = here.get("/account/sessions/").content.decode()
    assert "10.0.0.1" in page and "10.0.0.2" in page
    here.post("/account/sessions/")
    assert (is_in(here), is_in(there)) == (True, False)


def test_an_administrator_signs_somebody_out_everywhere(client_at, sign_in, owner_with_password):
    from huoku.server.platform.command import perform
    from huoku.server.platform.commands.people import OnePerson, end_sessions

    browsers = [client_at("10.0.0.1"), client_at("10.0.0.2")]
    for browser in browsers:
        sign_in(browser)
    request = OnePerson(user=owner_with_password.user.pk)
    assert perform(end_sessions, request, actor=owner_with_password, key="out").result()["ended"] == 2
    assert not any(is_in(browser) for browser in browsers)


def test_a_changed_password_ends_the_other_sessions(client_at, sign_in):
    here, there = client_at("10.0.0.1"), client_at("10.0.0.2")
    sign_in(here)
    sign_in(there)
    new = "another long sentence"
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(here), is_in(there)) == (True, False)
    assert sign_in(there, new).status_code == 302


@pytest.mark.parametrize("weak", ["short77", "password1234", "iloveyou"])
def test_a_weak_password_is_not_taken(weak, browser, sign_in, owner_with_password):
    sign_in(browser)
    browser.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    owner_with_password.user.refresh_from_db()
    assert owner_with_password.user.check_password(PASSWORD)


def test_what_happens_at_the_door_is_in_the_log_without_the_password(browser, sign_in, capture_log):
    sign_in(browser, "wrong secret")
    sign_in(browser)
    told = [(line["event"], line["username"], line["address"]) for line in capture_log("huoku.security")]
    assert told == [("sign_in_failed", "owner", "10.0.0.1"), ("signed_in", "owner", "10.0.0.1")]
    assert "wrong secret" not in str(capture_log("")) and PASSWORD not in str(capture_log(""))


def test_nobody_makes_an_account_by_himself(browser, db):
    from huoku.server.platform.models import User

    browser.post("/account/signup/", {"username": "me", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(username="me").exists()


def test_a_form_without_its_token_is_refused(sign_in):
    from django.test import Client

    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403


def test_the_way_back_after_signing_in_leads_nowhere_else(browser, sign_in):
    answer = browser.post(
        "/account/login/?next=https://evil.example/", {"login": "owner", "password": PASSWORD, "next": "//evil.example"}
    )
    assert "evil" not in answer["Location"]


def aged(browser, **seconds):
    """The browser's session as it will be when so many seconds have gone by."""
    session = browser.session
    for name, by in seconds.items():
        session[name] -= by
    session.save()


def test_whoever_does_nothing_for_an_hour_signs_in_again(browser, sign_in):
    sign_in(browser)
    aged(browser, used_at=59 * 60)
    assert is_in(browser)
    aged(browser, used_at=60 * 60)
    assert not is_in(browser)


def test_after_twelve_hours_one_signs_in_again_however_busy_one_was(browser, sign_in):
    sign_in(browser)
    aged(browser, signed_in_at=12 * 60 * 60)
    assert not is_in(browser)


def test_use_is_noted_now_and_then_and_a_page_that_asks_by_itself_is_no_use(browser, sign_in, owner):
    sign_in(browser)
    begun = browser.session["used_at"]
    aged(browser, used_at=5 * 60)
    assert is_in(browser) and browser.session["used_at"] == begun - 5 * 60
    aged(browser, used_at=5 * 60)
    assert browser.get(f"/api/v1/{owner.company.code}/changes").status_code == 200
    assert browser.session["used_at"] == begun - 10 * 60
    assert is_in(browser) and browser.session["used_at"] >= begun


def test_signing_out_clears_what_the_browser_kept(browser, sign_in):
    assert "Clear-Site-Data" not in sign_in(browser)
    assert browser.post("/account/logout/")["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("password", ["my huoku password", "nobody guesses HUO-2026", "我们活库电器的密码"])
def test_the_companys_name_is_no_password(owner, password):
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        validate_password(password, owner.user)
    validate_password("a long enough sentence", owner.user)


@pytest.fixture
def breached(tmp_path, settings):
    """A file of known passwords' digests, sorted, one of them that of "correct horse battery"."""
    import hashlib

    known = ["correct horse battery", *(f"known password {number}" for number in range(200))]
    lines = sorted(hashlib.sha1(each.encode()).hexdigest().upper() + ":3" for each in known)
    file = tmp_path / "breached.txt"
    file.write_bytes("\r\n".join(lines).encode())
    settings.GIVEN = replace(settings.GIVEN, breached_passwords=str(file))
    return known, lines


def test_a_password_that_has_become_known_elsewhere_is_not_taken(owner, breached):
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    for password in breached[0]:
        with pytest.raises(ValidationError):
            validate_password(password, owner.user)
    for number in range(200):
        validate_password(f"unheard of password {number}", owner.user)


def test_without_the_file_that_was_named_no_password_is_taken(owner, settings):
    from django.contrib.auth.password_validation import validate_password

    settings.GIVEN = replace(settings.GIVEN, breached_passwords="/nowhere/at/all")
    with pytest.raises(OSError):
        validate_password("a long enough sentence", owner.user)
