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
    of = {"table": "boms", "row": bom}
    assert {**of, "field": "lines", "old": None, "new": [{"component": "BOLT", "qty": "1"}]} in added["changes"]


def lines_of(company, parent):
    from huoku.server.items.models import BomLine

    rows = BomLine.objects.of(company).filter(bom__parent__code=parent).order_by("seq")
    return [(r.component.code, r.qty_numerator, r.qty_denominator, r.fixed_scrap_steps, r.operation) for r in rows]


def test_a_new_product_takes_the_bill_of_one_like_it_with_some_parts_exchanged(bill, items, do, company):
    """Of paint two litres where one was taken, no label, the rest as it was."""
    from huoku.server.items.commands.copying import copy_bom

    items("FRAME", "FRAME-2", "PAINT", "PAINT-2", "LABEL", "BOLT")
    paint = {"component": "PAINT", "qty": "1/3", "fixed_scrap": "2", "operation": 10}
    made = bill("FRAME", lines=[paint, {"component": "BOLT", "qty": "4"}, {"component": "LABEL", "qty": "1"}])
    swaps = [{"component": "PAINT", "substitute": "PAINT-2", "ratio": "2"}, {"component": "LABEL"}]
    do(copy_bom, id=made["id"], parent="FRAME-2", revision="A", exchanges=swaps)
    digits = 10 ** next(row for row in items_decimals(company, "PAINT-2"))
    assert lines_of(company, "FRAME-2") == [("PAINT-2", 2, 3, 4 * digits, 10), ("BOLT", 4, 1, 0, None)]
    assert len(lines_of(company, "FRAME")) == 3


def items_decimals(company, code):
    from huoku.server.items.models import Item

    return Item.objects.of(company).filter(code=code).values_list("decimals", flat=True)


def test_a_copy_cannot_exchange_what_is_not_there_nor_leave_out_all_nor_go_in_a_circle(bill, items, do, company):
    from huoku.server.items.commands.copying import copy_bom
    from huoku.server.platform.refusals import Refused

    items("FRAME", "SIDE", "BOLT")
    made = bill("FRAME", "SIDE", "BOLT")
    for parent, exchanges, code in (
        ("SIDE", [{"component": "FRAME", "substitute": "BOLT"}], "not_in_bill"),
        ("BOLT", [{"component": "SIDE"}, {"component": "BOLT"}], "nothing_left"),
        ("BOLT", [{"component": "SIDE", "substitute": "BOLT"}], "bom_loops"),
        ("SIDE", [{"component": "BOLT", "substitute": "SCREW"}, {"component": "SIDE"}], "unknown"),
    ):
        with pytest.raises(Refused) as refused:
            do(copy_bom, id=made["id"], parent=parent, revision="A", exchanges=exchanges)
        assert refused.value.code == code
    assert lines_of(company, "SIDE") == lines_of(company, "BOLT") == []
