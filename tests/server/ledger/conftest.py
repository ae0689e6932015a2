"""The warehouse that the ledger's tests work in."""

import pytest
from tests.server.ledger.warehouse import Warehouse


@pytest.fixture
def warehouse(company, owner):
    from huoku.server.platform.scope import entered

    with entered(company):
        yield Warehouse(company, owner)
