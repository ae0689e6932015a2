"""A process of the web server makes itself ready before its first request."""

import gc
import sys

import pytest

from huoku.server.running.settled import settle


@pytest.fixture
def thawed():
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_the_code_that_stays_is_not_looked_through_again():
    gc.unfreeze()
    settle()
    assert gc.get_freeze_count() > 100_000
    assert len(gc.get_objects()) < gc.get_freeze_count() / 10
    assert "huoku.server.workbench.views.buying" in sys.modules
