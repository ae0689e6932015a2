"""A day is written as pages show it, whatever language the browser speaks; a telephone has its own wheel of days."""

from datetime import date, timedelta

import pytest

pytestmark = pytest.mark.slow
FIELD = "main [name=due_on]"


def written(page, text):
    """What stands in the field after somebody wrote so and went on."""
    page.fill(FIELD, text)
    page.press(FIELD, "Tab")
    return page.input_value(FIELD)


def test_a_day_is_written_whole_or_short_and_walked_by_arrows(enter):
    page = enter("sales", "en").goes("/desk/quotation").page
    assert page.get_attribute(FIELD, "placeholder") == "YYYY-MM-DD"
    later = date.today() + timedelta(days=40)
    for text in (
        str(later),
        f"{later:%m-%d}",
        f"{later:%m%d}",
        f"{later:%m}/{later:%d}",
        "+40",
        f"{later:%Y年%m月%d日}",
    ):
        assert written(page, text) == str(later), text
    page.press(FIELD, "ArrowUp")
    assert page.input_value(FIELD) == str(later + timedelta(days=1))
    for wrong in ("soon", "2026-02-30", "13-01"):
        assert written(page, wrong) == wrong
        assert "2026-12-01" in page.evaluate(f"document.querySelector('{FIELD}').validationMessage")
    written(page, "2020-01-01")
    assert page.evaluate(f"document.querySelector('{FIELD}').validationMessage").startswith("Not before 20")


def test_a_telephone_keeps_its_own_wheel(enter):
    page = enter("sales", "zh-hans", 390, 844).goes("/desk/quotation").page
    assert page.get_attribute(FIELD, "type") == "date"
