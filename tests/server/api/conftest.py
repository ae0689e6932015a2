"""A caller: somebody of a company with a role, at the door of the interface, as a program would be."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

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


@pytest.fixture(autouse=True)
def nobody_is_too_quick(monkeypatch):
    from huoku.server.platform import doors
    from huoku.server.platform.limits import Buckets

    monkeypatch.setattr(doors, "_CALLS", Buckets(1_000_000))


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
