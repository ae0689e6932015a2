"""A small factory on an empty database: one company, one owner. Tests say what else they need."""

from itertools import count

import pytest

from .databases import (
    django_db_keepdb,
    django_db_modify_db_settings,
    no_database_unasked,
    pytest_collection_modifyitems,
)

__all__ = ["django_db_keepdb", "django_db_modify_db_settings", "no_database_unasked", "pytest_collection_modifyitems"]


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


@pytest.fixture
def do(owner):
    """Performs a command as the owner, each time under a new key; returns its answer as plain values."""
    from huoku.server.platform.command import perform

    keys = count()

    def done(what, **fields):
        return perform(what, what.request(**fields), actor=owner, key=f"k{next(keys)}").result()

    return done


@pytest.fixture
def items(do):
    """Adds items with these codes; returns their ids."""
    from huoku.server.items.commands.items import add_item

    def add(*codes, **fields):
        return [do(add_item, code=code, **fields)["id"] for code in codes]

    return add


@pytest.fixture
def capture_log():
    """What is written to the log from now on, line by line as it would reach the operator; by the logger's name."""
    import io
    import json
    import logging

    formatter = logging.getLogger().handlers and next(
        handler.formatter for handler in logging.getLogger().handlers if handler.name == "stderr"
    )
    written = logging.StreamHandler(io.StringIO())
    written.setFormatter(formatter)
    logging.getLogger().addHandler(written)

    def lines(logger):
        text = written.stream.getvalue()
        return [line for line in map(json.loads, text.splitlines()) if line["logger"].startswith(logger)]

    yield lines
    logging.getLogger().removeHandler(written)
