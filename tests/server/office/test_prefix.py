"""Behind a proxy that serves huoku under a path, nothing leads out of that path."""

import re

import pytest
from django.test import Client, override_settings
from django.urls import set_script_prefix

PREFIX = "/huoku"
LEADS = re.compile(r'\s(?:href|src|action|formaction|data-[a-z-]+)="(/[^"]*)"')


@pytest.fixture
def below(world):
    """The owner's browser, and addresses as it sees them."""
    given = {"STATIC_URL": f"{PREFIX}/static/", "FORCE_SCRIPT_NAME": PREFIX, "SESSION_COOKIE_PATH": f"{PREFIX}/"}
    with override_settings(**given):
        set_script_prefix(f"{PREFIX}/")
        yield world.owner.client
    set_script_prefix("/")


def opened(client, address):
    assert address.startswith(f"{PREFIX}/"), address
    return client.get(address.removeprefix(PREFIX))


@pytest.mark.slow
def test_every_page_leads_to_addresses_under_the_prefix(below, world):
    begun = [f"{PREFIX}/", f"{PREFIX}/account/", f"{PREFIX}/docs", f"{PREFIX}/search?q=s"]
    documents = ("items", "sales_orders", "purchase_orders", "work_orders", "shortages")
    begun += [f"{PREFIX}/office/{name}/{world.ids[name]}/{end}" for name in documents for end in ("", "print")]
    waiting, seen, assets = begun, set(), set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = opened(below, address)
        assert answer.status_code in (200, 302, 405), address  # the last: a button's alone
        if answer.status_code == 302:
            assert answer["Location"].startswith(f"{PREFIX}/"), (address, answer["Location"])
            continue
        for lead in LEADS.findall(answer.content.decode()):
            assert lead.startswith(f"{PREFIX}/"), (address, lead)
            if "/static/" in lead:
                assets.add(lead.split("#")[0])
            elif address == f"{PREFIX}/" and re.fullmatch(rf"{PREFIX}/(desk|shop|office)/\w+/?", lead):
                waiting.append(lead)
    assert len(seen) > 60 and len(assets) > 10


def test_signing_in_is_asked_for_under_the_prefix(below):
    answer = Client().get("/office/items/")
    assert answer.status_code == 302 and answer["Location"] == f"{PREFIX}/account/login/?next={PREFIX}/office/items/"


def test_the_interface_names_its_addresses_under_the_prefix(below, world):
    listed = below.get(f"/api/v1/{world.owner.company}/items?limit=1")
    assert f"<{PREFIX}/api/v1/" in listed["Link"]
    assert all(path.startswith(f"{PREFIX}/api/v1/") for path in below.get("/api/v1/openapi.json").json()["paths"])


@pytest.mark.parametrize("path", ["/huoku/office/items/", "/office/items/"])
def test_the_proxy_may_take_the_prefix_off_or_leave_it_on(path):
    from huoku.server.wsgi import below

    seen = below(PREFIX, lambda environ, start: [environ["PATH_INFO"].encode()])({"PATH_INFO": path}, print)
    assert seen == [b"/office/items/"]
    beside = below(PREFIX, lambda environ, start: [environ["PATH_INFO"].encode()])({"PATH_INFO": "/huokus"}, print)
    assert beside == [b"/huokus"]


def test_a_prefix_may_be_given_with_strokes_or_without():
    from huoku.server.given import Given

    assert {Given(prefix=said).below for said in ("huoku", "/huoku", "/huoku/")} == {"/huoku"}
    assert Given().below == Given(prefix="/").below == ""
