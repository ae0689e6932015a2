"""Before a part is bought again: what the last purchase like it came to."""

from datetime import date, timedelta
from typing import Any

import huoku
from huoku.factory import Factory
from huoku.sense.lessons import lessons_of

TODAY = date(2026, 1, 5)


def case(item: str, days_ago: int, **more: Any) -> dict[str, Any]:
    return {
        "item": item,
        "date": TODAY - timedelta(days=days_ago),
        "qty": 350,
        "outlet": "DEALER",
        "proceeds": 70,
        "value": 350,
        **more,
    }


def shop(*cases: dict[str, Any]) -> Factory:
    return huoku.build(
        today=TODAY,
        items=[{"item": name, "unit_cost": 1, "unit": "set"} for name in ("SOCKET", "PLUG", "CABLE")],
        disposals=list(cases),
    )


def told(factory: Factory, *, is_excess: bool = True) -> list[tuple[str, str]]:
    return [(one.alike, one.item) for one in lessons_of(factory, "SOCKET", ["MILL"], is_excess)]


def test_500_bought_for_150_lay_14_months_and_brought_a_fifth() -> None:
    received = TODAY - timedelta(days=30 + 426)
    bought = {"bought": 500, "needed": 150, "supplier": "MILL", "received_on": received, "lesson": "ask for 150"}
    (one,) = lessons_of(shop(case("SOCKET", 30, **bought)), "SOCKET", ["MILL"], is_excess=True)
    assert (one.bought, one.needed, one.qty, one.unit, one.supplier) == (500, 150, 350, "set", "MILL")
    assert one.months == 426 * 12 / 365
    assert (one.proceeds, one.value, one.lesson) == (70, 350, "ask for 150")


def test_without_the_day_of_receipt_the_months_count_from_the_opening_of_the_case() -> None:
    opened = case("SOCKET", 30, opened=TODAY - timedelta(days=30 + 73))
    found = [lessons_of(shop(one), "SOCKET", [], is_excess=False)[0].months for one in (opened, case("SOCKET", 30))]
    assert found == [73 * 12 / 365, None]


def test_the_same_item_goes_before_the_same_supplier_and_that_before_another_excess() -> None:
    excess = {"bought": 500, "needed": 150}
    cases = [case("CABLE", 10, **excess), case("PLUG", 20, supplier="MILL"), case("SOCKET", 90)]
    assert told(shop(*cases)) == [("item", "SOCKET"), ("supplier", "PLUG"), ("excess", "CABLE")]
    assert told(shop(*cases), is_excess=False) == [("item", "SOCKET"), ("supplier", "PLUG")]


def test_three_lessons_are_read_two_of_them_of_the_item_and_the_youngest_ones() -> None:
    own = [case("SOCKET", days, lesson=f"{days} days ago") for days in (90, 10, 50)]
    factory = shop(*own, case("PLUG", 5, supplier="MILL"), case("CABLE", 5, bought=9, needed=1))
    found = lessons_of(factory, "SOCKET", ["MILL"], is_excess=True)
    assert [one.lesson for one in found] == ["10 days ago", "50 days ago", None]
    assert told(factory) == [("item", "SOCKET"), ("item", "SOCKET"), ("supplier", "PLUG")]


def test_what_has_nothing_in_common_and_what_is_yet_to_close_says_nothing() -> None:
    assert told(shop(case("PLUG", 20, supplier="OTHER", bought=100, needed=100), case("SOCKET", -1))) == []
    assert told(shop()) == []
