"""The sheet of security requirements names tests that there are."""

import re

import pytest


@pytest.fixture
def named(root):
    sheet = (root / "docs/security/asvs.md").read_text("utf-8")
    return sorted(set(re.findall(r"`([a-z_]+/test_[a-z_]+\.py(?:::test_\w+)?)`", sheet)))


def test_every_test_that_the_sheet_names_is_there(named, root):
    missing = []
    for name in named:
        file, _, test = name.partition("::")
        path = root / "tests/server" / file
        if not path.is_file() or (test and f"def {test}(" not in path.read_text("utf-8")):
            missing.append(name)
    assert len(named) > 50 and missing == []
