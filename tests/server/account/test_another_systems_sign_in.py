"""Signing in by another system (OpenID Connect). The other system is a small server of its own on this machine."""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

CLIENT, SECRET = "huoku", "shared by both systems, and long enough for a signature"


class Provider(BaseHTTPRequestHandler):
    """Gives every code a token; remembers what was asked. ``lies`` are claims, or metadata, that are not as they
    should be."""

    asked: ClassVar[list[dict[str, list[str]]]] = []
    lies: ClassVar[dict[str, Any]] = {}
    keys: ClassVar[list[dict[str, str]]] = []
    subject, nonce, leads_on = "wang", "", False
    secret, algorithm = SECRET, "HS256"

    def do_GET(self):
        here = f"http://{self.headers['Host']}"
        if self.leads_on and self.path == "/user":
            self.send_response(302)
            self.send_header("Location", f"{here}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path.endswith("openid-configuration"):
            facts = {
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/user",
                "jwks_uri": f"{here}/keys",
            }
            self.tell(**facts | {name: value for name, value in self.lies.items() if name in facts})
        elif self.path == "/keys":
            self.tell(keys=self.keys)
        else:
            self.tell(sub=self.subject, preferred_username=self.subject)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append(parse_qs(body))
        claims = {"iss": f"http://{self.headers['Host']}", "aud": CLIENT, "sub": self.subject, "exp": 4_102_444_800}
        told = {**claims, "iat": 1, "nonce": self.nonce, **self.lies}
        told = {name: value for name, value in told.items() if value is not None}
        signed = jwt.encode(told, self.secret, algorithm=self.algorithm, headers={"kid": "1"})
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
    Provider.lies.clear()
    Provider.secret, Provider.algorithm, Provider.leads_on = SECRET, "HS256", False
    yield Provider
    server.shutdown()
    server.server_close()


def by_the_other_system(browser, process=""):
    """Press its button, come back with a code."""
    away = browser.post(f"/account/oidc/oidc/login/{process}")
    asked = parse_qs(urlsplit(away["Location"]).query)
    Provider.nonce = asked["nonce"][0]
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


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "of another session"},
        {"sub": "somebody else"},
        {"iss": "http://another"},
        {"aud": "another"},
        {"exp": 1},
        {"exp": None},
    ],
)
def test_an_id_token_that_is_not_about_this_question_and_person_opens_nothing(connected, lie):
    Provider.lies.update(lie)
    by_the_other_system(connected)
    assert not is_in(connected)


@pytest.mark.parametrize(
    ("secret", "algorithm"), [("", "none"), ("a secret that only the one who lies knows, long enough", "HS256")]
)
def test_an_id_token_without_the_right_signature_opens_nothing(connected, secret, algorithm):
    Provider.secret, Provider.algorithm = secret, algorithm
    by_the_other_system(connected)
    assert not is_in(connected)


@pytest.mark.parametrize("is_published", [True, False])
def test_an_id_token_opens_by_the_key_that_the_other_system_publishes_and_by_no_other(connected, is_published):
    own, another = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    published = jwt.algorithms.ECAlgorithm.to_jwk((own if is_published else another).public_key(), as_dict=True)
    Provider.secret, Provider.algorithm, Provider.keys = own, "ES256", [{**published, "kid": "1", "alg": "ES256"}]
    by_the_other_system(connected)
    assert is_in(connected) is is_published


def test_metadata_of_another_issuer_are_not_followed(connected):
    Provider.lies["issuer"] = "https://another.example.com"
    answer = connected.post("/account/oidc/oidc/login/")
    assert answer.status_code != 302
    assert "Location" not in answer


def test_calls_of_the_other_system_are_not_led_on_to_a_third(connected):
    Provider.leads_on = True
    by_the_other_system(connected)
    assert not is_in(connected)


def test_what_an_address_adds_is_not_asked_of_the_other_system(connected):
    away = connected.post("/account/oidc/oidc/login/?auth_params=prompt%3Dnone&scope=everything")
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert "prompt" not in asked
    assert "everything" not in asked["scope"][0]


def test_where_the_other_system_is_away_passwords_go_on(connected, provider, settings, sign_in):
    app = {"provider_id": "oidc", "name": "Keycloak", "client_id": CLIENT, "secret": SECRET}
    nobody = {"server_url": "http://127.0.0.1:9"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [{**app, "settings": nobody}]}}
    assert connected.post("/account/oidc/oidc/login/").status_code == 401
    sign_in(connected)
    assert is_in(connected)


@pytest.mark.parametrize(("says", "acts"), [({}, False), ({"amr": ["pwd", "mfa"]}, True), ({"acr": "2fa"}, True)])
def test_two_factors_at_the_other_system_count_where_it_says_so(connected, settings, says, acts):
    settings.GIVEN = replace(settings.GIVEN, second_factor_for=("owner",), oidc_two_factors=("mfa", "2fa"))
    Provider.lies.update(says)
    by_the_other_system(connected)
    assert is_in(connected)
    assert (connected.get("/api/v1/HUO/me").status_code == 200) is acts


def test_without_such_a_system_there_is_no_button(browser, db):
    assert "oidc" not in browser.get("/account/login/").content.decode()
