"""A caller: somebody of a company with a role, at the door of the interface, as a program would be."""

import json
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client, override_settings

ITEMS = ({"code": "BOLT-M6"}, {"code": "PLATE", "unit": "kg", "kind": "buy"}, {"code": "FRAME", "kind": "make"})


@dataclass
class Caller:
    company: str
    actor: Any
    client: Client

    def get(self, path, accept="application/json", **headers):
        return self.client.get(f"/api/v1/{self.company}{path}", headers={"Accept": accept, **headers})

    def send(self, method, path, body=None, *, key=None, tag=None, **headers):
        given = {"Idempotency-Key": key or str(uuid4()), **({"If-Match": tag} if tag else {}), **headers}
        content = body if isinstance(body, bytes | str) else json.dumps(body) if body is not None else ""
        return self.client.generic(
            method, f"/api/v1/{self.company}{path}", content, content_type="application/json", headers=given
        )

    def post(self, path, body=None, **how):
        return self.send("POST", path, body, **how)

    def added(self, path, **body):
        answer = self.post(path, body)
        assert answer.status_code == 201, answer.content.decode()
        return answer.json()

    def rows(self, path):
        answer = self.get(path)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()["rows"]


def caller_of(company, role, *, site=None, name="", language="en"):
    """A new user with one role, signed in."""
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import Membership, MembershipSite, User
    from huoku.server.platform.scope import entered

    user = User.objects.create(username=name or f"{role}-{uuid4().hex[:8]}", language=language)
    with entered(company):
        membership = Membership.objects.create(company=company, user=user, role=role)
        if site is not None:
            MembershipSite.objects.create(company=company, membership=membership, site=site)
        actor = actor_of(user, company)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return Caller(company.code, actor, client)


@pytest.fixture(scope="module", autouse=True)
def nobody_is_too_quick():
    from huoku.server.platform import doors
    from huoku.server.platform.limits import Buckets

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(doors, "_CALLS", Buckets(1_000_000))
        yield


@contextmanager
def standing(code, blocker, files):
    """A company with a row in every table that stands while the block lasts: tests change it, and that is undone."""
    from tests.server.api.world import build

    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User

    block = transaction.atomic()
    block._from_testcase = True  # a command that insists on the outermost transaction takes it for none
    with blocker.unblock(), override_settings(MEDIA_ROOT=files), block:
        yield build(found_company(code, code, User.objects.create(username=f"owner-{code}")))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def standing_world(django_db_setup, django_db_blocker, tmp_path_factory):
    """One such company for all tests of a file; a test takes it by ``world``."""
    with standing("OWN", django_db_blocker, tmp_path_factory.mktemp("files")) as made:
        yield made


@pytest.fixture
def world(standing_world, db):
    """A company with a row in every table, its owner at the door."""
    owner = standing_world.owner
    client = Client(raise_request_exception=False)
    client.cookies = deepcopy(owner.client.cookies)
    return replace(standing_world, owner=replace(owner, client=client))


@pytest.fixture
def company(request, db):
    """The company of the test's world, or else an empty one."""
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User

    if "world" in request.fixturenames:
        return request.getfixturevalue("world").owner.actor.company
    return found_company("HUO", "活库电器", User.objects.create(username="owner"))


@pytest.fixture
def call(company):
    """The company's owner, at the door."""
    return caller_of(company, "owner")


@pytest.fixture
def shop(call):
    """Three items: a bolt, a plate by weight and the frame that is made of them."""
    for item in ITEMS:
        call.added("/items", **item)
    return call
