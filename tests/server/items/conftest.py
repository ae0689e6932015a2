"""A factory with a few items; ``do`` performs a command as its owner, each time under a new key."""

from itertools import count

import pytest


@pytest.fixture
def do(owner):
    from huoku.server.platform.command import perform

    keys = count()

    def done(what, **fields):
        return perform(what, what.request(**fields), actor=owner, key=f"k{next(keys)}").result()

    return done


@pytest.fixture
def items(do):
    from huoku.server.items.commands.items import add_item

    def add(*codes, **fields):
        return [do(add_item, code=code, **fields)["id"] for code in codes]

    return add
