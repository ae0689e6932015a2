"""Bills of material: exact, valid one at a time, never in a circle."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SMALL = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def bill(do):
    from huoku.server.items.commands.boms import add_bom

    def add(parent, *components, revision="A", **fields):
        lines = [{"component": each, "qty": "1"} for each in components]
        return do(add_bom, parent=parent, revision=revision, **{"lines": lines, **fields})

    return add


def test_a_third_stays_a_third(bill, items, company):
    from huoku.server.items.models import BomLine

    items("FRAME", "PAINT")
    line = {"component": "PAINT", "qty": "1/3", "scrap_rate": "0.025", "fixed_scrap": "2"}
    bill("FRAME", lines=[line])
    kept = BomLine.objects.of(company).get()
    assert (kept.qty_numerator, kept.qty_denominator) == (1, 3)
    assert (kept.scrap_rate_millionths, kept.fixed_scrap_steps) == (25_000, 2)


def test_a_loop_is_refused_and_printed(bill, items):
    from huoku.server.items.commands.boms import BomLoops

    items("FRAME", "SIDE", "BOLT")
    bill("FRAME", "SIDE", "BOLT")
    bill("SIDE", "BOLT")
    with pytest.raises(BomLoops, match="BOLT → FRAME → BOLT"):
        bill("BOLT", "FRAME")


def test_nothing_is_made_of_itself(bill, items):
    from huoku.server.items.commands.boms import BomLoops

    items("FRAME")
    with pytest.raises(BomLoops, match="FRAME → FRAME"):
        bill("FRAME", "FRAME")


def test_a_loop_that_a_change_would_close_is_refused_and_changes_nothing(bill, items, do, company):
    from huoku.server.items.commands.boms import BomLoops, change_bom
    from huoku.server.items.models import BomLine

    items("FRAME", "SIDE", "BOLT")
    bill("FRAME", "SIDE")
    side = bill("SIDE", "BOLT")
    with pytest.raises(BomLoops, match="SIDE → FRAME → SIDE"):
        do(change_bom, id=side["id"], lines=[{"component": "FRAME", "qty": "1"}])
    assert [line.component.code for line in BomLine.objects.of(company).filter(bom=side["id"])] == ["BOLT"]


@SMALL
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=10))
def test_a_bill_is_refused_exactly_when_it_closes_a_circle(bill, items, do, company, edges):
    """Against reachability by Warshall, on the bills that were let in."""
    from django.db import transaction

    from huoku.server.items.commands.boms import BomLoops
    from huoku.server.items.models import Bom

    class Undo(Exception):
        pass

    with pytest.raises(Undo), transaction.atomic():
        items(*(f"I{number}" for number in range(6)))
        reaches = {(each, each) for each in range(6)}
        for place, (parent, component) in enumerate(edges):
            day = date(2026, 1, 1 + place)
            bounds = {"revision": str(place), "valid_from": day, "valid_to": day}
            if (component, parent) in reaches:
                with pytest.raises(BomLoops):
                    bill(f"I{parent}", f"I{component}", **bounds)
            else:
                bill(f"I{parent}", f"I{component}", **bounds)
                above = [a for a, b in reaches if b == parent]
                below = [b for a, b in reaches if a == component]
                reaches |= {(a, b) for a in above for b in below}
        assert Bom.objects.of(company).count() <= len(edges)
        raise Undo


def test_two_revisions_are_never_valid_on_the_same_day(bill, items):
    from huoku.server.platform.validity import Overlaps

    items("FRAME", "BOLT")
    bill("FRAME", "BOLT", revision="A", valid_to=date(2026, 3, 31))
    with pytest.raises(Overlaps, match="those of A"):
        bill("FRAME", "BOLT", revision="B", valid_from=date(2026, 3, 31))
    bill("FRAME", "BOLT", revision="B", valid_from=date(2026, 4, 1))
    with pytest.raises(Overlaps, match="those of B"):
        bill("FRAME", "BOLT", revision="C", valid_from=date(2030, 1, 1))


def test_nothing_ends_before_it_begins(bill, items):
    from huoku.server.platform.validity import EndsBeforeItBegins

    items("FRAME", "BOLT")
    with pytest.raises(EndsBeforeItBegins):
        bill("FRAME", "BOLT", valid_from=date(2026, 4, 1), valid_to=date(2026, 3, 31))


def test_an_unknown_component_is_named_with_its_row(bill, items):
    from huoku.server.platform.kept import Unknown

    items("FRAME", "BOLT")
    with pytest.raises(Unknown, match="GHOST") as refused:
        bill("FRAME", "BOLT", "GHOST")
    assert (refused.value.row, refused.value.field) == (1, "component")


def test_an_item_does_not_stand_in_for_itself(do, items):
    from huoku.server.items.commands.boms import SubstitutesItself, add_substitute

    items("BOLT")
    with pytest.raises(SubstitutesItself):
        do(add_substitute, item="BOLT", substitute="BOLT")


def test_a_bill_that_is_taken_away_leaves_its_lines_in_the_record(bill, items, do, owner):
    from huoku.server.items.commands.boms import remove_bom
    from huoku.server.items.models import BomLine
    from huoku.server.platform.tables.history import history
    from huoku.server.platform.tables.table import TABLES

    items("FRAME", "BOLT")
    bom = bill("FRAME", "BOLT")["id"]
    do(remove_bom, id=bom, version=1)
    assert not BomLine.objects.of(owner.company).exists()
    removed, added = history(TABLES["boms"], owner, bom)
    assert (removed["action"], added["action"]) == ("items.remove_bom", "items.add_bom")
    assert {"field": "lines", "old": None, "new": [{"component": "BOLT", "qty": "1"}]} in added["changes"]
