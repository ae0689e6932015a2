"""Keys for programs: who makes them, for what, and that no secret is kept."""

import pytest

from huoku.server.platform.refusals import NotAllowed, NotFound


@pytest.fixture
def make(does):
    """Makes a token and returns its row's id and its text."""
    from huoku.server.platform.commands.tokens import add_token
    from huoku.server.platform.tokens import new_secret

    def made(actor, *rights):
        secret = new_secret()
        answer = does(
            actor, add_token, name="ERP", prefix=secret.prefix, digest=secret.digest.hex(), rights=list(rights)
        )
        return answer["token"], secret.text

    return made


def test_nobody_gives_a_token_a_right_that_he_has_not(make, person):
    from huoku.server.platform.roles import Role

    keeper = person(Role.STOREKEEPER)
    assert make(keeper, "items.read")
    for right in ("items.edit", "no.such_right"):
        with pytest.raises(NotAllowed):
            make(keeper, right)


def test_a_token_makes_no_tokens(make, owner):
    from dataclasses import replace

    from huoku.server.platform.commands.tokens import TokensMakeNoTokens

    with pytest.raises(TokensMakeNoTokens):
        make(replace(owner, scopes=frozenset({"platform.own_tokens", "items.read"})), "items.read")


def test_ones_own_token_is_ended_by_oneself_or_by_an_administrator(make, does, person):
    from huoku.server.platform.commands.tokens import revoke_token
    from huoku.server.platform.roles import Role

    buyer, other, admin = person(Role.BUYER), person(Role.BUYER), person(Role.ADMIN)
    first, second = make(buyer, "items.read")[0], make(buyer, "items.read")[0]
    with pytest.raises(NotFound):
        does(other, revoke_token, token=first)
    assert does(buyer, revoke_token, token=first) == {"token": first}
    assert does(admin, revoke_token, token=second) == {"token": second}


def test_the_secret_stands_in_no_table(make, owner):
    from django.apps import apps
    from django.core import serializers

    from huoku.server.platform.scope import EVERY_COMPANY, Scoped, entered

    secret = make(owner, "items.read")[1].rsplit("_", 1)[1]
    with entered(EVERY_COMPANY):
        for model in apps.get_models():
            rows = model.objects.of_every_company() if issubclass(model, Scoped) else model.objects.all()
            assert secret not in serializers.serialize("json", rows), model
