"""Browsers of people with a password."""

import pytest

PASSWORD = "a long enough sentence"


@pytest.fixture
def browser(client_at):
    return client_at("10.0.0.1")


@pytest.fixture
def client_at():
    """A browser at an address."""
    from django.test import Client

    return lambda address, host="testserver": Client(REMOTE_ADDR=address, HTTP_HOST=host)


@pytest.fixture
def owner_with_password(owner):
    owner.user.set_password(PASSWORD)
    owner.user.save()
    return owner


@pytest.fixture
def sign_in(owner_with_password):
    """Tries to sign in; returns the answer. Without a name: the owner."""

    def tried(browser, password=PASSWORD, username="owner", follow=False):
        return browser.post("/account/login/", {"login": username, "password": password}, follow=follow)

    return tried


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    """Argon2 takes its time by design; one test looks at it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
