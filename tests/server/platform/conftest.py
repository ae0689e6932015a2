"""People of the company, and how they act: ``person(Role.BUYER)`` is an actor, ``does(actor, command, ...)`` acts."""

from itertools import count

import pytest


@pytest.fixture
def join(db):
    """Makes a user with roles in a company and returns it as an actor."""
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import Membership, User
    from huoku.server.platform.scope import entered

    def joined(company, username, *roles, partner=None):
        user, _ = User.objects.get_or_create(username=username)
        with entered(company):
            for role in roles:
                Membership.objects.create(company=company, user=user, role=role, partner=partner)
            return actor_of(user, company)

    return joined


@pytest.fixture
def person(join, company):
    """Makes somebody with these roles in the company."""
    numbers = count(1)
    return lambda *roles: join(company, f"{roles[0]}{next(numbers)}", *roles)


@pytest.fixture
def again():
    """The same person as it is now, after its roles, rights or exams may have changed."""
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.scope import entered

    def now(actor):
        with entered(actor.company):
            return actor_of(actor.user, actor.company)

    return now


@pytest.fixture
def does():
    """Carries out a command under a key of its own; returns its answer as plain values."""
    from huoku.server.platform.command import perform

    keys = count(1)

    def carried_out(actor, command, reason="", **request):
        return perform(
            command, command.request(**request), actor=actor, key=f"test {next(keys)}", reason=reason
        ).result()

    return carried_out


@pytest.fixture
def rows():
    """All rows of a model in a company, also on PostgreSQL."""
    from huoku.server.platform.scope import entered

    def of(model, company, **wanted):
        with entered(company):
            return list(model.objects.of(company).filter(**wanted).order_by("pk"))

    return of


@pytest.fixture
def second_company(owner):
    """Another company of the same owner."""
    from huoku.server.platform.commands.companies import found_company

    return found_company("TWO", "第二厂", owner.user)
