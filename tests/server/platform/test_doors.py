"""Who stands at the door: sessions, chosen companies, tokens."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory


@pytest.fixture
def ask(owner):
    """A request of the owner's session, or of whoever ``user`` is; ``token`` goes into its header."""

    def request(user=owner.user, session=None, token=""):
        made = RequestFactory().get("/", headers={"Authorization": f"Bearer {token}"} if token else {})
        made.user, made.session = user, session if session is not None else {}
        return made

    return request


@pytest.fixture
def token(owner):
    """Makes a token of the owner, and returns its text and its row."""
    from huoku.server.platform import clock
    from huoku.server.platform.models import ApiToken
    from huoku.server.platform.scope import entered
    from huoku.server.platform.tokens import new_secret

    def make(days=1, rights=("items.read",)):
        secret, now = new_secret(), clock.now()
        with entered(owner.company):
            row = ApiToken.objects.create(
                company=owner.company,
                user=owner.user,
                name="scanner",
                prefix=secret.prefix,
                digest=secret.digest,
                rights=list(rights),
                made_at=now,
                expires_at=now + timedelta(days=days),
            )
        return secret.text, row

    return make


def test_a_user_of_one_company_works_there_without_choosing(ask, company):
    from huoku.server.platform.doors import actor_from

    actor = actor_from(ask())
    assert (actor.company, actor.may("platform.manage_people")) == (company, True)


def test_a_user_of_two_companies_has_to_choose(ask, company, second_company):
    from huoku.server.platform.doors import actor_from, choose_company

    request = ask()
    assert actor_from(request) is None
    assert choose_company(request, "TWO") == second_company
    assert actor_from(request).company == second_company
    assert actor_from(request, "HUO").company == company


def test_a_stranger_is_nobody_in_a_company(ask, company):
    from huoku.server.platform.doors import actor_from, choose_company
    from huoku.server.platform.models import User

    stranger = ask(User.objects.create(username="stranger"))
    assert actor_from(stranger) is None and actor_from(stranger, "HUO") is None
    assert choose_company(stranger, "HUO") is None
    assert actor_from(ask(AnonymousUser()), "HUO") is None


def test_a_token_acts_with_its_own_rights_only(ask, token, owner):
    from huoku.server.platform.doors import actor_from

    actor = actor_from(ask(AnonymousUser(), token=token()[0]), "HUO")
    assert actor.user == owner.user
    assert actor.may("items.read") and not actor.may("items.edit") and owner.may("items.edit")


def test_a_token_is_of_no_use_in_another_company(ask, token, second_company):
    from huoku.server.platform.doors import actor_from

    assert actor_from(ask(token=token()[0]), "TWO") is None


def test_a_token_that_is_wrong_expired_or_revoked_opens_nothing_even_beside_a_session(ask, token):
    from huoku.server.platform import clock
    from huoku.server.platform.doors import actor_from
    from huoku.server.platform.models import ApiToken
    from huoku.server.platform.scope import entered

    text, row = token()
    assert actor_from(ask(token=text)) is not None
    assert actor_from(ask(token=text[:-1] + ("A" if text[-1] != "A" else "B"))) is None
    assert actor_from(ask(token="hk_")) is None
    assert actor_from(ask(token=token(days=-1)[0])) is None
    with entered(row.company_id):
        ApiToken.objects.of(row.company_id).filter(pk=row.pk).update(revoked_at=clock.now())
    assert actor_from(ask(token=text)) is None


def test_the_use_of_a_token_is_noted_by_the_day(ask, token, owner):
    from huoku.server.platform import clock
    from huoku.server.platform.doors import actor_from
    from huoku.server.platform.models import ApiToken
    from huoku.server.platform.scope import entered

    text, row = token()
    actor_from(ask(token=text))
    with entered(owner.company):
        used = ApiToken.objects.of(owner.company).get(pk=row.pk).last_used_on
    assert used == clock.business_day(owner.company, clock.now())


def test_what_was_tried_without_the_right_stands_in_the_log(person, capture_log):
    from huoku.server.platform.refusals import NotAllowed
    from huoku.server.platform.roles import Role

    buyer = person(Role.BUYER)
    with pytest.raises(NotAllowed):
        buyer.must("platform.manage_people")
    (line,) = capture_log("huoku.security")
    assert (line["event"], line["right"], line["user"]) == ("not_allowed", "platform.manage_people", buyer.user.pk)


def test_an_account_that_is_switched_off_acts_no_more_by_session_or_token(ask, token, owner):
    from huoku.server.platform.doors import actor_from

    text, _ = token()
    owner.user.is_active = False
    owner.user.save()
    assert actor_from(ask()) is None and actor_from(ask(token=text)) is None
