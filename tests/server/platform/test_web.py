"""What every answer carries."""

from dataclasses import replace

import pytest
from django.test import Client


@pytest.fixture
def browser(db):
    return Client()


def test_every_answer_names_its_request_and_so_does_each_line_of_the_log(browser, capture_log):
    answer = browser.post("/account/login/", {"login": "nobody", "password": "x"})
    (line,) = capture_log("huoku.security")
    assert len(answer["X-Request-ID"]) == 32 and line["request_id"] == answer["X-Request-ID"]


def test_the_proxys_name_for_a_request_is_taken_over_a_strangers_is_not(browser, settings):
    def name(given):
        return browser.get("/account/login/", headers={"X-Request-ID": given})["X-Request-ID"]

    assert name("from-the-stranger") != "from-the-stranger"
    settings.GIVEN = replace(settings.GIVEN, proxies=1)
    assert name("from-the-proxy") == "from-the-proxy"
    assert name("two\nlines 12345") != "two\nlines 12345" and len(name("x" * 65)) == 32


def test_the_request_stands_in_the_audit_entry(owner, browser):
    from django.test import RequestFactory

    from huoku.server.items.commands.items import AddItem, add_item
    from huoku.server.platform.command import perform
    from huoku.server.platform.doors import actor_from
    from huoku.server.platform.queries import AuditFilter, audit_trail
    from huoku.server.platform.scope import entered

    request = RequestFactory().get("/")
    request.user, request.session, request.request_id = owner.user, {}, "request-0001"
    perform(add_item, AddItem(code="BOLT"), actor=actor_from(request), key="k")
    with entered(owner.company):
        assert audit_trail(owner, AuditFilter(request_id="request-0001")).get().action == "items.add_item"


def test_pages_may_load_and_send_nothing_elsewhere(browser):
    answer = browser.get("/account/login/")
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("part", ["look/page.js", "look/parts.css"])
def test_a_part_of_a_page_carries_what_guards_it_and_no_more(browser, part):
    answer, drawing = (browser.get(f"/static/{each}") for each in (part, "vendor/icons.svg"))
    for each in (answer, drawing):
        each.close()
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cross-Origin-Resource-Policy"] == "same-origin"
    for name in ("Content-Security-Policy", "Permissions-Policy", "Access-Control-Allow-Origin"):
        assert not answer.has_header(name)
    assert "default-src 'self'" in drawing["Content-Security-Policy"]  # it may be opened by itself


def test_forms_may_lead_to_the_other_systems_sign_in_where_there_is_one():
    from huoku.server.platform.web import policy

    assert "form-action 'self' https://sso.example;" in policy("https://sso.example/realms/huo")
