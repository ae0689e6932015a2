"""The office of a factory that buys. Whatever a test does there, the books balance at its end."""

import pytest
from tests.server.purchasing.office import Office


@pytest.fixture
def office(company, owner):
    from huoku.server.ledger.doctor import examine
    from huoku.server.platform.scope import entered

    with entered(company):
        yield Office(company, owner)
        assert examine(company) == []
