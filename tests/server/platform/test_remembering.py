"""What all workers share and forget again."""

from datetime import timedelta

import pytest


@pytest.fixture
def shared(db):
    from django.core.cache import cache

    return cache


def test_values_come_back_as_they_were_and_are_forgotten(shared):
    from huoku.server.platform import clock

    shared.set("tries", [1.5, 2.5], 60)
    assert shared.get("tries") == [1.5, 2.5]
    with clock.telling(clock.now() + timedelta(seconds=61)):
        assert shared.get("tries", "forgotten") == "forgotten"


def test_the_table_holds_nothing_that_a_reader_would_run(shared):
    import json

    from huoku.server.platform.models import Remembered

    shared.set("tries", {"a": True}, None)
    assert json.loads(Remembered.objects.get().value) == {"a": True}
    with pytest.raises(TypeError):
        shared.set("program", print)


def test_of_two_who_add_one_does_until_it_is_over(shared):
    from huoku.server.platform import clock

    assert shared.add("code", 1, 60)
    assert not shared.add("code", 2, 60)
    assert shared.get("code") == 1
    with clock.telling(clock.now() + timedelta(seconds=61)):
        assert shared.add("code", 3, 600)
        assert shared.get("code") == 3


def test_a_value_is_written_over_kept_longer_and_taken_away(shared):
    shared.set("code", 1, 60)
    shared.set("code", 2, 60)
    assert (shared.get("code"), shared.touch("code", 120), shared.touch("other")) == (2, True, False)
    assert (shared.delete("code"), shared.delete("code"), shared.get("code")) == (True, False, None)
    shared.set("code", 1)
    shared.clear()
    assert "code" not in shared
