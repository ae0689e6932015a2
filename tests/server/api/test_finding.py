"""A page has the same rows in the same order, however they are found."""

import random

import pytest

from huoku.server.platform.scope import entered
from huoku.server.platform.tables import finding
from huoku.server.platform.tables.asking import question
from huoku.server.platform.tables.showing import page
from huoku.server.platform.tables.table import TABLES

ALL = {"limit": "1000"}


@pytest.fixture
def grown(call, owner):
    """Thirty parts in ten products, of three suppliers, moved a few times, in an order that no code follows."""
    dice = random.Random(5)
    parts = [f"P{place:02}" for place in range(30)]
    for code in dice.sample([*parts, *(f"F{place}" for place in range(10))], 40):
        call.added("/items", code=code, unit="kg" if code < "P15" else "pcs", decimals=dice.choice([0, 3]))
    for supplier in ("WEST", "ACME", "MID"):
        call.added("/suppliers", code=supplier)
    for place in range(10):
        lines = [{"component": code, "qty": "1"} for code in dice.sample(parts, 4)]
        call.added("/boms", parent=f"F{place}", revision="A", lines=lines)
        terms = {"item": dice.choice(parts), "moq": "1", "price": "1", "lead_time_days": place}
        call.added("/sources", supplier=dice.choice(["WEST", "ACME", "MID"]), **terms)
    with entered(owner.company):
        yield call


def pages(table, owner, asked, limit):
    seen, cursor = [], {}
    while True:
        found = page(table, owner, question(table, owner, {**asked, "limit": str(limit), **cursor}))
        seen += [row["id"] for row in found.rows]
        if found.next_cursor is None:
            return seen
        cursor = {"cursor": found.next_cursor}


@pytest.mark.parametrize("name", ["items", "bom_lines", "boms", "sources"])
def test_in_every_order_small_pages_hold_what_a_sort_of_all_rows_holds(grown, owner, name):
    table = TABLES[name]
    rows = page(table, owner, question(table, owner, ALL)).rows
    assert len(rows) >= 10
    for column in table.columns:
        if not column.kind.sorts or any(row[column.name] is None for row in rows):
            continue
        for falls in (False, True):
            found = pages(table, owner, {"sort": f"-{column.name}" if falls else column.name}, 3)
            assert sorted(found) == sorted(row["id"] for row in rows)
            if column.kind.name in ("text", "id", "integer"):
                ordered = sorted(rows, key=lambda row: row["id"])
                ordered.sort(key=lambda row: row[column.name], reverse=falls)
                assert found == [row["id"] for row in ordered], (column.name, falls)


ASKED = {
    "contains": lambda value, given: given.lower() in value.lower(),
    "starts": lambda value, given: value.lower().startswith(given.lower()),
    "eq": lambda value, given: value == given,
    "ne": lambda value, given: value != given,
    "in": lambda value, given: value in given.split(","),
}


@pytest.mark.parametrize(
    ("name", "column", "given"),
    [
        ("bom_lines", "parent", "F3"),
        ("bom_lines", "component", "P1"),
        ("sources", "supplier", "ME"),
        ("boms", "parent", "f"),
    ],
)
@pytest.mark.parametrize("op", [*ASKED])
def test_what_is_asked_of_the_code_of_another_row_finds_the_rows_that_refer_to_it(
    grown, owner, name, column, given, op
):
    table = TABLES[name]
    rows = page(table, owner, question(table, owner, ALL)).rows
    wanted = [row["id"] for row in rows if ASKED[op](row[column], given)]
    for sort in ("id", f"-{column}"):
        found = pages(table, owner, {f"filter[{column}][{op}]": given, "sort": sort}, 2)
        assert sorted(found) == sorted(wanted)


def test_lines_of_bills_by_the_code_of_their_component_are_found_by_the_first_components(grown, owner, monkeypatch):
    table, asked = TABLES["bom_lines"], {"sort": "component", "limit": "5"}
    found = finding.found(table, owner, question(table, owner, asked), 5)
    assert "EXISTS" in str(found.query)
    usual = page(table, owner, question(table, owner, asked)).rows
    monkeypatch.setattr(finding, "_those_that_come_first", lambda *asked: None)
    assert page(table, owner, question(table, owner, asked)).rows == usual


def test_the_few_bills_that_a_part_is_in_are_put_in_order_themselves(grown, owner, monkeypatch):
    table = TABLES["bom_lines"]
    every = page(table, owner, question(table, owner, ALL)).rows
    part = max({row["component"] for row in every}, key=[row["component"] for row in every].count)
    asked = {"filter[component][eq]": part, "limit": "5"}

    def told(sort):
        of = question(table, owner, {**asked, "sort": sort})
        return page(table, owner, of).rows, "EXISTS" in str(finding.found(table, owner, of, 5).query)

    few, looks_at_all = told("parent")
    assert [row["parent"] for row in few] == sorted(row["parent"] for row in every if row["component"] == part)
    assert len(few) > 1 and not looks_at_all
    monkeypatch.setattr(finding, "FEW", 1)  # so many are too many
    assert told("parent") == (few, True)
    assert not told("-component")[1]  # all of them have the one that they would be ordered by


def test_nobody_finds_rows_of_another_company_by_reading_through(grown, owner):
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import Company, Membership, User

    other, user = (
        Company.objects.create(code="other", name="other", currency="CNY"),
        User.objects.create(username="she"),
    )
    with entered(other):
        Membership.objects.create(company=other, user=user, role="owner")
        stranger = actor_of(user, other)
        for name in ("items", "bom_lines", "sources"):
            assert pages(TABLES[name], stranger, {"sort": "-id"}, 3) == []
