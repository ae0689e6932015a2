"""The review of dead stock: causes, ways out, keeping, waiting, ageing; today is 2026-01-05, a part is worth 2.00."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import huoku
from huoku.factory import Factory, build
from huoku.report.dead_stock import dead_stock_text
from huoku.sense.keeping import worth_of_keeping
from huoku.sense.two_years import two_years

TODAY = date(2026, 1, 5)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def shop(**tables: Any) -> Factory:
    given: dict[str, Any] = {
        "items": [{"item": "PART", "unit_cost": 2, "volume": 0.5}],
        "stock": [{"item": "PART", "qty": 100, "received_on": ago(200), "order": "PO-7"}],
    }
    return build(today=TODAY, holding_rate=0.24, salvage_rate=0.10, **{**given, **tables})


def only(review: huoku.DeadStock) -> dict[str, Any]:
    (row,) = review.dead.rows(named=True)
    return row


def cause_of(**tables: Any) -> str:
    return str(only(huoku.deadstock(shop(**tables)))["cause"])


def used(*days: int, qty: float = 1) -> list[dict[str, Any]]:
    return [{"item": "PART", "date": ago(day), "qty": qty} for day in days]


def test_a_hundred_that_nobody_wants_are_dead_with_what_they_cost_and_bring() -> None:
    """200.00; a month holds 200 x 0.24 / 12 = 4.00; scrap brings 20.00; the rest of the cost is lost; 50 m3."""
    review = huoku.deadstock(shop())
    row, figures = only(review), review.figures
    assert (row["dead"], row["dead_value"], row["order"]) == (100, 200, "PO-7")
    assert (row["loss_per_month"], row["back"]) == pytest.approx((4.0, 20.0))
    assert (figures["dead_value"], figures["below_cost"], figures["volume"]) == pytest.approx((200, 180, 50))
    assert (figures["shares"]["dead_by_forecast"]["share"], figures["level"]) == (1.0, "alarm")


@pytest.mark.parametrize(("stage", "level"), [("startup", "alarm"), ("growth", "warn"), ("expansion", "warn")])
def test_twelve_of_a_hundred_dead_alarm_a_start_up_and_warn_a_company_that_grows(stage: str, level: str) -> None:
    """An order takes 88 of 100: 12 % is dead; a start-up's alarm is at 10 %, that of a growing company at 20 %."""
    order = {"demand": "SO-1", "item": "PART", "qty": 88, "due": TODAY + timedelta(days=100)}
    assert huoku.deadstock(shop(demands=[order], company_stage=stage)).figures["level"] == level
    assert (
        huoku.deadstock(shop(demands=[order], company_stage=stage, dead_warn=0.13, dead_alarm=0.5)).figures["level"]
        == "ok"
    )


def test_what_an_order_takes_is_not_dead() -> None:
    order = {"demand": "SO-1", "item": "PART", "qty": 60, "due": TODAY + timedelta(days=100)}
    row = only(huoku.deadstock(shop(demands=[order])))
    assert (row["dead"], row["dead_value"], row["p_use"]) == pytest.approx((40, 80, 0.6))


def test_an_obsolete_part_is_told_as_such_before_anything_else() -> None:
    assert cause_of(items=[{"item": "PART", "unit_cost": 2, "lifecycle": "obsolete"}], history=used(10)) == "obsolete"


def test_a_part_whose_products_have_ended_or_will() -> None:
    items = [{"item": "PART", "unit_cost": 2}, {"item": "P"}]
    line = {"parent": "P", "component": "PART", "qty": 1}
    assert cause_of(items=items, bom=[{**line, "valid_to": ago(1)}]) == "ended"
    row = only(huoku.deadstock(shop(items=items, bom=[{**line, "valid_to": ago(-30)}], history=used(10))))
    assert (row["cause"], row["last_day"]) == ("ending", ago(-30))


def test_a_part_that_was_never_used_one_that_no_longer_is_and_one_beyond_a_years_use() -> None:
    assert cause_of() == "never_used"
    assert cause_of(history=used(400, 500, 600)) == "stopped"
    assert cause_of(history=used(*range(10, 400, 30))) == "too_much"


def test_a_part_whose_customer_has_gone() -> None:
    """ACME took some every 28 days, and nothing for 100: not yet 180 days without use."""
    sold = [{**row, "customer": "ACME"} for row in used(*range(100, 500, 28))]
    row = only(huoku.deadstock(shop(history=sold)))
    assert (row["cause"], row["customer"], row["silent_days"], row["interval_days"]) == (
        "customer_gone",
        "ACME",
        98,
        28,
    )
    order = {"demand": "SO-1", "item": "PART", "qty": 1, "due": TODAY + timedelta(days=100)}
    assert cause_of(history=sold, demands=[order]) == "too_much"


