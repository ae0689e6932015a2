"""Several days of a calendar at once: a holiday week, the Sundays of a year, a year like the one before; and undone."""

from datetime import date

import pytest
from tests.server.api.conftest import nobody_is_too_quick

__all__ = ["nobody_is_too_quick"]

WEEK = {"first": "2026-10-01", "last": "2026-10-07"}


@pytest.fixture
def caller(company, nobody_is_too_quick):
    from tests.server.api.conftest import caller_of

    return caller_of(company, "owner")


def closed(caller, **asked):
    filters = "".join(f"&filter[{name}][eq]={value}" for name, value in asked.items())
    return [
        row["date"] for row in caller.rows(f"/calendar_days?sort=date&limit=400&filter[is_open][eq]=false{filters}")
    ]


def done(caller, **asked):
    answer = caller.post("/calendar_days/set_days", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_holiday_week_is_closed_worked_again_and_forgotten(caller):
    assert len(done(caller, **WEEK, holds="rest")["days"]) == 7
    assert closed(caller) == [f"2026-10-0{day}" for day in range(1, 8)]
    done(caller, first="2026-10-07", holds="work")
    assert len(closed(caller)) == 6 and len(caller.rows("/calendar_days")) == 7
    assert len(done(caller, **WEEK, holds="as_usual")["days"]) == 7
    assert caller.rows("/calendar_days") == []


def test_what_holds_already_is_not_written_again(caller):
    done(caller, **WEEK, holds="rest")
    assert done(caller, **WEEK, holds="rest")["days"] == []


def test_every_sunday_of_a_year_rests_in_one_press(caller):
    done(caller, first="2026-01-01", last="2026-12-31", holds="rest", weekdays=[7])
    days = [date.fromisoformat(each) for each in closed(caller)]
    assert len(days) == 52 and {day.isoweekday() for day in days} == {7}


def test_a_machine_stands_still_and_the_factory_does_not(caller):
    caller.added("/resources", code="PRESS", minutes_per_day="480")
    done(caller, **WEEK, holds="rest", resource="PRESS")
    assert len(closed(caller, resource="PRESS")) == 7
    assert {row["resource"] for row in caller.rows("/calendar_days")} == {"PRESS"}
    answer = caller.post("/calendar_days/set_days", {**WEEK, "holds": "rest", "resource": "GHOST"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown")


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        ({"first": "2026-10-07", "last": "2026-10-01"}, "days_turned_around", "2026-10-01"),
        ({"first": "2026-01-01", "last": "2027-01-02"}, "too_many_days", "367"),
    ],
)
def test_a_range_that_is_none_is_refused_with_what_would_be_right(caller, asked, code, said):
    answer = caller.post("/calendar_days/set_days", {**asked, "holds": "rest"})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert said in answer.content.decode()


def test_next_year_rests_on_its_own_sundays_and_on_the_same_holidays(caller):
    """2026 has its Sundays, the first week of October, and one Sunday worked in place of a holiday. Of 2027 the
    third of October, a Sunday, is worked already: that stays."""
    done(caller, first="2026-01-01", last="2026-12-31", holds="rest", weekdays=[7])
    done(caller, **WEEK, holds="rest")
    done(caller, first="2026-10-11", holds="work")
    done(caller, first="2027-10-03", holds="work")
    answer = caller.post("/calendar_days/copy_year", {"year": 2026})
    assert answer.status_code == 200, answer.content
    new = [date.fromisoformat(day) for day in closed(caller) if day.startswith("2027")]
    holidays = {date(2027, 10, day) for day in range(1, 8)} - {date(2027, 10, 3)}
    assert {day for day in new if day.isoweekday() != 7} == holidays
    assert len([day for day in new if day.isoweekday() == 7]) == 51
    again = caller.post("/calendar_days/copy_year", {"year": 2030})
    assert (again.status_code, again.json()["code"]) == (422, "nothing_to_copy")


def test_what_was_set_is_undone_day_by_day_to_what_it_was(company, caller):
    """The second rests and the fourth is worked all the same; the week is closed, and undone: both are as they were."""
    from huoku.server.office.commands.undoing import Undo, undo
    from huoku.server.office.undoing.doing import key_of
    from huoku.server.platform.command import perform
    from huoku.server.platform.scope import entered

    done(caller, first="2026-10-02", holds="rest")
    done(caller, first="2026-10-04", holds="work")
    before = {row["date"]: row["is_open"] for row in caller.rows("/calendar_days")}
    for asked in ({**WEEK, "holds": "rest"}, {**WEEK, "holds": "as_usual"}):
        key = f"week-{asked['holds']}"
        assert caller.post("/calendar_days/set_days", asked, key=key).status_code == 200
        with entered(company):
            perform(undo, Undo(key=key), actor=caller.actor, key=key_of(key), reason="撤销")
        assert {row["date"]: row["is_open"] for row in caller.rows("/calendar_days")} == before


def test_what_a_colleague_changed_since_is_not_undone_with_it(company, caller):
    from huoku.server.office.commands.undoing import Undo, undo
    from huoku.server.office.undoing.doing import key_of
    from huoku.server.platform.command import perform
    from huoku.server.platform.refusals import Stale
    from huoku.server.platform.scope import entered

    caller.post("/calendar_days/set_days", {**WEEK, "holds": "rest"}, key="week")
    done(caller, first="2026-10-05", holds="work")
    with entered(company), pytest.raises(Stale):
        perform(undo, Undo(key="week"), actor=caller.actor, key=key_of("week"), reason="撤销")
    assert len(closed(caller)) == 6
