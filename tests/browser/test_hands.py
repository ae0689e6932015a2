"""What people do with their hands at the desk: bills changed with a veto, days clicked, a colleague called, a picture
taken, and paper and files that show what is seen."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.browser.people import MAIN

pytestmark = pytest.mark.slow
LATER = date.today() + timedelta(days=20)
PHONE = ("en", 390, 844)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)


def test_a_bill_is_revised_and_a_part_replaced_in_all_bills_but_the_one_left_out(enter):
    """The woven label gives way to the polybag in every bill that takes it but one, which stays; then it is undone."""
    engineer = enter("engineer")
    old = engineer.rows("items", **{"filter[code][eq]": "LT-01"})[0]["id"]
    engineer.goes(f"/desk/bill/{old}/replacing").fills(by="PB-01", ratio="2", day=LATER).presses(
        "main .inquiry button.btn"
    )
    ticks = engineer.page.locator("main [name=bom]:not([disabled])")
    assert (bills := ticks.count()) > 1
    spared = ticks.first.get_attribute("aria-label")
    ticks.first.uncheck()
    engineer.presses("main form.card .btn-primary")
    drafted = {row["parent"] for row in engineer.rows("boms", **{"filter[valid_from][eq]": LATER})}
    assert len(drafted) == bills - 1 and spared not in drafted
    engineer.presses(".said form button")
    assert not engineer.rows("boms", **{"filter[valid_from][eq]": LATER})

    made = engineer.rows("items", **{"filter[code][eq]": "SA-LINER-K17"})[0]["id"]
    engineer.goes(f"/desk/bill/{made}/revising").fills(valid_from=LATER)
    engineer.page.locator("main [name=qty] >> nth=0").fill("0.4")
    engineer.presses("main button[name=look]")
    assert "SH-304：0.336 → 0.42" in engineer.reads("main .differs")  # with what is lost
    assert not engineer.rows("boms", **{"filter[valid_from][eq]": LATER})
    engineer.presses("main button[name=keep]")
    (revised,) = engineer.rows("boms", **{"filter[valid_from][eq]": LATER})
    assert revised["parent"] == "SA-LINER-K17"


def test_a_week_of_holidays_is_two_clicks_and_a_key(enter):
    planner = enter("planner")
    first = date(date.today().year + 1, 8, 3)
    while first.weekday():
        first += timedelta(days=1)
    last = first + timedelta(days=4)
    page = planner.goes(f"/desk/calendar?month={first:%Y-%m}").page
    page.click(f"[data-day='{first}']")
    page.click(f"[data-day='{last}']", modifiers=["Shift"])
    assert f"{first} – {last} (5)" in planner.reads("[data-chosen]")
    planner.presses(".cal-do [value=rest]")
    rest = planner.rows("calendar_days", **{"filter[date][gte]": first, "filter[date][lte]": last})
    assert len(rest) == 5 and not any(row["is_open"] for row in rest)
    planner.presses(".said form button")
    assert not planner.rows("calendar_days", **{"filter[date][gte]": first, "filter[date][lte]": last})


def test_a_colleague_who_is_called_finds_it_today_and_answers_with_a_photograph(enter, tmp_path):
    """The buyer calls the storekeeper, who reads it on a telephone, takes a picture of the label, and has seen it."""
    buyer = enter("buyer", "en")
    paper, number = (buyer.rows("purchase_orders", limit=1)[0][name] for name in ("id", "number"))
    buyer.goes(f"/office/purchase_orders/{paper}/")
    page = buyer.page
    page.type("#say", f"which label is on {number}, @store")
    page.wait_for_selector("#names li:visible")
    page.keyboard.press("Enter")
    page.type("#say", "?")
    buyer.presses("#talk form:has(#say) button")

    keeper = enter("storekeeper", *PHONE)
    duty = keeper.page.locator(f"main .duties a.code:has-text('which label is on {number}')")
    with keeper.page.expect_navigation():
        duty.first.click()
    camera = keeper.page.locator("#talk input[capture=environment]")
    assert (
        camera.get_attribute("accept") == "image/*"
        and keeper.page.locator("#talk label:has-text('photo')").is_visible()
    )
    photograph = Path(tmp_path / "label.png")
    photograph.write_bytes(PICTURE)
    camera.set_input_files(str(photograph))
    keeper.page.wait_for_selector(".files a:has-text('label.png')")
    buyer.goes(f"/office/purchase_orders/{paper}/")
    assert "label.png" in buyer.reads(".files")


def test_what_is_exported_and_printed_is_what_is_seen(enter):
    """Filtered, sorted, with the columns of the moment: the file and the paper have these rows in this order."""
    buyer = enter("buyer")
    page = buyer.goes("/office/sources/?sort=-moq&filter[moq][gte]=1000").page
    page.wait_for_selector(".tabulator-row")
    titles = page.locator(".tabulator-col .title > span:first-child").all_inner_texts()
    first = page.locator(".tabulator-row .tabulator-cell[tabulator-field=item]").first.inner_text().split()[0]
    page.click("summary:has-text('导出')")
    with page.expect_download() as got:
        page.click("[data-export=csv]")
    head, *rows = Path(got.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert head.split(",") == titles and first in rows[0]
    total = int(re.search(r"共 ([\d,]+) 行", buyer.reads(".head .count"))[1].replace(",", ""))
    assert len(rows) == total
    with page.context.expect_page() as opened:
        page.click("[data-export=paper]")
    paper = opened.value
    paper.wait_for_load_state()
    assert paper.locator("tbody tr").count() == total and first in paper.locator("tbody tr").first.inner_text()


BAD = "\n".join(
    [
        "编码\t名称\t提前期（天）\t生命周期",
        "BAD-1\t好的\t5\t在用",
        "BAD-2\t坏的\t五天\t在用",
        "BAD-3\t坏的\t5\t半新",
        "\t没有编码\t5\t在用",
    ]
)


def test_bad_rows_from_excel_are_named_by_row_column_value_and_what_is_right(opened):
    page = opened("/office/items/")
    page.wait_for_selector(".tabulator-row, [data-empty]:not([hidden])")
    page.evaluate("text => navigator.clipboard.writeText(text)", BAD)
    page.keyboard.press("Control+v")
    page.locator(".preview .bar :text('有误 3')").wait_for()
    rows = page.locator(".preview .tabulator-row")
    told = {text.split("\n")[0].strip(): text for text in rows.all_inner_texts()}
    assert "提前期（天）" in told["2"] and "五天" in told["2"]
    assert "生命周期" in told["3"] and "在用" in told["3"]
    assert "编码" in told["4"]
    page.keyboard.press("Control+Enter")
    page.locator(".said:has-text('已保存 1 行')").wait_for()


def test_nobody_saves_over_another(opened):
    """Both have the form open; the second is told, and nothing of his is half saved."""
    first = opened("/office/customers/new", language="en")
    first.fill("input[name=code]", "TWO-1")
    first.click(".asking .btn-primary")
    there = re.sub(r"^https?://[^/]+", "", first.url)
    second = opened(f"{there}do/change", language="en")
    first.goto(first.url + "do/change")
    first.fill("input[name=name]", "First")
    first.click(MAIN)
    first.wait_for_url(f"**{there}")
    second.fill("input[name=name]", "Second")
    second.click(MAIN)
    second.wait_for_selector("main [role=alert]")
    first.reload()
    assert "First" in first.inner_text("main") and "Second" not in first.inner_text("main")
