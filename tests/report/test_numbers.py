"""Figures as people read them."""

from datetime import date

import pytest

from huoku.report.numbers import day, money, price, qty, share, short


@pytest.mark.parametrize(
    ("value", "currency", "cents", "text"),
    [
        (1234.5, "CNY", False, "¥1,234"),  # no cents in lists
        (1234.5, "CNY", True, "¥1,234.50"),
        (-20, "USD", False, "−$20"),  # a true minus
        (-0.2, "CNY", False, "¥0"),  # nothing has no sign
        (5, "THB", False, "THB 5"),
        (None, "CNY", False, "—"),  # unknown is never 0
    ],
)
def test_money(value: float | None, currency: str, cents: bool, text: str) -> None:
    assert money(value, currency, cents=cents) == text


@pytest.mark.parametrize(
    ("value", "text"), [(1.2, "¥1.20"), (0.0375, "¥0.0375"), (18.123456, "¥18.12"), (1234, "¥1,234.00"), (None, "—")]
)
def test_a_price_has_the_decimals_that_it_has(value: float | None, text: str) -> None:
    assert price(value, "CNY") == text


@pytest.mark.parametrize(
    ("value", "text"), [(1500, "1,500"), (1.5, "1.5"), (0.1234567, "0.123"), (100, "100"), (-7, "−7"), (None, "—")]
)
def test_a_quantity_has_at_most_three_decimals(value: float | None, text: str) -> None:
    assert qty(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.7, "70%"), (0, "0%"), (1, "100%"), (0.999999, ">99%"), (1e-9, "<1%"), (None, "—")]
)
def test_a_share_is_never_rounded_to_all_or_nothing(value: float | None, text: str) -> None:
    assert share(value) == text


def test_a_near_day_needs_no_year() -> None:
    today = date(2026, 11, 23)
    assert day(date(2027, 1, 5), today) == "01-05"
    assert day(date(2027, 7, 21), today) == "2027-07-21"
    assert day(None, today) == "—"


def test_axis_figures_are_short() -> None:
    assert [short(value) for value in (0, 750, 1500, 20_000_000)] == ["0", "750", "1.5k", "20M"]
