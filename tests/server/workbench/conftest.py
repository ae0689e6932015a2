"""Companies filled from a factory and planned, and people of them at their screens."""

import pytest
from tests.server.api.conftest import nobody_is_too_quick
from tests.server.planning.conftest import company_of, planned
from tests.server.shopfloor.conftest import Reader

__all__ = ["company_of", "nobody_is_too_quick", "planned"]


@pytest.fixture
def at_desk():
    """Somebody of a role at the desk of a company."""
    return Reader


@pytest.fixture
def do_as_owner():
    """The owner carries out a command of a company."""
    from itertools import count

    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.command import COMMANDS, perform
    from huoku.server.platform.models import User

    keys = count()

    def do(company, name, **asked):
        owner = actor_of(User.objects.get(username=f"owner-{company.code}"), company)
        what = COMMANDS[name]
        return perform(what, what.request(**asked), actor=owner, key=f"owner:{next(keys)}").result()

    return do
