"""Signing in by another system (OpenID Connect). The other system is a small server of its own on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

CLIENT, SECRET = "huoku", "shared by both systems, and long enough for a signature"


class Provider(BaseHTTPRequestHandler):
    """Gives every code a token; remembers what was asked."""

    asked: ClassVar[list[dict[str, list[str]]]] = []
    subject = "wang"

    def do_GET(self):
        here = f"http://{self.headers['Host']}"
        if self.path.endswith("openid-configuration"):
            self.tell(
                issuer=here,
                authorization_endpoint=f"{here}/authorize",
                token_endpoint=f"{here}/token",
                userinfo_endpoint=f"{here}/user",
                jwks_uri=f"{here}/keys",
            )
        else:
            self.tell(sub=self.subject, preferred_username=self.subject)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append(parse_qs(body))
        claims = {"iss": f"http://{self.headers['Host']}", "aud": CLIENT, "sub": self.subject, "exp": 4_102_444_800}
        signed = jwt.encode({**claims, "iat": 1}, SECRET, algorithm="HS256")
        self.tell(access_token="opaque", token_type="Bearer", id_token=signed)

    def tell(self, **facts):
        body = json.dumps(facts).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def provider(settings):
    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    app = {"provider_id": "oidc", "name": "Keycloak", "client_id": CLIENT, "secret": SECRET}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": {"server_url": address}}]}
    }
    Provider.asked.clear()
    yield Provider
    server.shutdown()
    server.server_close()


def by_the_other_system(browser, process=""):
    """Press its button, come back with a code."""
    away = browser.post(f"/account/oidc/oidc/login/{process}")
    asked = parse_qs(urlsplit(away["Location"]).query)
    answer = browser.get("/account/oidc/oidc/login/callback/", {"code": "one", "state": asked["state"][0]})
    return asked, answer


@pytest.fixture
def connected(browser, provider, sign_in):
    """The owner has connected his account with the other system's, and has signed out again."""
    sign_in(browser)
    browser.post("/account/reauthenticate/", {"password": "a long enough sentence"})
    by_the_other_system(browser, "?process=connect")
    browser.post("/account/logout/")
    return browser


def is_in(browser):
    return browser.get("/account/").status_code == 200


def test_an_account_that_was_connected_opens_by_the_other_system(connected):
    assert not is_in(connected)
    asked, _ = by_the_other_system(connected)
    assert is_in(connected)
    assert (asked["code_challenge_method"], "code_verifier" in Provider.asked[-1]) == (["S256"], True)


def test_somebody_whom_only_the_other_system_knows_gets_no_account(browser, provider, db):
    from huoku.server.platform.models import User

    before = User.objects.count()
    by_the_other_system(browser)
    assert (is_in(browser), User.objects.count()) == (False, before)


def test_an_answer_that_nobody_asked_for_opens_nothing(connected):
    connected.get("/account/oidc/oidc/login/callback/", {"code": "one", "state": "made-up"})
    assert not is_in(connected)


def test_without_such_a_system_there_is_no_button(browser, db):
    assert "oidc" not in browser.get("/account/login/").content.decode()
