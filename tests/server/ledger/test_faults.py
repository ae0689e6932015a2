"""The machine fails: nothing is lost that was answered, nothing is there by half, and whoever asks is told plainly."""

import json
import os
import sys
from pathlib import Path

import pytest
from tests.server.migrated import django, run
from tests.server.postgres import cluster

pytestmark = pytest.mark.slow


@pytest.fixture
def faulty(fresh_database):
    """Run one of the scenes of ``faults.py`` on a database of its own and return what is left."""

    def play(name: str, database: str = "", **parameters):
        script = str(Path(__file__).with_name("faults.py"))
        said = run(database or fresh_database(), [sys.executable, script, name, json.dumps(parameters)])
        return json.loads(said)

    return play


def survives_power_cuts(left, turns):
    every = [f"turn-{turn}" for turn in range(turns)]
    assert left["told"] == ["done"] * turns
    assert {one["sound"] for one in left["left"]} == {"ok"}
    for one in left["left"]:
        assert one["keys"] == one["answered"] == every[: len(one["keys"])]
        assert one["on_hand"] == 2 + len(one["keys"])
    assert len({len(one["keys"]) for one in left["left"]}) > 10, "the damage was not where it matters"
    assert left["findings"] == []


@pytest.mark.sqlite_only
def test_a_log_cut_or_garbled_by_a_power_cut_is_a_prefix_of_what_was_done(faulty):
    survives_power_cuts(faulty("power_cut", turns=40, cuts=200, garbled=100), 40)


@pytest.mark.stress
@pytest.mark.sqlite_only
def test_five_thousand_power_cuts_leave_a_prefix_of_what_was_done(faulty):
    survives_power_cuts(faulty("power_cut", turns=60, cuts=3000, garbled=2000), 60)


@pytest.mark.sqlite_only
@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="limits of a process are set on Linux alone")
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("no_room", "storage_full"),
        ("no_file_grows", "database_away"),
        ("no_handles", "database_away"),
        pytest.param(
            "read_only",
            "database_away",
            marks=pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else"),
        ),
    ],
)
def test_where_nothing_can_be_written_it_is_said_and_later_made_good(faulty, fault, told):
    left = faulty("failing", fault=fault)
    assert set(left["before"].values()) == {"done"}
    assert told in left["met"].values() and set(left["met"].values()) <= {"done", told}
    assert set(left["after"].values()) == {"done"} and len(left["after"]) == 40
    assert left["on_hand"] == 2 + 40
    assert left["keys"].count("turn-10") == 1
    assert left["findings"] == []


@pytest.mark.postgres_only
def test_a_lost_connection_is_hardly_noticed(faulty):
    left = faulty("disconnected", turns=300)
    became = [answer for answer in left["answers"] if isinstance(answer, list)]
    assert left["ended"] > 3
    assert [key for key, _ in became] == [f"turn-{turn}" for turn in range(300)]
    done = [key for key, what in became if what == "done"]
    assert {what for _, what in became} <= {"done", "database_away"} and len(done) > 250
    assert set(done) <= set(left["keys"])
    assert left["on_hand"] == len(left["keys"])
    assert left["findings"] == []


def survives_crashes(faulty, kills):
    with cluster() as address:
        django(address, "migrate", "--verbosity=0")
        left = faulty("crashed", database=address, kills=kills)
    assert set(left["acknowledged"]) <= set(left["keys"]) and len(set(left["acknowledged"])) > kills
    assert left["on_hand"] == len(left["keys"])
    assert left["findings"] == []


@pytest.mark.postgres_only
def test_a_killed_process_of_the_database_loses_nothing_that_was_answered(faulty):
    survives_crashes(faulty, kills=2)


@pytest.mark.stress
@pytest.mark.postgres_only
def test_fifty_killed_processes_of_the_database_lose_nothing_that_was_answered(faulty):
    survives_crashes(faulty, kills=50)


@pytest.mark.sqlite_only
def test_a_backup_made_while_others_write_is_a_true_state_of_the_ledger(faulty):
    left = faulty("saved_meanwhile", clients=4, each=120)
    now, then = left["now"], left["then"]
    assert left["before"] and left["during"], "nobody wrote meanwhile"
    assert set(left["before"]) <= set(then["keys"]) <= set(now["keys"])
    assert then["on_hand"] == len(then["keys"]) and now["on_hand"] == 4 + 4 * 120
    assert (now["findings"], then["findings"]) == ([], [])