def test_a_minimum_lot_of_more_than_a_years_use_is_the_cause() -> None:
    source = {"item": "PART", "supplier": "S", "lead_time_days": 1, "price": 2, "moq": 500}
    assert cause_of(history=used(*range(10, 400, 30)), sources=[source]) == "moq"
    # 100 lie here, more than two lots of 45: it was not the minimum that left them.
    assert cause_of(history=used(*range(10, 400, 30)), sources=[{**source, "moq": 45}]) == "too_much"


def test_where_orders_are_all_that_is_known_people_are_asked_before_anything_is_scrapped() -> None:
    """100 lie here for 200 days, orders take 60 and nothing else was ever used: 40 are too many as far as is known."""
    order = {"demand": "SO-1", "item": "PART", "qty": 60, "due": TODAY + timedelta(days=100)}
    review = huoku.deadstock(shop(demands=[order]))
    assert only(review)["cause"] == "only_ordered"
    told = dead_stock_text(review, "en")
    assert "known orders take 60 of it, and no other use is recorded" in told
    assert "orders still take it: ask sales and customers first, else scrap 40" in told


def outlet(name: str, kind: str, share: float, **more: Any) -> dict[str, Any]:
    return {"item": "PART", "outlet": name, "kind": kind, "share": share, **more}


def test_the_supplier_takes_sixty_back_and_the_rest_is_scrap() -> None:
    """60 x 2.00 x 0.70 - 20 = 64.00, and 40 x 2.00 x 0.10 = 8.00."""
    review = huoku.deadstock(shop(outlets=[outlet("S", "return", 0.7, fee=20, most=60)]))
    assert review.routes.rows() == [
        ("PART", "S", "return", 60, pytest.approx(64)),
        ("PART", "scrap", "scrap", 40, pytest.approx(8)),
    ]


def test_a_fee_and_a_limit_count_once_for_all_lots_of_an_item() -> None:
    """Two lots of 50: still 72.00 together, shared by what is dead."""
    lots = [{"item": "PART", "lot": name, "qty": 50, "received_on": ago(200)} for name in "AB"]
    review = huoku.deadstock(shop(stock=lots, outlets=[outlet("S", "return", 0.7, fee=20, most=60)]))
    assert review.lots["back"].to_list() == pytest.approx([36, 36])


def test_an_outlet_of_an_item_goes_before_the_general_one_and_what_has_closed_takes_nothing() -> None:
    general = {"outlet": "S", "kind": "resale", "share": 0.9}
    closed = outlet("T", "promotion", 0.95, until=ago(1))
    review = huoku.deadstock(shop(outlets=[general, outlet("S", "return", 0.5), closed]))
    assert review.routes.select("outlet", "kind", "back").rows() == [("S", "return", 100)]


def test_a_closed_outlet_of_an_item_leaves_the_general_one_open() -> None:
    general = {"outlet": "S", "kind": "resale", "share": 0.9}
    review = huoku.deadstock(shop(outlets=[general, outlet("S", "return", 0.5, until=ago(1))]))
    assert review.routes.select("outlet", "kind", "back").rows() == [("S", "resale", 180)]


def test_closed_cases_teach_what_an_outlet_really_pays() -> None:
    """Said 0.70; two cases brought 0.10 and 0.30 of 20.00: (4 x 0.70 + 0.40) / 6 = 0.5333 of 200.00."""
    cases = [{"item": "PART", "outlet": "S", "date": ago(30), "qty": 10, "proceeds": proceeds} for proceeds in (2, 6)]
    other = {"item": "PART", "outlet": "T", "date": ago(30), "qty": 10, "proceeds": 20}
    to_come = {"item": "PART", "outlet": "S", "date": ago(-1), "qty": 10, "proceeds": 20}
    review = huoku.deadstock(shop(outlets=[outlet("S", "return", 0.7)], disposals=[*cases, other, to_come]))
    assert review.figures["back"] == pytest.approx(320 / 3)


def test_a_case_of_an_item_with_terms_of_its_own_teaches_nothing_of_the_general_ones() -> None:
    """OTHER gives its 100 pieces to S for 0.50 as everybody does; what PART brought there says nothing of that."""
    general = {"outlet": "S", "kind": "resale", "share": 0.5}
    case = {"item": "PART", "outlet": "S", "date": ago(30), "qty": 10, "proceeds": 2, "value": 20}
    items = [{"item": name, "unit_cost": 2} for name in ("PART", "OTHER")]
    stock = [{"item": "OTHER", "qty": 100, "received_on": ago(200)}]
    review = huoku.deadstock(
        shop(items=items, stock=stock, outlets=[general, outlet("S", "return", 0.7)], disposals=[case])
    )
    assert review.figures["back"] == pytest.approx(100)


def test_scrap_is_learnt_from_closed_cases_too() -> None:
    """(4 x 0.10 + 0.60) / 5 = 0.20 of 200.00."""
    case = {"item": "PART", "outlet": "scrap", "date": ago(30), "qty": 10, "proceeds": 12}
    assert huoku.deadstock(shop(disposals=[case])).figures["back"] == pytest.approx(40)


