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
