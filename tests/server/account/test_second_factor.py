"""One-time codes and passkeys, made here by software as a telephone or a key would."""

import hashlib
import json
import re
import time
from base64 import b32decode, urlsafe_b64encode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from .conftest import PASSWORD

HOST = "plan.example.com"


def code_of(secret, at=None):
    """RFC 6238, written down a second time."""
    import hmac

    counter = int((at or time.time()) // 30).to_bytes(8, "big")
    mac = hmac.new(b32decode(secret), counter, hashlib.sha1).digest()
    offset = mac[-1] & 15
    return f"{(int.from_bytes(mac[offset : offset + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


@pytest.fixture
def at_once(monkeypatch):
    """A test is one transaction that never ends: what waits for the end of a request's own is done where it is asked
    for, as it is where requests are all there is."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda function, **_: function())


def show_again(browser):
    """Whoever changes how he signs in shows his password once more."""
    browser.post("/account/reauthenticate/", {"password": PASSWORD})


@pytest.fixture
def here(client_at, settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    return client_at("10.0.0.1", host=HOST)


@pytest.fixture
def enrolled(here, sign_in):
    """Puts a telephone's code beside the password; returns the telephone's secret."""
    sign_in(here)
    show_again(here)
    page = here.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    here.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    here.post("/account/logout/")
    return secret


class Key:
    """A passkey in software: one credential, which answers as WebAuthn wants it."""

    def __init__(self):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.name = b"key-1-of-the-test"
        self.count = 0

    def data(self, flags, credential=b""):
        self.count += 1
        return AuthenticatorData.create(hashlib.sha256(HOST.encode()).digest(), flags, self.count, credential)

    def answer(self, **response):
        coded = urlsafe_b64encode(self.name).decode().rstrip("=")
        parts = {name: urlsafe_b64encode(value).decode().rstrip("=") for name, value in response.items()}
        return json.dumps({"id": coded, "rawId": coded, "type": "public-key", "response": parts})

    def register(self, options):
        public = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(bytes(16), self.name, public)
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
        client = self.client("webauthn.create", options["challenge"])
        attestation = AttestationObject.create("none", self.data(flags, credential), {})
        return self.answer(clientDataJSON=client, attestationObject=bytes(attestation))

    def sign(self, options, user, origin=f"https://{HOST}"):
        data = self.data(AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV)
        client = self.client("webauthn.get", options["challenge"], origin)
        signature = self.private.sign(bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self.answer(
            clientDataJSON=client, authenticatorData=bytes(data), signature=signature, userHandle=user.encode()
        )

    def client(self, kind, challenge, origin=f"https://{HOST}"):
        return bytes(CollectedClientData.create(kind, challenge, origin))


@pytest.fixture
def key(here, sign_in, owner_with_password):
    """A passkey of the owner; the owner has signed out again."""
    made = Key()
    sign_in(here)
    show_again(here)
    page = here.get("/account/2fa/webauthn/add/")
    options = page.context["js_data"]["creation_options"]["publicKey"]
    here.post(
        "/account/2fa/webauthn/add/", {"name": "phone", "passwordless": "on", "credential": made.register(options)}
    )
    here.post("/account/logout/")
    return made


def by_passkey(here, credential_of):
    options = here.get("/account/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"}).json()
    credential = credential_of(options["request_options"]["publicKey"])
    return here.post("/account/2fa/webauthn/login/", {"credential": credential})


def is_in(browser):
    return browser.get("/account/").status_code == 200


def test_whoever_changes_how_he_signs_in_shows_his_password_once_more(here, enrolled, sign_in):
    """An open session that somebody left behind is not enough to put another telephone to the account."""
    sign_in(here)
    here.post("/account/2fa/authenticate/", {"code": code_of(enrolled)})
    session = here.session
    for record in (records := session["account_authentication_methods"]):
        record["at"] -= 3600
    session["account_authentication_methods"] = records
    session.save()
    assert is_in(here)
    address = "/account/2fa/totp/activate/"
    for asked in (here.get(address), here.post(address, {"code": code_of(enrolled)})):
        assert asked.status_code == 302 and "/reauthenticate/" in asked["Location"], asked


def test_with_a_code_set_up_the_password_alone_does_not_open(here, enrolled, sign_in):
    assert sign_in(here)["Location"].endswith("/account/2fa/authenticate/")
    assert not is_in(here)
    here.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not is_in(here)
    here.post("/account/2fa/authenticate/", {"code": code_of(enrolled, time.time() + 30)})
    assert not is_in(here), "a code of the next half minute is none yet"


def test_the_code_opens_once(here, enrolled, sign_in, client_at):
    code = code_of(enrolled)
    sign_in(here)
    here.post("/account/2fa/authenticate/", {"code": code})
    assert is_in(here)
    other = client_at("10.0.0.2", host=HOST)
    sign_in(other)
    other.post("/account/2fa/authenticate/", {"code": code})
    assert not is_in(other)


def test_codes_are_guessed_five_times_a_minute_at_most(here, enrolled, sign_in):
    sign_in(here)
    for _ in range(5):
        here.post("/account/2fa/authenticate/", {"code": "000000"})
    here.post("/account/2fa/authenticate/", {"code": code_of(enrolled)})
    assert not is_in(here)


def test_a_telephones_secret_lies_encrypted_in_the_database(enrolled, owner_with_password):
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator

    kept = Authenticator.objects.get(user=owner_with_password.user, type="totp")
    assert enrolled not in json.dumps(kept.data)
    assert get_adapter().decrypt(kept.data["secret"]) == enrolled


def test_under_another_key_a_telephones_code_is_wrong_and_a_recovery_code_opens(here, enrolled, sign_in, settings):
    """A backup was put back without the secret.key of its server."""
    sign_in(here)
    here.post("/account/2fa/authenticate/", {"code": code_of(enrolled)})
    show_again(here)
    codes = codes_of(here.post("/account/2fa/recovery-codes/"))
    settings.SECRET_KEY = "of another machine"
    sign_in(here)
    assert here.post("/account/2fa/authenticate/", {"code": code_of(enrolled, time.time() - 30)}).status_code == 200
    assert not is_in(here)
    here.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert is_in(here)


def test_a_passkey_alone_opens(here, key, owner_with_password):
    from allauth.account.utils import user_pk_to_url_str

    user = user_pk_to_url_str(owner_with_password.user)
    assert not is_in(here)
    by_passkey(here, lambda options: key.sign(options, user))
    assert is_in(here)


def test_a_passkey_shown_to_another_site_or_of_another_key_does_not_open(here, key, owner_with_password):
    from allauth.account.utils import user_pk_to_url_str

    user = user_pk_to_url_str(owner_with_password.user)
    by_passkey(here, lambda options: key.sign(options, user, origin="https://plan.example.org"))
    assert not is_in(here)
    by_passkey(here, lambda options: Key().sign(options, user))
    assert not is_in(here)


def test_an_answer_of_yesterday_does_not_open(here, key, owner_with_password):
    from allauth.account.utils import user_pk_to_url_str

    user, kept = user_pk_to_url_str(owner_with_password.user), []
    by_passkey(here, lambda options: kept.append(key.sign(options, user)) or kept[0])
    here.post("/account/logout/")
    by_passkey(here, lambda options: kept[0])
    assert not is_in(here)


def test_where_owners_need_a_second_factor_the_password_alone_acts_for_no_company(
    here, key, sign_in, owner_with_password, settings
):
    from allauth.account.utils import user_pk_to_url_str
    from django.test import RequestFactory

    from huoku.server.platform.doors import actor_from

    def actor():
        request = RequestFactory().get("/")
        request.user, request.session = owner_with_password.user, here.session
        return actor_from(request)

    settings.GIVEN = replace(settings.GIVEN, second_factor_for=("owner",))
    here.force_login(owner_with_password.user)
    assert actor() is None
    here.post("/account/logout/")
    by_passkey(here, lambda options: key.sign(options, user_pk_to_url_str(owner_with_password.user)))
    assert actor() is not None


def codes_of(page):
    return re.findall(r"<code>(\w{5}-\w{5})</code>", page.content.decode())


def test_recovery_codes_lie_in_the_database_as_slow_digests_alone(here, enrolled, sign_in, settings):
    from huoku.server.account.models import RecoveryCode

    sign_in(here)
    here.post("/account/2fa/authenticate/", {"code": code_of(enrolled)})
    show_again(here)
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]
    here.post("/account/2fa/recovery-codes/")
    digests = list(RecoveryCode.objects.values_list("digest", flat=True))
    assert all(digest.startswith("argon2$argon2id$") for digest in digests) and len(digests) == 10
    assert not codes_of(here.get("/account/2fa/recovery-codes/")), "they are shown once"


def test_new_recovery_codes_take_the_place_of_the_old_and_none_outlives_the_last_factor(
    here, enrolled, sign_in, owner_with_password, at_once
):
    from huoku.server.account.recovery import left, use_code

    sign_in(here)
    here.post("/account/2fa/authenticate/", {"code": code_of(enrolled)})
    show_again(here)
    old, new = (codes_of(here.post("/account/2fa/recovery-codes/")) for _ in range(2))
    assert not use_code(owner_with_password.user, old[0])
    assert use_code(owner_with_password.user, new[0].lower().replace("-", " "))
    assert left(owner_with_password.user) == 9
    here.post("/account/2fa/totp/deactivate/")
    assert left(owner_with_password.user) == 0


def test_wrong_recovery_codes_are_tried_five_times_a_minute_at_most(here, enrolled, sign_in):
    sign_in(here)
    here.post("/account/2fa/authenticate/", {"code": code_of(enrolled)})
    show_again(here)
    codes = codes_of(here.post("/account/2fa/recovery-codes/"))
    here.post("/account/logout/")
    sign_in(here)
    for _ in range(5):
        here.post("/account/2fa/authenticate/", {"code": "AAAAA-AAAAA"})
    here.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert not is_in(here)


def test_whoever_sets_up_the_factor_that_his_role_needs_works_on_at_once(here, sign_in, settings, at_once):
    settings.GIVEN = replace(settings.GIVEN, second_factor_for=("owner",))
    sign_in(here)
    assert "第二重验证" in here.get("/account/").content.decode()
    assert here.get("/api/v1/HUO/me").status_code == 401
    show_again(here)
    secret = here.get("/account/2fa/totp/activate/").context["form"].secret
    here.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert here.get("/api/v1/HUO/me").status_code == 200


def test_recovery_codes_open_once_each(here, enrolled, sign_in):
    sign_in(here)
    here.post("/account/2fa/authenticate/", {"code": code_of(enrolled)})
    show_again(here)
    codes = codes_of(here.post("/account/2fa/recovery-codes/"))
    assert len(codes) == 10
    for expected in (True, False):
        here.post("/account/logout/")
        sign_in(here)
        here.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert is_in(here) is expected