def test_waiting_costs_its_holding_and_the_right_that_ends() -> None:
    """140.00 today; after a month 140 - 4; in the third the right has ended: 20 - 12; after a year 20 - 48."""
    review = huoku.deadstock(shop(outlets=[outlet("S", "return", 0.7, until=TODAY + timedelta(days=60))]))
    assert dict(review.waiting.select("months", "net").iter_rows()) == pytest.approx(
        {0: 140, 1: 136, 3: 8, 6: -4, 12: -28}
    )


def test_what_will_be_used_later_is_rather_kept_than_scrapped() -> None:
    """Ten a month, 240 in stock: about half is beyond the year, and is worth more than the 10 % of scrap."""
    stock = [{"item": "PART", "qty": 240, "received_on": ago(20)}]
    review = huoku.deadstock(shop(stock=stock, history=used(*range(5, 720, 30), qty=10)))
    row = only(review)
    assert review.routes["kind"].to_list() == ["keep"]
    assert (row["back"], row["loss_per_month"]) == (0, pytest.approx(0))
    assert row["kept"] > 0.10 * row["dead_value"]


def test_keeping_is_worth_what_is_left_after_the_holding() -> None:
    """20 of 30 units, 10 a year: half of the dead go after 2 years, 1 - 0.2 x 2 = 0.6; with odds of 0.5 a year: / 4."""
    sure, unsure = (worth_of_keeping(*(_row(x) for x in (30, 20, 10, odds)), 0.2)[0] for odds in (1.0, 0.5))
    assert (sure, unsure) == pytest.approx((0.6, 0.15))
    assert worth_of_keeping(_row(30), _row(20), _row(0), _row(0.0), 0.2)[0] == 0


def _row(value: float) -> Any:
    return np.array([float(value)])


def test_ages_fall_into_buckets_and_what_has_no_day_of_receipt_stands_apart() -> None:
    days = (0, 90, 91, 365, 366, 731)
    stock = [{"item": "PART", "lot": str(day), "qty": 1, "received_on": ago(day)} for day in days]
    review = huoku.deadstock(shop(stock=[*stock, {"item": "PART", "qty": 5}]))
    assert review.ageing.select("from_days", "lots", "value").rows() == [
        (0, 2, 4),
        (91, 1, 2),
        (181, 1, 2),
        (366, 1, 2),
        (731, 1, 2),
        (None, 1, 10),
    ]


def test_the_two_years_tell_how_long_what_is_here_has_been_lying_still() -> None:
    """200.00 received 400 days ago: still for 180 days since 220 days ago, at the ends of the last three quarters."""
    factory = shop(stock=[{"item": "PART", "qty": 100, "received_on": ago(400)}])
    quarters = two_years(factory, huoku.deadstock(factory).lots, 180)
    assert quarters["dead"].to_list() == [0, 0, 0, 0, 0, 200, 200, 200]
    assert quarters["used"].to_list() == [None] * 8


def test_the_use_of_a_quarter_is_that_of_bought_material_at_cost() -> None:
    """Five kettles of two parts at 2.00, sold ten days ago; the kettle itself is made and not counted again."""
    items = [{"item": "PART", "unit_cost": 2}, {"item": "KETTLE", "kind": "make"}]
    sold = [{"item": "KETTLE", "date": ago(10), "qty": 5}, {"item": "KETTLE", "date": ago(727), "qty": 1}]
    factory = shop(items=items, bom=[{"parent": "KETTLE", "component": "PART", "qty": 2}], history=sold)
    quarters = two_years(factory, huoku.deadstock(factory).lots, 180)
    assert quarters["used"].to_list() == [4, 0, 0, 0, 0, 0, 0, 20]


def test_a_store_without_stock_has_nothing_dead() -> None:
    review = huoku.deadstock(shop(stock=[]))
    assert (review.dead.height, review.figures["dead_value"], review.figures["level"]) == (0, 0, "no data")
    assert review.waiting.is_empty()


@settings(deadline=None)
@given(st.permutations([("A", 30, 100), ("B", 50, 200), ("A", 20, None)]))
def test_the_order_of_rows_does_not_matter(rows: list[tuple[str, int, int | None]]) -> None:
    stock = [
        {"item": "PART", "lot": lot, "qty": qty, "received_on": None if days is None else ago(days)}
        for lot, qty, days in rows
    ]
    review = huoku.deadstock(shop(stock=stock))
    assert review.lots.select("lot", "qty").rows() == [("B", 50), ("A", 30), ("A", 20)]
    assert review.figures["dead_value"] == 200


def test_a_notebook_shows_the_dearest() -> None:
    assert "<td>PART</td>" in huoku.deadstock(shop())._repr_html_()
