"""A small factory on an empty database: one company, one owner. Tests say what else they need."""

import pytest

from .databases import django_db_modify_db_settings, no_database_unasked, pytest_collection_modifyitems

__all__ = ["django_db_modify_db_settings", "no_database_unasked", "pytest_collection_modifyitems"]


@pytest.fixture
def company(db):
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User

    return found_company("HUO", "活库电器", User.objects.create(username="owner"))


@pytest.fixture
def owner(company):
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import User
    from huoku.server.platform.scope import entered

    with entered(company):
        actor = actor_of(User.objects.get(username="owner"), company)
    assert actor is not None
    return actor
