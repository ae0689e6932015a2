"""How often a command asks the database: a stated number of times, more for each line, whatever the tables hold."""

import tomllib
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db.models import F
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


def go_on(world, say):
    """What comes after what the world has begun: it is put away, carried on, settled and dealt with."""
    from huoku.server.ledger.models import Balance, Location
    from huoku.server.platform.scope import entered

    company = world.owner.actor.company
    with entered(company):
        balances = Balance.objects.of(company).filter(item__code="BOLT", status="available", on_hand__gt=F("reserved"))
        lying = balances.filter(location__code="EAST").first().pk
        beside = Location.objects.of(company).get(code="EAST-B").pk
    say("ledger.put_away", id=lying, to_location=beside, qty="1")
    say("production.put_back_line", id=world.ids["pick_lists"], line=1, reason="too many")
    carry_on(world, say)
    for partner in ("customer", "supplier"):
        paper = f"{partner}_statement"
        row = world.ids[f"{paper}s"]
        for step, fields in (("send", {}), ("dispute", {"answer": "one too many"}), ("remake", {}), ("send", {})):
            say(f"statements.{step}_{paper}", id=row, **fields)
        say(f"statements.agree_{paper}", id=row)
        month = world.owner.rows(f"/{paper}s")[0]["month"]
        say(f"statements.make_{paper}s", month=str(month)[:7])
    case = world.ids["shortages"]
    say("shortages.verify_case", id=case, counted="7", place="EAST")
    ways = world.owner.rows(f"/shortage_ways?filter[case_id][eq]={case}&filter[kind][eq]=buy")
    say("shortages.choose_way", id=ways[0]["id"])
    say("shortages.solve_case", id=case, reason="lent by a neighbour")
    say("shortages.close_case", id=case, cause="other", measure="ask earlier")
    lay_out(world, say)


def lay_out(world, say):
    (bolt,) = world.owner.rows("/items?filter[code][eq]=BOLT")
    say("office.save_rows", table="items", rows=[{"id": bolt["id"], "values": {"name": "M6"}}])
    view = say("office.keep_view", table="items", name="mine", layout={"columns": [{"name": "code"}]})
    say("office.drop_view", id=view["id"])
    say("office.postpone", duty="late:1", until=str(date.today() + timedelta(days=2)))
    aside = say("office.postpone", duty="late:1", until=str(date.today() + timedelta(days=3)))
    say("office.take_up", id=aside["id"])


def carry_on(world, say):
    west, east = world.west["transfers"], world.ids["transfers"]
    one = {"qty": "1", "line": world.west["transfer_lines"]}
    say("warehouse.revise_arrival", id=west, expected_on="2099-01-01")
    say("warehouse.send_transfer", id=west)
    say("warehouse.receive_transfer", id=west, lines=[one])
    say("warehouse.settle_difference", id=west, lines=[{"line": one["line"], "lost": "1"}], reason="fell off")
    say("warehouse.receive_transfer", id=east, lines=[{**one, "line": world.ids["transfer_lines"]}])
    say("warehouse.close_transfer", id=east, reason="enough")
    lines = [{"item": "BOLT", "qty": "1"}]
    made = say("warehouse.add_transfer", origin="EAST", target="EAST-B", lines=lines)["id"]
    say("warehouse.change_transfer", id=made, note="soon")
    say("warehouse.ask_for_transfer", id=made)
    say("warehouse.cancel_transfer", id=made, reason="not needed")


def test_each_command_keeps_to_its_number_of_statements(company, counted, settings, tmp_path):
    from huoku.server.platform.command import COMMANDS, perform

    settings.MEDIA_ROOT = tmp_path
    world = build(company)

    def say(name, /, **fields):
        what = COMMANDS[name]
        asked = what.request.model_validate(fields)
        return perform(what, asked, actor=world.owner.actor, key=f"{name}:{len(counted[name])}").result()

    go_on(world, say)
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
