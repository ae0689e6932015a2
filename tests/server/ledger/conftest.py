"""The warehouse that the ledger's tests work in, and scenes of several processes on a database of their own."""

import json
import sys
from pathlib import Path

import pytest
from tests.server.ledger.own_database import fresh_database
from tests.server.ledger.warehouse import Warehouse
from tests.server.migrated import run

__all__ = ["fresh_database"]


@pytest.fixture
def warehouse(company, owner):
    from huoku.server.platform.scope import entered

    with entered(company):
        yield Warehouse(company, owner)


@pytest.fixture
def scenario(fresh_database):
    """Run one of the scenarios on a database of its own and return what is left."""

    def play(name: str, **parameters):
        script = Path(__file__).with_name("scenarios.py")
        return json.loads(run(fresh_database(), [sys.executable, str(script), name, json.dumps(parameters)]))

    return play
