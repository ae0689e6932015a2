"""How often a command asks the database: a stated number of times, more for each line, whatever the tables hold."""

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from tests.server.api.world import build
from tests.server.lamps import live

STATED = tomllib.loads(Path(__file__).with_name("statements.toml").read_text(encoding="utf-8"))

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow]


@pytest.fixture
def counted(monkeypatch):
    """By command: how many statements each call took, and how many lines its request had."""
    from django.db import connection

    from huoku.server.platform import command

    found = defaultdict(list)
    once = command._once

    def counting(what, request, *rest):
        number = 0

        def count(execute, *more):
            nonlocal number
            number += 1
            return execute(*more)

        with connection.execute_wrapper(count):
            done = once(what, request, *rest)
        found[what.name].append((number, lines_of(request)))
        return done

    monkeypatch.setattr(command, "_once", counting)
    return found


def lines_of(request):
    """The lines of a request, and what a line of it names."""
    longest = [len(value) for value in dict(request).values() if isinstance(value, list)]
    return max(longest, default=0)


def test_each_command_keeps_to_its_number_of_statements(company, counted, settings, tmp_path):
    from huoku.server.platform.command import COMMANDS

    settings.MEDIA_ROOT = tmp_path
    build(company)
    live(12)
    usual, by_chance = STATED["usual"], set(STATED["may_be_uncounted"])
    over = []
    for name, calls in sorted(counted.items()):
        base, each = STATED["commands"].get(name, usual)
        worst = max(number - each * lines for number, lines in calls)
        if worst > base:
            over.append(f'"{name}" = [{worst}, {each}]')
    unstated = sorted(set(COMMANDS) - set(counted) - by_chance)
    assert (over, unstated) == ([], []), "more than statements.toml says, or reached by no call here:\n" + "\n".join(
        [*over, *unstated]
    )
    assert set(STATED["commands"]) | by_chance <= set(COMMANDS)
