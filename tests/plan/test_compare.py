"""Two plans side by side: what differs is told once, and what is worse is called worse."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huoku.errors import UsageError
from huoku.factory import Factory, build
from huoku.plan import Plan, plan
from huoku.plan.compare import Comparison, compare
from huoku.plan.compare.orders import nearest_in_turn, paired_orders
from huoku.plan.compare.results import changed_exceptions

TODAY = date(2026, 1, 5)


def kettles(**more: object) -> Factory:
    """500 kettles due in 30 days; bodies at 10.00, MOQ 500, ten days."""
    tables: dict[str, object] = {
        "items": [{"item": "KETTLE", "kind": "make", "price": 80}, {"item": "BODY"}],
        "bom": [{"parent": "KETTLE", "component": "BODY", "qty": 1}],
        "sources": [{"item": "BODY", "supplier": "A", "moq": 500, "lead_time_days": 10, "price": 10}],
        "demands": [{"demand": "SO-1", "item": "KETTLE", "qty": 500, "due": TODAY + timedelta(days=30)}],
    }
    return build(today=TODAY, holding_rate=0, **{**tables, **more})


def what_if(**values: object) -> Comparison:
    """The kettles before and after; ``demands__SO_1__qty`` is the cell demands.SO-1.qty."""
    named = {name.replace("__", ".").replace("SO_1", "SO-1"): value for name, value in values.items()}
    factory = kettles()
    return compare(plan(factory), plan(factory.with_values(named)))


def test_a_plan_does_not_differ_from_itself() -> None:
    made = plan(kettles())
    told = made.compare(made)
    assert told.worse == {}
    assert told.counts() == {"promises": {}, "orders": {}, "exceptions": {}}
    assert told.leftovers.is_empty() and not any(told.money["change"])
    assert told.unchanged_orders == 2


def test_a_larger_order_costs_more_and_is_not_worse() -> None:
    """600 kettles: 100 bodies more at 10.00, 100 kettles more at 80.00."""
    told = what_if(demands__SO_1__qty=600)
    assert told.worse == {}
    assert told.promises.select("demand", "change", "before_qty", "after_qty").row(0) == ("SO-1", "quantity", 500, 600)
    money = dict(told.money.select("part", "change").iter_rows())
    assert (money["purchase"], money["sales_value"], money["contribution"]) == (1000, 8000, 7000)
    changed = told.orders.select("change", "kind", "before_qty", "after_qty", "days").rows()
    assert changed == [("changed", "buy", 500, 600, 0), ("changed", "make", 500, 600, 0)]


def test_an_order_that_moves_with_its_due_day_is_neither_late_nor_worse() -> None:
    told = what_if(demands__SO_1__due=TODAY + timedelta(days=37))
    assert told.worse == {}
    assert told.promises.select("change", "days", "after_late").row(0) == ("later", 7, 0)
    assert told.orders.select("change", "days").rows() == [("changed", 7), ("changed", 7)]


def test_a_promise_that_cannot_follow_an_earlier_due_day_is_worse_on_the_same_day() -> None:
    """Promised for the tenth day, the first on which bodies can be there; asked for on the seventh."""
    factory = kettles().with_values({"demands.SO-1.due": TODAY + timedelta(days=10)})
    told = compare(plan(factory), plan(factory.with_values({"demands.SO-1.due": TODAY + timedelta(days=7)})))
    assert told.promises.select("change", "days", "before_late", "after_late", "worse").row(0) == ("due", 0, 0, 3, True)
    assert told.worse["promises"] == 1


def test_a_promise_that_slips_against_its_due_day_is_worse() -> None:
    """Bodies that take 33 days are there three days after the due day; 3 days x 1 % of 40,000 are lost."""
    told = what_if(sources__BODY__lead_time_days=33)
    assert told.worse == {"promises": 1, "contribution": 1200}
    assert told.promises.select("change", "days", "after_late", "worse").row(0) == ("later", 3, 3, True)
    better = compare(told.after, told.before)
    assert better.worse == {}
    assert better.promises.select("change", "days", "worse").row(0) == ("earlier", -3, False)


def test_a_promise_that_is_no_longer_there_is_worse_and_one_that_is_there_again_is_not() -> None:
    told = what_if(sources__BODY__lead_time_days=900)
    assert told.promises.select("change", "worse").row(0) == ("unpromised", True)
    assert told.counts()["orders"] == {"dropped": 2}
    again = compare(told.after, told.before)
    assert again.worse == {}
    assert again.promises["change"].to_list() == ["promised"]


def test_demands_come_and_go() -> None:
    """SO-2 is due tomorrow, and bodies take ten days: new and late is worse. Without SO-1 its money is gone."""
    factory = kettles()
    rush = {"demand": "SO-2", "item": "KETTLE", "qty": 500, "due": TODAY + timedelta(days=1)}
    told = compare(plan(factory), plan(factory.with_(demands=[rush])))
    assert told.promises.select("demand", "change", "after_late", "worse").rows() == [
        ("SO-2", "new", 9, True),
        ("SO-1", "gone", None, False),
    ]


def test_another_supplier_is_another_order() -> None:
    factory = kettles()
    told = compare(plan(factory), plan(factory.with_values({"sources.BODY.supplier": "B"})))
    bought = told.orders.filter(kind="buy").select("change", "supplier").rows()
    assert sorted(bought) == [("added", "B"), ("dropped", "A")]
    assert told.unchanged_orders == 1


def test_more_is_left_over_of_a_larger_lot() -> None:
    """700 bodies for 500 kettles: 200 are left, worth 2,000."""
    told = what_if(sources__BODY__moq=700)
    assert told.leftovers.rows() == [("BODY", 0, 200, 200, 0, 2000, 2000)]
    assert told.worse["contribution"] == 2000 - 200  # a tenth comes back


def test_money_in_two_currencies_is_not_compared() -> None:
    with pytest.raises(UsageError, match="CNY, EUR"):
        compare(plan(kettles()), plan(kettles(currency="EUR")))


def test_a_notebook_shows_both_sides() -> None:
    shown = what_if(demands__SO_1__qty=600)._repr_html_()
    assert "5,000.00" in shown and "6,000.00" in shown


Bought = tuple[str, str, float, int]


def bought(*orders: Bought) -> pl.DataFrame:
    """Purchases: name, item, quantity, day of arrival; ten days of lead time."""
    return pl.DataFrame(
        [
            {
                "order": name,
                "kind": "buy",
                "item": item,
                "location": "MAIN",
                "supplier": "A",
                "from_location": None,
                "qty": float(qty),
                "start": TODAY + timedelta(days=day - 10),
                "due": TODAY + timedelta(days=day),
            }
            for name, item, qty, day in orders
        ]
    )


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        pytest.param([("P1", "BODY", 500, 20)], [("P7", "BODY", 500, 20)], {("P1", "P7")}, id="the same"),
        pytest.param([("P1", "BODY", 500, 20)], [("P1", "LID", 500, 20)], set(), id="another item"),
        pytest.param(
            [("P1", "BODY", 500, 20), ("P2", "BODY", 300, 30)],
            [("P1", "BODY", 300, 20), ("P2", "BODY", 300, 30)],
            {("P1", "P1"), ("P2", "P2")},
            id="what is unchanged stays, the other has another quantity",
        ),
        pytest.param(
            [("P1", "BODY", 500, 20)],
            [("P1", "BODY", 200, 22), ("P2", "BODY", 500, 25)],
            {("P1", "P2")},
            id="the same quantity five days later, not another one two days later",
        ),
        pytest.param([("P1", "BODY", 500, 20)], [("P1", "BODY", 500, 51)], set(), id="31 days are too far"),
        pytest.param([("P1", "BODY", 500, 20)], [("P1", "BODY", 400, 50)], {("P1", "P1")}, id="30 days are near"),
    ],
)
def test_which_order_is_which(before: list[Bought], after: list[Bought], pairs: set[tuple[str, str]]) -> None:
    assert set(paired_orders(bought(*before), bought(*after)).rows()) == pairs


days = st.lists(st.integers(0, 90).map(lambda day: TODAY + timedelta(days=day)), max_size=8).map(sorted)


@given(days, days, st.integers(0, 40))
def test_pairs_rise_on_both_sides_and_lie_near(left: list[date], right: list[date], near: int) -> None:
    pairs = list(nearest_in_turn(left, right, near))
    assert all(abs((left[i] - right[j]).days) <= near for i, j in pairs)
    for side in (0, 1):
        places = [pair[side] for pair in pairs]
        assert places == sorted(set(places))
    # Whoever has a twin of the same day that nobody else could want is never left alone.
    if left == right:
        assert len(pairs) == len(left)


def test_an_exception_follows_its_order_and_not_the_number() -> None:
    """P1 is called P2 now and P2 is dropped; a new order bears the name P1."""

    def told(*subjects: str) -> pl.DataFrame:
        return pl.DataFrame(
            {"severity": "info", "code": "moq_excess", "subject": list(subjects), "message": "over"},
            schema=dict.fromkeys(("severity", "code", "subject", "message"), pl.String),
        )

    found = changed_exceptions(told("P1", "P2"), told("P2", "P1"), {"P1": "P2", "P2": None})
    assert found.select("change", "subject").rows() == [("new", "P1"), ("gone", "P2")]


def test_what_a_plan_lacks_is_no_fault_of_the_comparison() -> None:
    """Nothing to order and nothing to promise on either side."""
    empty: Plan = plan(build(today=TODAY, items=[{"item": "BODY"}]))
    assert empty.compare(empty).worse == {}
