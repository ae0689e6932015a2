"""The plans that the tests of the report read."""

import pytest

from huoku.examples import demo
from huoku.language import Language
from huoku.plan import Plan, plan


@pytest.fixture(scope="session")
def plans() -> dict[Language, Plan]:
    """The demo factory, planned in both languages."""
    factory = demo()
    return {"zh": plan(factory, lang="zh"), "en": plan(factory, lang="en")}
